import type { AcquisitionChannel, Contact, Event, Feedback } from "@balise/schema";
import { Line } from "./line.js";
import type { Origin } from "./origin.js";
import { parsedUrl } from "./parsed-url.js";
import { storableProperties } from "./properties.js";
import type { Row } from "./record.js";
import type { Visitor } from "./visitor.js";

/** What the collector knows of an event beyond what its sender said. */
export interface Enrichment {
  origin: Origin;
  receivedAt: number;
  /** The corrected moment, epoch milliseconds. */
  occurredAt: number;
  skew: number;
  acquisition: AcquisitionChannel | "";
  /** How the event breaks the tracking plan. */
  violation?: string | undefined;
}

/**
 * The start of every row of `events` of one request, an open JSON object: what the collector knows
 * of it without a look into its events.
 */
export function rowHead(origin: Origin, receivedAt: number, skew: number): string {
  const line = new Line()
    .add("site_id", origin.site.id)
    .add("source", origin.source)
    .add("received_at", receivedAt)
    .add("skew_ms", skew === 0 ? undefined : skew);
  return line.text + visitorColumns(origin.visitor);
}

const columnsOf = new WeakMap<Visitor, string>();

/** The columns of a visitor, each with a comma before it. */
function visitorColumns(visitor: Visitor): string {
  const known = columnsOf.get(visitor);
  if (known !== undefined) return known;
  const { device, country, region } = visitor;
  const line = new Line()
    .add("device", orAbsent(device.device))
    .add("browser", orAbsent(device.browser))
    .add("browser_version", orAbsent(device.browserVersion))
    .add("os", orAbsent(device.os))
    .add("os_version", orAbsent(device.osVersion))
    .add("bot", device.bot ? true : undefined)
    .add("country", orAbsent(country))
    .add("region", orAbsent(region));
  const columns = line.text === "{" ? "" : `,${line.text.slice(1)}`;
  columnsOf.set(visitor, columns);
  return columns;
}

/**
 * An event as rows: always one of `events`, and one of `feedback` or `contacts` where it carries an
 * answer or a contact. This is the one place where wire names become columns. A column left out
 * takes its default. On the hot path.
 */
export function eventRows(event: Event, known: Enrichment): Row[] {
  const rows: Row[] = [{ table: "events", line: eventLine(event, known) }];
  if (event.feedback !== undefined) {
    rows.push({ table: "feedback", line: feedbackLine(event, event.feedback, known) });
  }
  if (event.contact !== undefined) {
    rows.push({ table: "contacts", line: contactLine(event, event.contact, known) });
  }
  return rows;
}

/** The columns of `feedback` and `contacts` that say where a row comes from. */
function sourceColumns(known: Enrichment): Line {
  return new Line().add("site_id", known.origin.site.id).add("received_at", known.receivedAt);
}

/** The columns that every table of events has. */
function commonColumns(line: Line, event: Event, known: Enrichment): Line {
  return line
    .add("id", event.id)
    .add("occurred_at", known.occurredAt)
    .add("anonymous_id", event.anonymousId)
    .add("session_id", event.sessionId)
    .add("user_id", event.userId)
    .add("account_id", event.accountId)
    .add("channel", event.channel ?? known.origin.defaultChannel)
    .add("outcome", event.outcome)
    .add("acquisition_channel", orAbsent(known.acquisition))
    .add("traits", event.traits);
}

/** Where the event took place: in `events` and `feedback` alike. */
function placeColumns(line: Line, event: Event): Line {
  return line
    .add("area", event.area)
    .add("page_path", pathOf(event.page?.url))
    .add("page_name", event.page?.name)
    .add("locale", event.context?.locale);
}

function eventLine(event: Event, known: Enrichment): string {
  const { page, campaign, context } = event;
  const head = new Line(rowHead(known.origin, known.receivedAt, known.skew));
  const line = placeColumns(commonColumns(head, event, known), event)
    .add("name", event.name)
    .add("value", event.value)
    .add("currency", event.currency)
    .add("properties", storableProperties(event.properties))
    .add("plan_violation", known.violation);
  if (page !== undefined) {
    line
      .add("page_url", page.url)
      .add("page_title", page.title)
      .add("page_referrer", page.referrer);
  }
  if (campaign !== undefined) {
    line
      .add("campaign_source", campaign.source)
      .add("campaign_medium", campaign.medium)
      .add("campaign_name", campaign.name)
      .add("campaign_term", campaign.term)
      .add("campaign_content", campaign.content)
      .add("campaign_click_id_type", campaign.clickIdType);
  }
  if (context !== undefined) {
    line
      .add("timezone", context.timezone)
      .add("screen", context.screen)
      .add("viewport", context.viewport)
      .add("sdk", context.sdk)
      .add("app", context.app)
      .add("consent", context.consent);
  }
  return line.end();
}

function feedbackLine(event: Event, feedback: Feedback, known: Enrichment): string {
  const { device, country } = known.origin.visitor;
  return placeColumns(commonColumns(sourceColumns(known), event, known), event)
    .add("device", orAbsent(device.device))
    .add("bot", device.bot ? true : undefined)
    .add("country", orAbsent(country))
    .add("survey_id", feedback.surveyId)
    .add("survey_version", feedback.surveyVersion)
    .add("kind", feedback.kind)
    .add("response_id", feedback.responseId)
    .add("question_id", feedback.questionId)
    .add("metric", feedback.metric)
    .add("score", feedback.score)
    .add("scale_min", feedback.min)
    .add("scale_max", feedback.max)
    .add("polarity", feedback.polarity)
    .add("choice", feedback.choice)
    .add("text", feedback.text)
    .add("not_applicable", feedback.notApplicable)
    .add("touchpoint", feedback.touchpoint)
    .end();
}

function contactLine(event: Event, contact: Contact, known: Enrichment): string {
  return commonColumns(sourceColumns(known), event, known)
    .add("name", event.name)
    .add("contact_id", contact.contactId)
    .add("reason", contact.reason)
    .add("wait_seconds", contact.waitSeconds)
    .add("transfers", contact.transfers)
    .add("talk_seconds", contact.talkSeconds)
    .add("resolved", contact.resolved)
    .add("reopened", contact.reopened)
    .end();
}

function orAbsent(text: string): string | undefined {
  return text === "" ? undefined : text;
}

function pathOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const parsed = parsedUrl(url);
  if (parsed !== undefined) return parsed.pathname;
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}
