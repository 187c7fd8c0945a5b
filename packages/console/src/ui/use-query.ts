import type { Ask } from "../api/client.js";
import type { Answer, Queries, QueryName } from "../api/types.js";
import { useAnswer, type Pending } from "./use-answer.js";

export type Query<N extends QueryName> = Pending<Answer<N>>;

/** Asks a question that the console knows by name; with null parameters nothing is asked. */
export function useQuery<N extends QueryName>(
  ask: Ask,
  name: N,
  parameters: Queries[N]["parameters"] | null,
): Query<N> {
  return useAnswer(
    (signal) => {
      if (parameters === null) throw new Error(`${name} has no parameters to be asked with`);
      return ask(name, parameters, signal);
    },
    parameters === null ? null : `${name} ${JSON.stringify(parameters)}`,
    ask,
  );
}
