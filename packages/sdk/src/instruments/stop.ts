/** Ends what an instrument does, and leaves nothing of it in the page. A second call does nothing. */
export type Stop = () => void;

/** One stop of several. */
export function together(...stops: Stop[]): Stop {
  return () => stops.forEach((stop) => stop());
}
