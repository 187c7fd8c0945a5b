/** Collects the values of a statement: each becomes a `{name:Type}` parameter, never text of it. */
export interface Parameters {
  /** The placeholder for a value. */
  add: (type: string, value: ParameterValue) => string;
  values: Record<string, ParameterValue>;
}

export type ParameterValue = string | number | boolean | readonly (string | number)[];

export function createParameters(initial: Record<string, ParameterValue> = {}): Parameters {
  const values: Record<string, ParameterValue> = { ...initial };
  let next = 0;
  return {
    values,
    add(type, value) {
      const name = `p${next++}`;
      values[name] = value;
      return `{${name}:${type}}`;
    },
  };
}
