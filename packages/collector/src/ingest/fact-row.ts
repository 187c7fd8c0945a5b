import type { Annotation, Cost, Customer, Fact, FollowUp } from "@balise/schema";
import { acquisitionChannel } from "./acquisition.js";
import { Line } from "./line.js";
import type { Row } from "./record.js";
import type { Scrubber } from "./scrub/index.js";

/**
 * A line of an import that is no event, as a row. Texts are scrubbed as those of events are, so that
 * a campaign has one name in both.
 */
export function factRow(
  fact: Fact,
  siteId: string,
  receivedAt: number,
  scrubber: Pick<Scrubber, "campaign" | "traits" | "text">,
): Row {
  switch (fact.type) {
    case "cost":
      return { table: "costs", line: costLine(fact, siteId, receivedAt, scrubber) };
    case "customer":
      return { table: "customers", line: customerLine(fact, siteId, receivedAt, scrubber) };
    case "follow_up":
      return { table: "follow_up_steps", line: followUpLine(fact, siteId, receivedAt) };
    default:
      return { table: "annotations", line: annotationLine(fact, siteId, receivedAt, scrubber) };
  }
}

function costLine(
  cost: Cost,
  siteId: string,
  receivedAt: number,
  scrubber: Pick<Scrubber, "campaign">,
): string {
  const { source, medium, name } = scrubber.campaign(cost.campaign ?? {});
  const channel =
    cost.acquisitionChannel ?? acquisitionChannel(cost.campaign, undefined, undefined);
  return new Line()
    .add("site_id", siteId)
    .add("day", cost.day)
    .add("acquisition_channel", channel)
    .add("campaign_source", source)
    .add("campaign_medium", medium)
    .add("campaign_name", name)
    .add("impressions", cost.impressions)
    .add("clicks", cost.clicks)
    .add("cost", cost.cost)
    .add("currency", cost.currency)
    .add("imported_at", receivedAt)
    .end();
}

function customerLine(
  customer: Customer,
  siteId: string,
  receivedAt: number,
  scrubber: Pick<Scrubber, "traits">,
): string {
  return new Line()
    .add("site_id", siteId)
    .add("user_id", customer.userId)
    .add("account_id", customer.accountId)
    .add("since", customer.since)
    .add("until", customer.until)
    .add("traits", customer.traits === undefined ? undefined : scrubber.traits(customer.traits))
    .add("received_at", receivedAt)
    .end();
}

function followUpLine(followUp: FollowUp, siteId: string, receivedAt: number): string {
  return new Line()
    .add("site_id", siteId)
    .add("id", followUp.id)
    .add("response_id", followUp.responseId)
    .add("changed_at", followUp.changedAt)
    .add("status", followUp.status)
    .add("owner", followUp.owner)
    .add("received_at", receivedAt)
    .end();
}

function annotationLine(
  { id, kind, from, to = from, text, removed = false }: Annotation,
  siteId: string,
  receivedAt: number,
  scrubber: Pick<Scrubber, "text">,
): string {
  return new Line()
    .add("site_id", siteId)
    .add("annotation_id", id)
    .add("kind", kind)
    .add("starts_at", from)
    .add("ends_at", to)
    .add("text", text === undefined ? undefined : scrubber.text(text))
    .add("removed", removed)
    .add("received_at", receivedAt)
    .end();
}
