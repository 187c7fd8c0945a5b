/**
 * The wire contract of Balise: plain interfaces without imports, so that the tag
 * ships them to its users as they stand. Columns in ClickHouse are the same words in
 * snake_case.
 */

/** Where an interaction took place. */
export type Channel =
  | "web"
  | "webview"
  | "app"
  | "email"
  | "push"
  | "sms"
  | "phone"
  | "chat"
  | "store"
  | "ads"
  | "social"
  | "server";

/** `connected` is everything behind a login; `public` is the rest. */
export type Area = "public" | "connected";

/** What became of the interaction, as the team judges it. */
export type Outcome = "success" | "failure" | "unknown";

/** `exempt`: audience measurement without consent; `full`: the visitor agreed. */
export type Consent = "exempt" | "full";

/** Anything that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Free properties of an event: at most 64 keys and 8 KB as JSON. */
export type Properties = { [key: string]: Json };

/** What is known of a person, as short strings or bands such as `"35-44"`. */
export type Traits = { [key: string]: string | number | boolean };

export interface Page {
  url?: string;
  title?: string;
  referrer?: string;
  /** The team's own name for the page, such as `/contracts/:id`. */
  name?: string;
}

/** Campaign parameters; `medium` and the rest follow the `utm_` convention. */
export interface Campaign {
  source?: string;
  medium?: string;
  name?: string;
  term?: string;
  content?: string;
  /** The kind of click identifier seen (`gclid`, `fbclid`…), never its value. */
  clickIdType?: string;
}

export type Metric = "nps" | "csat" | "ces" | "stars" | "smiley" | "thumbs" | "choice" | "text";

/** One answer to one question of a survey. */
export interface Feedback {
  surveyId: string;
  surveyVersion?: number;
  kind: "transactional" | "relational";
  /** The same for all answers that one person gives to one display of a survey. */
  responseId: string;
  questionId: string;
  metric: Metric;
  score?: number;
  /** The lowest score of the scale. */
  min?: number;
  /** The highest score of the scale. */
  max?: number;
  /** 1: a high score is good; -1: a low score is good. */
  polarity?: 1 | -1;
  choice?: string;
  text?: string;
  /** The person said that the question does not apply: kept apart from every score. */
  notApplicable?: boolean;
  touchpoint?: string;
}

/** A contact with the team by telephone, e-mail, chat or in a store. */
export interface Contact {
  contactId: string;
  reason: string;
  /** Time before an answer, in seconds. */
  waitSeconds?: number;
  transfers?: number;
  /** Time spent talking, in seconds. */
  talkSeconds?: number;
  resolved?: boolean;
  reopened?: boolean;
}

export interface Context {
  locale?: string;
  /** IANA name, such as `Europe/Paris`. */
  timezone?: string;
  /** Width and height in CSS pixels, such as `1920x1080`. */
  screen?: string;
  viewport?: string;
  /** Name and version of the sender, such as `balise-js/0.1.0`. */
  sdk?: string;
  /** Name and version of the team's application. */
  app?: string;
  consent?: Consent;
}

/** One thing that happened. `id` is the key of idempotence: the same id counts once. */
export interface Event {
  /** UUID made by the sender; version 7 keeps storage ordered by time. */
  id: string;
  /** 1 to 128 characters without control characters. */
  name: string;
  /** Epoch milliseconds by the sender's clock. */
  occurredAt: number;
  /** UUID of the browser or device. This or `userId` must be there. */
  anonymousId?: string;
  sessionId?: string;
  /** The team's own identifier of a person, at most 128 characters. */
  userId?: string;
  /** The team's own identifier of a company or household, at most 128 characters. */
  accountId?: string;
  channel?: Channel;
  area?: Area;
  page?: Page;
  campaign?: Campaign;
  outcome?: Outcome;
  value?: number;
  /** ISO 4217, three capital letters. */
  currency?: string;
  properties?: Properties;
  traits?: Traits;
  feedback?: Feedback;
  contact?: Contact;
  context?: Context;
}

