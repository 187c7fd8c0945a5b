/** How the text of a cell becomes the value of a wire field. */
export type Kind = "string" | "number" | "boolean" | "time" | "day" | "uuid" | "id";

/** What a row may hold: fields by their dotted names, and those that take any key. */
export interface Fields {
  fields: ReadonlyMap<string, Kind>;
  free: readonly ("properties" | "traits")[];
}

/** Of an event. */
export const EVENT_FIELDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["id", "id"],
  ["occurredAt", "time"],
  ["anonymousId", "uuid"],
  ["sessionId", "uuid"],
  ["feedback.responseId", "uuid"],
  ...of("id", ["userId", "accountId", "contact.contactId"]),
  ...of("string", ["name", "channel", "area", "outcome", "currency"]),
  ...of("number", ["value"]),
  ...of("string", ["page.url", "page.title", "page.referrer", "page.name"]),
  ...of("string", ["campaign.source", "campaign.medium", "campaign.name", "campaign.term"]),
  ...of("string", ["campaign.content", "campaign.clickIdType"]),
  ...of("string", ["feedback.surveyId", "feedback.kind", "feedback.questionId"]),
  ...of("string", ["feedback.metric", "feedback.choice", "feedback.text", "feedback.touchpoint"]),
  ...of("number", ["feedback.surveyVersion", "feedback.score", "feedback.min", "feedback.max"]),
  ...of("number", ["feedback.polarity"]),
  ...of("boolean", ["feedback.notApplicable"]),
  ...of("string", ["contact.reason"]),
  ...of("number", ["contact.waitSeconds", "contact.transfers", "contact.talkSeconds"]),
  ...of("boolean", ["contact.resolved", "contact.reopened"]),
  ...of("string", ["context.locale", "context.timezone", "context.screen", "context.viewport"]),
  ...of("string", ["context.sdk", "context.app", "context.consent"]),
]);

const FREE = /^(properties|traits)\.(.+)$/;

function of(kind: Kind, names: readonly string[]): [string, Kind][] {
  return names.map((name) => [name, kind]);
}

/** The fields of an event, without those of which a shape says itself what they are. */
export function eventFieldsWithout(left: (field: string) => boolean): [string, Kind][] {
  return [...EVENT_FIELDS].filter(([field]) => !left(field));
}

/** The kind of a field by its dotted name; undefined for what is none. */
export function kindOf(field: string, fields: Fields): Kind | undefined {
  return fields.fields.get(field) ?? (isFree(field, fields) ? "string" : undefined);
}

/** Properties and traits take any key and any type. */
export function isFree(field: string, { free }: Fields): boolean {
  const [, kind] = FREE.exec(field) ?? [];
  return (
    free.some((one) => one === kind) &&
    !field.split(".").some((part) => part === "" || part === "__proto__")
  );
}

/** Where the field stands in an event: properties nest at each dot, traits are flat. */
export function pathOf(field: string): string[] {
  const trait = /^traits\.(.+)$/.exec(field)?.[1];
  return trait === undefined ? field.split(".") : ["traits", trait];
}

/** The names for an error message. */
export function fieldNames({ fields, free }: Fields): string {
  return [...fields.keys(), ...free.map((name) => `${name}.<key>`)].join(", ");
}
