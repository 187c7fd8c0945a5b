import { inTime } from "../plain.js";
import { first, groupBy } from "./plain.js";
import { type Act, personOf } from "./random.js";

/** The touch that a person is counted for at a moment, of the first of each session that tell a channel. */
export function touchAt(
  acts: readonly Act[],
  person: string,
  moment: number,
  attribution: "first" | "last",
): Act | undefined {
  const told = acts.filter((act) => act.touch !== "" && personOf(act) === person);
  const touches = [
    ...groupBy(told, ({ session, id }) => (session === 0 ? id : session)).values(),
  ].map((own) => first(inTime(own)));
  const before = inTime(touches).filter(({ time }) => time <= moment);
  return before.at(attribution === "first" ? 0 : -1);
}
