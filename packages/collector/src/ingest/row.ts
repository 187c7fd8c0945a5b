import type { Contact, Event, Feedback } from "@balise/schema";
import type { AcquisitionChannel } from "./acquisition.js";
import { Line } from "./line.js";
import { storableProperties } from "./properties.js";
import type { Row } from "./record.js";
import type { Visitor } from "./visitor.js";

/** What the collector knows of an event beyond what its sender said. */
export interface Enrichment {
  siteId: string;
  receivedAt: number;
  /** The corrected moment, epoch milliseconds. */
  occurredAt: number;
  skew: number;
  visitor: Visitor;
  acquisition: AcquisitionChannel | "";
  /** The door: batch, import or pixel. */
  source: string;
  defaultChannel: string;
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

/** The columns that every table of events has. */
function commonColumns(event: Event, known: Enrichment): Line {
  return new Line()
    .add("site_id", known.siteId)
    .add("id", event.id)
    .add("occurred_at", known.occurredAt)
    .add("received_at", known.receivedAt)
    .add("anonymous_id", event.anonymousId)
    .add("session_id", event.sessionId)
    .add("user_id", event.userId)
    .add("account_id", event.accountId)
    .add("channel", event.channel ?? known.defaultChannel)
    .add("outcome", event.outcome)
    .add("acquisition_channel", orAbsent(known.acquisition))
    .add("traits", event.traits);
}

/** Where the event took place: in `events` and `feedback` alike. */
function placeColumns(line: Line, event: Event, known: Enrichment): Line {
  return line
    .add("area", event.area)
    .add("page_path", pathOf(event.page?.url))
    .add("page_name", event.page?.name)
    .add("device", orAbsent(known.visitor.device.device))
    .add("bot", known.visitor.device.bot ? true : undefined)
    .add("country", orAbsent(known.visitor.country))
    .add("locale", event.context?.locale);
}

function eventLine(event: Event, known: Enrichment): string {
  const { page, campaign, context } = event;
  const { device, region } = known.visitor;
  const line = placeColumns(commonColumns(event, known), event, known)
    .add("name", event.name)
    .add("skew_ms", known.skew === 0 ? undefined : known.skew)
    .add("value", event.value)
    .add("currency", event.currency)
    .add("properties", storableProperties(event.properties))
    .add("browser", orAbsent(device.browser))
    .add("browser_version", orAbsent(device.browserVersion))
    .add("os", orAbsent(device.os))
    .add("os_version", orAbsent(device.osVersion))
    .add("region", orAbsent(region))
    .add("source", known.source);
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
  return placeColumns(commonColumns(event, known), event, known)
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
  return commonColumns(event, known)
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
  if (URL.canParse(url)) return new URL(url).pathname;
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}
