/** The tracking plan: all that this site tells, and with which properties. */
export interface Events {
  lamp_viewed: { lamp: string };
  cart_added: { lamp: string; quantity: number };
  price_missing: { lamp: string };
}
