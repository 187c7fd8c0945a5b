import type { Event, Properties, Rejection } from "./wire.js";

/**
 * A team's tracking plan: event names with the type of their properties, as a type or an
 * interface. `undefined` stands for an event without properties.
 */
export type EventMap<E> = { [Name in keyof E]: object | undefined };

/** What a tag without a tracking plan takes: any name, any properties. */
export type AnyEvents = { [name: string]: Properties | undefined };

/** The wire fields that a caller may set on an event, beside its name and properties. */
export type Extras = Partial<
  Pick<
    Event,
    | "occurredAt"
    | "channel"
    | "area"
    | "page"
    | "campaign"
    | "outcome"
    | "value"
    | "currency"
    | "traits"
    | "feedback"
    | "contact"
  >
>;

/** Properties may be left out when none of them is required. */
export type TrackArguments<P> = [P] extends [undefined]
  ? [properties?: undefined, extras?: Extras]
  : undefined extends P
    ? [properties?: P, extras?: Extras]
    : object extends P
      ? [properties?: P, extras?: Extras]
      : [properties: P, extras?: Extras];

/** Why an event will never be counted: the collector's reason, or the tag's own in its words. */
export type LostEvent = Pick<Rejection, "id" | "code" | "message">;
