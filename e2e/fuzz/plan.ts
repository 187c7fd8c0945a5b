export interface Plan {
  seed: number;
  /** Hostile inputs and their valid neighbours. */
  inputs: number;
  /** Inputs made from one seed. */
  chunk: number;
  /** Connections that say nothing, held open while others send. */
  idle: number;
  /** Senders that are slow at each place of a request. */
  slow: number;
  /** Also wait for what only passes after half a minute: a body that does not arrive. */
  patient: boolean;
}

/** Connections that send at once: fewer than the large bodies that a collector takes at once. */
export const AT_ONCE = 48;

export function longPlan(seed: number, inputs: number): Plan {
  return { seed, inputs, chunk: 1000, idle: 4000, slow: 50, patient: true };
}

/** A part of every kind, in some seconds. */
export function shortPlan(seed: number): Plan {
  return { seed, inputs: 3000, chunk: 500, idle: 500, slow: 5, patient: false };
}
