import type { Event } from "@balise/schema";
import type { AcquisitionChannel } from "./acquisition.js";
import type { Row } from "./record.js";
import type { Device } from "./user-agent.js";

/** What the collector knows of an event beyond what its sender said. */
export interface Enrichment {
  siteId: string;
  receivedAt: number;
  /** The corrected moment, epoch milliseconds. */
  occurredAt: number;
  skew: number;
  device: Device;
  acquisition: AcquisitionChannel | "";
  /** The door: batch, import or pixel. */
  source: string;
  defaultChannel: string;
}

/**
 * An event as rows: always one of `events`, and one of `feedback` or `contacts` where it carries an
 * answer or a contact. This is the one place where wire names become columns. A column left out
 * takes its default.
 */
export function eventRows(event: Event, known: Enrichment): Row[] {
  const who = {
    site_id: known.siteId,
    id: event.id,
    occurred_at: known.occurredAt,
    received_at: known.receivedAt,
    anonymous_id: event.anonymousId,
    session_id: event.sessionId,
    user_id: event.userId,
    account_id: event.accountId,
    channel: event.channel ?? known.defaultChannel,
    outcome: event.outcome,
    acquisition_channel: known.acquisition,
    traits: event.traits,
  };
  const where = {
    area: event.area,
    page_path: pathOf(event.page?.url),
    page_name: event.page?.name,
    device: known.device.device,
    bot: known.device.bot,
    locale: event.context?.locale,
  };
  const rows = [row("events", { ...who, ...where, ...eventColumns(event, known) })];
  if (event.feedback !== undefined) {
    rows.push(row("feedback", { ...who, ...where, ...feedbackColumns(event.feedback) }));
  }
  if (event.contact !== undefined) {
    rows.push(row("contacts", { ...who, name: event.name, ...contactColumns(event.contact) }));
  }
  return rows;
}

function eventColumns(event: Event, known: Enrichment): Record<string, unknown> {
  const { page, campaign, context } = event;
  return {
    name: event.name,
    skew_ms: known.skew,
    page_url: page?.url,
    page_title: page?.title,
    page_referrer: page?.referrer,
    campaign_source: campaign?.source,
    campaign_medium: campaign?.medium,
    campaign_name: campaign?.name,
    campaign_term: campaign?.term,
    campaign_content: campaign?.content,
    campaign_click_id_type: campaign?.clickIdType,
    value: event.value,
    currency: event.currency,
    properties: event.properties,
    timezone: context?.timezone,
    screen: context?.screen,
    viewport: context?.viewport,
    sdk: context?.sdk,
    app: context?.app,
    consent: context?.consent,
    browser: known.device.browser,
    browser_version: known.device.browserVersion,
    os: known.device.os,
    os_version: known.device.osVersion,
    source: known.source,
  };
}

function feedbackColumns(feedback: NonNullable<Event["feedback"]>): Record<string, unknown> {
  return {
    survey_id: feedback.surveyId,
    survey_version: feedback.surveyVersion,
    kind: feedback.kind,
    response_id: feedback.responseId,
    question_id: feedback.questionId,
    metric: feedback.metric,
    score: feedback.score,
    scale_min: feedback.min,
    scale_max: feedback.max,
    polarity: feedback.polarity,
    choice: feedback.choice,
    text: feedback.text,
    not_applicable: feedback.notApplicable,
    touchpoint: feedback.touchpoint,
  };
}

function contactColumns(contact: NonNullable<Event["contact"]>): Record<string, unknown> {
  return {
    contact_id: contact.contactId,
    reason: contact.reason,
    wait_seconds: contact.waitSeconds,
    transfers: contact.transfers,
    talk_seconds: contact.talkSeconds,
    resolved: contact.resolved,
    reopened: contact.reopened,
  };
}

function row(table: Row["table"], columns: Record<string, unknown>): Row {
  return { table, line: wellFormedJson(columns) };
}

/**
 * JSON that ClickHouse can read: a lone half of a surrogate pair, which JavaScript allows and
 * UTF-8 does not, becomes U+FFFD.
 */
function wellFormedJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes("\\ud")) return text;
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "string") return part.toWellFormed();
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, child]) => [key.toWellFormed(), child]),
    );
  });
}

function pathOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  if (URL.canParse(url)) return new URL(url).pathname;
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}
