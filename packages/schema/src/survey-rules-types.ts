/**
 * When a survey is asked, and of whom: what a team writes beside its questions, and what the tag
 * and the collector tell each other about it.
 */
import type { Survey, SurveyKind } from "./survey-types.js";
import type { Metric, Outcome } from "./types.js";

export type Scalar = string | number | boolean;

/** One condition; what is compared as text is compared as it is written. */
export type Condition =
  | { property: string; op: "=" | "!="; value: Scalar }
  | { property: string; op: "<" | "<=" | ">" | ">="; value: number }
  | { property: string; op: "in"; value: Scalar[] }
  | { property: string; op: "contains"; value: string }
  | { property: string; op: "exists"; value?: boolean };

interface AnyTrigger {
  /**
   * Only on these pages: names that the team gave, or paths such as `/contracts/:id` or `/help/*`.
   * @default on all
   */
  pages?: string[];
  /** Asks so long after it has fired. @default 0 */
  delaySeconds?: number;
  /** Events that begin the delay anew. */
  delayedBy?: string[];
  /** Events that end the delay without a survey. */
  cancelledBy?: string[];
}

/**
 * An event of the tag: the team's own, or one of an instrument such as `page_view`, `rage_click`,
 * `back_and_forth` or `form_abandon`.
 */
export interface EventTrigger extends AnyTrigger {
  /** Its name; `*` is any. */
  event: string;
  /** Conditions on its properties, all of which hold. */
  where?: Condition[];
  outcome?: Outcome;
}

/** The pointer leaves the page at its top. */
export interface ExitTrigger extends AnyTrigger {
  moment: "exit";
}

/** `visible`: the page has been looked at for so long. `inactivity`: nothing was done for so long. */
export interface WaitTrigger extends AnyTrigger {
  moment: "visible" | "inactivity";
  seconds: number;
}

/** So much of the page's height has been in view. */
export interface ScrollTrigger extends AnyTrigger {
  moment: "scroll";
  percent: number;
}

/** The visitor is back after so many days. */
export interface ReturnTrigger extends AnyTrigger {
  moment: "return";
  days: number;
}

export type Trigger = EventTrigger | ExitTrigger | WaitTrigger | ScrollTrigger | ReturnTrigger;

/** Whom a survey is for. */
export interface Audience {
  /**
   * All of these hold: `traits.<key>` as the tag was told, `area`, `channel`, `language` of the
   * page, `device` (`mobile`, `tablet`, `desktop`), `visitor` (`new`, `returning`), `converted`.
   */
  where?: Condition[];
  /** Of those, this share; the same people always, whatever their device. @default 1 */
  share?: number;
}

/** At most so many displays to one person in so many days. */
export interface Cap {
  times: number;
  days: number;
}

/** At most so many displays to all people together in a calendar period (UTC). */
export interface Quota {
  displays: number;
  per: "day" | "week" | "month";
}

/** A survey with everything that decides about asking it. */
export interface SurveyDefinition extends Survey {
  /** @default true */
  on?: boolean;
  /** Any of them shows it; without one it is shown by hand, and a tab is always there. */
  triggers?: Trigger[];
  audience?: Audience;
  /** @default once in 90 days */
  cap?: Cap;
  quota?: Quota;
  /** Its answers name nobody: neither person nor session. */
  anonymous?: boolean;
  /** Selector of what an inline survey stands in. @default the body of the page */
  target?: string;
}

/** How much one person is asked, over all surveys. Tabs neither count nor wait. */
export interface Fatigue {
  /** Days without any survey after one. @default 30 */
  quietDays: number;
  /** Days without any after the last two were dismissed. @default 90 */
  quietAfterDismissalsDays: number;
  /** Days between two relational surveys. @default 90 */
  relationalDays: number;
  /** Surveys in one visit. @default 1 */
  perSession: number;
  /** Of surveys that begin with a question of this metric. @default once in 30 days */
  perMetric: { [metric in Metric]?: Cap };
  /** @default four times in 365 days */
  overall: Cap;
}

/** `balise.surveys.json`: all surveys of a site, and what they share. */
export interface SurveyPlan {
  surveys: SurveyDefinition[];
  /** What differs from the advice. */
  fatigue?: Partial<Fatigue>;
  /** The share of people who are never asked anything. @default 0 */
  holdout?: number;
  /** Names of events that make a visitor a converter. @default none */
  conversions?: string[];
  /** Languages that every survey must have. @default those of any survey */
  languages?: string[];
  /**
   * Whether the collector tells a browser what its user was asked on other devices. Who knows a
   * `userId` and the public write key can then learn at which hours that person was asked.
   * @default true
   */
  acrossDevices?: boolean;
  /** The share of non-displays that are told as `survey_suppressed`. @default 0.1 */
  suppressedShare?: number;
}

/** A trigger as the tag gets it: its pages are one regular expression. */
export type TagTrigger = (
  | Omit<EventTrigger, "pages">
  | Omit<ExitTrigger, "pages">
  | Omit<WaitTrigger, "pages">
  | Omit<ScrollTrigger, "pages">
  | Omit<ReturnTrigger, "pages">
) & { pages?: string };

/** A survey as the tag gets it. */
export interface TagSurvey extends Omit<
  SurveyDefinition,
  "objective" | "on" | "quota" | "cap" | "triggers"
> {
  cap: Cap;
  triggers: TagTrigger[];
  /** The quota of this period is reached. */
  full?: true;
}

/** The answer of `GET /v1/config`. */
export interface TagConfig {
  surveys: TagSurvey[];
  fatigue: Fatigue;
  holdout: number;
  conversions: string[];
  suppressedShare: number;
}

/** One display of a survey to a person. */
export interface Exposure {
  /** The first eight digits of its `responseId`, by which copies are known. */
  id: string;
  surveyId: string;
  kind: SurveyKind;
  metric: Metric;
  /** Epoch milliseconds; the collector answers whole hours. */
  at: number;
  /** It was closed without an answer. */
  dismissed: boolean;
}

/** The answer of `POST /v1/exposures`. */
export interface ExposuresAnswer {
  exposures: Exposure[];
}