/** How a visit was won. */
export type AcquisitionChannel =
  | "direct"
  | "organic_search"
  | "paid_search"
  | "organic_social"
  | "paid_social"
  | "email"
  | "sms"
  | "push"
  | "affiliates"
  | "display"
  | "video"
  | "referral"
  | "other";

/**
 * A line of `POST /v1/import` that is no event: what a campaign cost on one day. Sent again for the
 * same day, channel, source, medium, name and currency, it replaces what was sent before; a campaign
 * that was renamed since is taken out by a line with its old name and a cost of 0.
 */
export interface Cost {
  type: "cost";
  /** `2026-03-13`, UTC. */
  day: string;
  /** Told from the campaign's source and medium, as that of an event is, where it is left out. */
  acquisitionChannel?: AcquisitionChannel;
  campaign?: { source?: string; medium?: string; name?: string };
  impressions?: number;
  clicks?: number;
  /** With at most four decimals; a credit is negative. */
  cost: number;
  /** ISO 4217, three capital letters. */
  currency: string;
}

/**
 * A line of `POST /v1/import` that is no event: who is a customer, whether or not they do anything.
 * A customer that is sent again replaces what was sent before.
 */
export interface Customer {
  type: "customer";
  /** The team's own identifier, the one of events. */
  userId: string;
  accountId?: string;
  /** The first day as a customer, `2026-03-13`; left out, they have always been one. */
  since?: string;
  /** The first day as a customer no more; left out, they still are one. */
  until?: string;
  traits?: Traits;
}

/** What was done about a low score: `open` is nothing yet, `dropped` that nothing will be. */
export type FollowUpStatus = "open" | "in_progress" | "resolved" | "dropped";

/**
 * A line of `POST /v1/import` that is no event: a step in following up a response with a low score. Steps
 * are kept, and the latest says how things are. They have no place for a note: what was said to a customer
 * belongs where their personal data is kept.
 */
export interface FollowUp {
  type: "follow_up";
  /** UUID made by the sender: the same step sent again counts once. */
  id: string;
  /** The `responseId` of the answers. */
  responseId: string;
  /** Epoch milliseconds. */
  changedAt: number;
  status: FollowUpStatus;
  /** Who follows up, as the team calls them, at most 128 characters. */
  owner?: string;
}

export type AnnotationKind = "release" | "campaign" | "holiday" | "incident" | "other";

/**
 * A line of `POST /v1/import` that is no event: what numbers are to be read beside, such as a release or
 * a holiday. One that is sent again with the same id replaces what was sent before; `removed` takes it
 * away.
 */
export interface Annotation {
  type: "annotation";
  /** The team's own. */
  id: string;
  kind: AnnotationKind;
  /** Epoch milliseconds; also of the future. */
  from: number;
  /** Left out, it is a moment. */
  to?: number;
  text?: string;
  removed?: boolean;
}

/** The body of `POST /v1/batch`. */
export interface Batch {
  writeKey?: string;
  /** Epoch milliseconds by the sender's clock at the moment of sending. */
  sentAt?: number;
  events: Event[];
}

/** Why one event of a batch was not accepted. */
export interface Rejection {
  /** Place in the `events` array or line of the import, counted from 0. */
  index: number;
  /** Of an event, an annotation or a follow-up its id, of a customer the user's. */
  id: string | null;
  code: RejectionCode;
  message: string;
}

export type RejectionCode =
  | "malformed_json"
  | "invalid_utf8"
  | "invalid_event"
  | "invalid_id"
  | "invalid_name"
  | "invalid_field"
  | "missing_field"
  | "missing_person"
  | "time_out_of_range"
  | "event_too_large"
  | "properties_too_large"
  | "plan_violation";

/** The answer to `POST /v1/batch` (202) and `POST /v1/import` (200). */
export interface BatchAnswer {
  accepted: number;
  rejected: Rejection[];
}

/** The body of every error answer. */
export interface ErrorAnswer {
  error: { code: string; message: string };
}
