import type { TestStore } from "../store.js";
import {
  type Act,
  isBot,
  KNOWN,
  NEW_YEAR,
  type Shop,
  type Spending,
  type Step,
  uuid,
} from "./random.js";

const actRow = (act: Act): Record<string, unknown> => ({
  site_id: "default",
  id: act.id,
  name: act.name,
  occurred_at: act.time,
  received_at: act.time,
  anonymous_id: uuid(2, act.device),
  user_id: act.user,
  account_id: act.account,
  ...(act.session !== 0 && { session_id: uuid(3, act.session) }),
  page_path: act.page,
  acquisition_channel: act.touch,
  campaign_name: act.campaign,
  channel: act.channel,
  value: act.value,
  currency: act.value === null ? "" : "EUR",
  properties: {
    ...(act.form !== "" && { form: act.form }),
    ...(act.field !== "" && { field: act.field }),
    ...(act.seconds !== undefined && { seconds: act.seconds }),
    ...(act.order !== "" && { orderId: act.order }),
    ...(act.message !== "" && { messageId: act.message }),
  },
  bot: isBot(act),
});

const stepRow = (step: Step): Record<string, unknown> => ({
  site_id: "default",
  id: step.id,
  name: step.name,
  occurred_at: step.time,
  received_at: step.time,
  anonymous_id: uuid(2, step.device),
  user_id: step.user,
  contact_id: step.contact,
  reason: step.reason,
  channel: step.channel,
  resolved: step.resolved,
  reopened: step.reopened,
  wait_seconds: step.wait,
  transfers: step.transfers,
  talk_seconds: step.talk,
});

const spendingRow = (spending: Spending, n: number): Record<string, unknown> => ({
  site_id: "default",
  day: spending.day,
  acquisition_channel: spending.channel,
  campaign_name: spending.campaign,
  impressions: spending.impressions,
  clicks: spending.clicks,
  cost: spending.cost,
  currency: spending.currency,
  imported_at: n,
});

/** Stores all, some of it twice, with whom the devices belong to; nothing is merged. */
export async function storeShop(
  { client }: TestStore,
  { acts, steps, patrons, spendings }: Shop,
): Promise<void> {
  const put = async (table: string, values: object[]): Promise<void> => {
    await client.command({ query: `SYSTEM STOP MERGES ${table}` });
    for (const rows of [values, values.filter((_, n) => n % 3 === 0)]) {
      await client.insert({ table, values: rows, format: "JSONEachRow" });
    }
  };
  await put("events", acts.map(actRow));
  await put("contacts", steps.map(stepRow));
  // What was told before is replaced, in a part of its own.
  for (const [received, told] of [
    [1, patrons.map((patron) => ({ ...patron, segment: "old", since: null, until: null }))],
    [2, patrons],
  ] as const) {
    await put(
      "customers",
      told.map(({ user, account, since, until, segment }) => ({
        site_id: "default",
        user_id: user,
        account_id: account,
        since,
        until,
        traits: segment === "" ? {} : { segment },
        received_at: received,
      })),
    );
  }
  await put("costs", spendings.map(spendingRow));
  await put(
    "identities",
    Array.from({ length: KNOWN }, (_, device) => ({
      site_id: "default",
      anonymous_id: uuid(2, device),
      user_id: `u${device % 5}`,
      linked_at: NEW_YEAR,
    })),
  );
}
