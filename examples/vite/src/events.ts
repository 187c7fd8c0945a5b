/** The tracking plan: all that this site tells, and with which properties. */
export interface Events {
  cart_added: { lamp: string; quantity: number };
  lamps_filtered: { light?: "warm" | "cold" };
  cart_emptied: undefined;
}
