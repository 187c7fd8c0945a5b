import type { TagName } from "../peers/tags.js";
import type { Outcome } from "./cell.js";
import type { Scenario } from "./scenarios/scenario.js";

export interface Row {
  scenario: Scenario;
  outcomes: Map<TagName, Outcome>;
}

type Counted = Pick<Outcome, "arrived" | "copies">;

/** `5`, `3`, or `5 +5` with copies. */
export function told({ arrived, copies }: Counted): string {
  return copies > 0 ? `${arrived} +${copies}` : `${arrived}`;
}

/** Balise has two columns: what is in the table, and what was sent as peers' are counted. */
export function headOf(tags: readonly TagName[]): string[] {
  const names = tags.flatMap((tag) => (tag === "balise" ? ["balise", "balise, as sent"] : [tag]));
  return ["", "what happens", "events", ...names];
}

export function rowOf({ scenario, outcomes }: Row, tags: readonly TagName[]): string[] {
  const { letter, title, wanted } = scenario;
  return [letter, title, `${wanted}`, ...tags.flatMap((tag) => cellsOf(outcomes.get(tag), wanted))];
}

/** What is complete is bold. */
function cellsOf(outcome: Outcome | undefined, wanted: number): string[] {
  if (!outcome) return ["?"];
  const { stored } = outcome;
  if (!stored) return [toldOf(outcome, wanted)];
  const kept = { arrived: stored.marks, copies: stored.ids - stored.marks };
  return [toldOf(kept, wanted), told(outcome)];
}

function toldOf(outcome: Counted, wanted: number): string {
  return outcome.arrived >= wanted ? `**${told(outcome)}**` : told(outcome);
}
