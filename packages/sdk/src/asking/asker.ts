import type { Showing, ShowOptions } from "../survey/kit.js";
import type { TagSurvey, TagTrigger } from "../survey-rules.js";
import { warn } from "../warn.js";
import { causeOf } from "./cause.js";
import type { AskingContext } from "./context.js";
import type { Reason } from "./fatigue.js";
import { isOver, judge } from "./judge.js";
import { learn } from "./learn.js";
import type { Explanation, ShowSurveyOptions } from "./options.js";
import { type Parts, partsOf } from "./parts.js";
import { remember } from "./remember.js";
import type { Heard } from "./watch.js";

export interface Asker {
  /** Its trigger may have fired by one of these events; without a trigger it always has. */
  due(survey: TagSurvey, trigger?: TagTrigger, causes?: readonly Heard[]): Promise<boolean>;
  /** @returns whether it is in the page now. */
  show(surveyId: string, options?: ShowSurveyOptions): Promise<boolean>;
  explain(): Explanation[];
}

/** Shows surveys that are due, one over the page at a time. */
export function createAsker(
  context: AskingContext,
  { load, anonymous: anonymousTag }: Parts = partsOf(context.options),
): Asker {
  const { tag, platform, config, options, signal } = context;
  const nobody = `${options.storagePrefix ?? "balise"}.nobody`;
  /** Those that are in the page, or about to be. */
  const here = new Map<string, Showing | undefined>();
  const told = new Set<string>();
  let over: string | undefined;

  function reasons(survey: TagSurvey): Reason[] {
    if (here.has(survey.id)) return ["shown_here"];
    const taken: Reason[] = over && isOver(survey) ? ["another_survey"] : [];
    return [...taken, ...judge(survey, context)];
  }

  function release(id: string): void {
    here.delete(id);
    if (over === id) over = undefined;
  }

  /** Tells why it was not shown: once a page for a reason, and a share of those alone. */
  function suppress({ id, version, kind }: TagSurvey, reason: Reason): void {
    const share = config.suppressedShare;
    const seldom = platform.random() >= share;
    if (seldom || told.has(id + reason)) return;
    told.add(id + reason);
    tag.track("survey_suppressed", { surveyId: id, surveyVersion: version, kind, reason, share });
  }

  /** Puts it into the page. @returns why it could not. */
  async function put(survey: TagSurvey, own: ShowOptions): Promise<Reason | undefined> {
    const { id, anonymous, placement } = survey;
    const target = own.target ?? document.querySelector(survey.target ?? "body");
    if (!target) return "no_target";
    const loaded = Promise.all([load(), anonymous && anonymousTag(nobody)]);
    const [widgets, apart] = await loaded.catch(() => []);
    if (!widgets || signal.aborted) return "unavailable";
    const see = remember(survey, context);
    /** Whoever answers next is somebody else. */
    function forget(): void {
      if (!apart) return;
      apart.reset();
      platform.store.set(`${nobody}.details`, null);
    }
    forget();
    const showing = widgets.showAnySurvey(apart || tag, survey, {
      ...options.look,
      ...own,
      target,
      onReport(name, responseId, feedback) {
        if (name === "survey_suppressed") release(id);
        see(name, responseId);
        own.onReport?.(name, responseId, feedback);
      },
      onClose() {
        if (placement !== "tab") release(id);
        forget();
        own.onClose?.();
      },
    });
    if (here.has(id)) here.set(id, showing);
    return undefined;
  }

  signal.addEventListener("abort", () => {
    for (const [id, showing] of here) {
      release(id);
      showing?.close();
    }
  });
  async function ask(
    survey: TagSurvey,
    { force, ...own }: ShowSurveyOptions = {},
  ): Promise<boolean> {
    const { id } = survey;
    let [reason] = force ? [] : reasons(survey);
    if (!reason) {
      // Nothing else is asked while this one waits.
      here.set(id, undefined);
      if (isOver(survey)) over = id;
      if (!force && survey.placement !== "tab") {
        await learn(context);
        [reason] = judge(survey, context);
      }
      reason ??= await put(survey, own);
      if (reason) release(id);
    }
    if (reason) suppress(survey, reason);
    return !reason;
  }

  return {
    async show(surveyId, own) {
      const survey = config.surveys.find(({ id }) => id === surveyId);
      return !!survey && ask(survey, own);
    },
    async due(survey, trigger, causes = []) {
      const cause = trigger && causeOf(trigger, causes);
      if (trigger && "event" in trigger && !cause) return false;
      const outcome = cause?.[2]?.outcome;
      return ask(survey, outcome && { outcome });
    },
    explain() {
      const found = config.surveys.map((survey) => {
        const broken = reasons(survey);
        return { surveyId: survey.id, shows: !broken[0], reasons: broken };
      });
      for (const { surveyId, shows, reasons: broken } of found) {
        warn(`${surveyId}: ${shows ? "would be shown" : broken.join(", ")}`);
      }
      return found;
    },
  };
}
