import type { BatchAnswer, Event } from "@balise/schema";
import type { Collector } from "./collector.js";

export interface FunnelRow {
  step: number;
  name: string;
  people: number;
  shareOfFirst: number;
  low: number;
  high: number;
  medianSeconds: number | null;
  p90Seconds: number | null;
  medianTotalSeconds: number | null;
  p90TotalSeconds: number | null;
  group?: string;
}

/** `POST /v1/query/funnel` with the read key. */
export function askFunnel(collector: Collector, parameters: object): Promise<FunnelRow[]> {
  return askQuery<FunnelRow>(collector, "funnel", { windowSeconds: 604_800, ...parameters });
}

/** `POST /v1/query/:name` with the read key. */
export async function askQuery<Row>(
  collector: Pick<Collector, "url" | "keys">,
  name: string,
  parameters: object,
): Promise<Row[]> {
  const response = await fetch(`${collector.url}/v1/query/${name}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${collector.keys.readKey}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(parameters),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return ((await response.json()) as { rows: Row[] }).rows;
}

export function peopleOf(rows: readonly FunnelRow[]): number[] {
  return rows.map((row) => row.people);
}

/** Plain SQL over the ClickHouse HTTP interface, as the reader unless another user is named. */
export async function sql<Row>(
  collector: Collector,
  query: string,
  user = "reader",
  password = collector.keys.readKey,
): Promise<Row[]> {
  const response = await fetch(`${collector.store}/?database=balise&default_format=JSON`, {
    method: "POST",
    headers: { "x-clickhouse-user": user, "x-clickhouse-key": password },
    body: query,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return (JSON.parse(text) as { data: Row[] }).data;
}

/** Sends a batch with the write key. */
export function postBatch(collector: Collector, events: readonly unknown[]): Promise<Response> {
  return fetch(`${collector.url}/v1/batch`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ writeKey: collector.keys.writeKey, sentAt: Date.now(), events }),
  });
}

/** Sends events that must all be accepted. */
export async function accepted(collector: Collector, events: readonly Event[]): Promise<void> {
  const response = await postBatch(collector, events);
  const answer = (await response.json()) as BatchAnswer;
  if (response.status !== 202 || answer.accepted !== events.length)
    throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
}
