import type { ClickHouseClient } from "@clickhouse/client";

export const EVENTS = Number(process.env["BENCH_EVENTS"] ?? 10_000_000);
export const PEOPLE = Math.round(EVENTS / 20);
export const NAMES = [
  "page_view",
  "product_viewed",
  "cart_added",
  "delivery_chosen",
  "payment_submitted",
  "order_completed",
  "click",
  "scroll_depth",
  "search",
  "wishlist_added",
  "review_read",
  "help_opened",
];

/** A month of events: names in unequal shares, people in equal ones. One part a month, merged. */
export async function fillEvents(client: ClickHouseClient, table = "events"): Promise<void> {
  const shares = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11];
  const step = 2_000_000;
  for (let from = 0; from < EVENTS; from += step) {
    await client.command({
      query: `
        INSERT INTO ${table} (site_id, name, id, occurred_at, received_at, anonymous_id, session_id, channel, device, page_path, properties)
        SELECT
            'bench',
            [${NAMES.map((name) => `'${name}'`).join(",")}][[${shares.join(",")}][cityHash64(number, 1) % ${shares.length} + 1] + 1],
            reinterpretAsUUID(sipHash128(number)),
            fromUnixTimestamp64Milli(toInt64(1767225600000 + cityHash64(number, 2) % 2592000000), 'UTC') AS moment,
            moment,
            reinterpretAsUUID(sipHash128(cityHash64(number, 3) % ${PEOPLE})),
            reinterpretAsUUID(sipHash128(cityHash64(number, 3) % ${PEOPLE}, cityHash64(number, 4) % 4)),
            'web',
            ['desktop', 'mobile', 'tablet'][cityHash64(number, 5) % 3 + 1],
            concat('/p/', toString(cityHash64(number, 6) % 300)),
            concat('{"plan":"', ['a', 'b', 'c'][cityHash64(number, 7) % 3 + 1], '","price":', toString(cityHash64(number, 8) % 100), '}')
        FROM numbers(${from}, ${Math.min(step, EVENTS - from)})`,
      clickhouse_settings: { max_execution_time: 0 },
    });
  }
  await client.command({ query: `OPTIMIZE TABLE ${table} FINAL` });
  // A tenth of the devices is known.
  if (table === "events") {
    await client.command({
      query: `INSERT INTO identities (site_id, anonymous_id, user_id, linked_at)
              SELECT DISTINCT 'bench', anonymous_id, concat('user ', toString(person_key % ${PEOPLE / 20})), now64(3) FROM events WHERE person_key % 10 = 0`,
    });
  }
}
