import type { TagSurvey } from "../survey-rules.js";
import { holds } from "./condition.js";
import type { AskingContext } from "./context.js";
import { exposuresIn } from "./exposures.js";
import { factOf } from "./facts.js";
import { type Reason, tooMuch } from "./fatigue.js";
import { shareOf } from "./share.js";

/** Whether it lies over the page, where only one has room. */
export function isOver({ placement }: TagSurvey): boolean {
  return placement !== "inline" && placement !== "tab";
}

/**
 * All rules that this survey would break if it were shown now to this person: whom it is for, and
 * how much they were asked already.
 */
export function judge(survey: TagSurvey, context: AskingContext): Reason[] {
  const { id, audience: { where = [], share = 1 } = {}, full } = survey;
  const { config, memories, platform } = context;
  const { startedAt = 0 } = memories.get();
  const { userId, anonymousId } = context.person();
  const person = String(userId ?? anonymousId);
  const broken: [Reason, boolean | undefined][] = [
    ["holdout", shareOf(`holdout ${person}`) < config.holdout],
    ["audience", !where.every((one) => holds(one, (property) => factOf(context, property)))],
    ["not_sampled", shareOf(`${id} ${person}`) >= share],
    ["quota", full],
  ];
  return [
    ...broken.flatMap(([reason, is]) => (is ? [reason] : [])),
    ...tooMuch(survey, exposuresIn(memories), config.fatigue, platform.now(), startedAt),
  ];
}
