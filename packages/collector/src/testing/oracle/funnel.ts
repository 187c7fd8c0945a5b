export interface OracleEvent {
  id: string;
  /** Who: after identities are resolved. */
  unit: string;
  name: string;
  /** Epoch milliseconds. */
  time: number;
}

export interface OracleOptions {
  order?: "ordered" | "strict" | "unordered";
  /** Places of optional steps, from 0. */
  optional?: readonly number[];
  /** Names that may not come between two steps (places from 0, of required steps). */
  exclude?: readonly { names: readonly string[]; between?: readonly [number, number] }[];
}

export interface OracleFunnel extends OracleOptions {
  /** Steps as the sets of names that match them. */
  steps: readonly (readonly string[])[];
  windowMilliseconds: number;
}

/** What a unit counts as: when its chain began, and each step's moment, undefined where not done. */
export interface OracleChain {
  start: number;
  moments: (number | undefined)[];
}

export const isOptional = (funnel: OracleFunnel, step: number): boolean =>
  funnel.optional?.includes(step) === true;

export const matchesOf = (funnel: OracleFunnel, event: OracleEvent): number =>
  funnel.steps.filter((names) => names.includes(event.name)).length;

export function requiredBefore(funnel: OracleFunnel, step: number): number {
  let before = step - 1;
  while (before > 0 && isOptional(funnel, before)) before--;
  return before;
}
