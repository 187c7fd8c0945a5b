/**
 * Texts, addresses and whole events per second through the scrubber, against `JSON.stringify` of
 * the same, on one core. Hostile texts are of 4,096 characters, the longest that an event may have.
 * Then bodies made to be dear, of 8 MB: what one costs, and for how long nothing else is done.
 */
import { LIMITS, type Event } from "@balise/schema";
import { createAccept } from "../packages/collector/dist/ingest/accept.js";
import { readEnvelope } from "../packages/collector/dist/ingest/scan/envelope.js";
import { NO_VISITOR } from "../packages/collector/dist/ingest/visitor.js";
import { createScrubber } from "../packages/collector/dist/ingest/scrub/index.js";
import { compare, printMachine, rounded } from "./support.js";

const ROUNDS = 5;
const MILLISECONDS = 300;

const scrubber = createScrubber();
const event: Event = {
  id: "01900000-0000-7000-8000-000000000000",
  name: "product_viewed",
  occurredAt: 1_781_524_800_000,
  anonymousId: "01900000-0000-7000-8000-000000000001",
  page: { url: "https://shop.example/products/12", title: "Une lampe", referrer: "" },
  properties: { product: "p12", category: "lamps", price: 49.9, stock: true },
};
const fill = (text: string, length: number = LIMITS.textCharacters): string =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);

const texts: Record<string, string[]> = {
  "short texts": ["Une lampe", "Mon panier (3)", "Très bon service, merci beaucoup !", "p12"],
  "answers with numbers": ["Commande AB-12345678 du 21/11/2026 à 10:30, 1 234,50 €"],
  "answers with personal data": [
    "Rappelez-moi au 06 12 34 56 78 ou à jean.dupont@example.com, merci",
  ],
  "hostile texts": ["411 ", "+1 ", "a@a.", "a%40", "FR76 ", "://a@", "eyJ", "0 ", "\u200b"].map(
    (text) => fill(text),
  ),
};
const addresses: Record<string, string[]> = {
  "addresses without a query": ["https://shop.example/products/12/a-lamp"],
  "addresses with a query": ["https://shop.example/p?utm_source=news&utm_medium=email&id=12#top"],
};

/** How often a second the work was done to all of the values. */
async function perSecond<Value>(
  values: readonly Value[],
  work: (value: Value) => unknown,
): Promise<number> {
  const until = performance.now() + MILLISECONDS;
  const start = performance.now();
  let times = 0;
  while (performance.now() < until) {
    for (let round = 0; round < 20; round++) for (const value of values) work(value);
    times += 20 * values.length;
  }
  return (times / (performance.now() - start)) * 1000;
}

async function line<Value>(
  what: string,
  values: readonly Value[],
  work: (value: Value) => unknown,
): Promise<void> {
  const result = await compare(
    {
      scrub: () => perSecond(values, work),
      stringify: () => perSecond(values, (value) => JSON.stringify(value)),
    },
    ROUNDS,
  );
  const numbers = [rounded(result.scrub).padStart(14), rounded(result.stringify).padStart(18)];
  const ratio = (result.scrub / result.stringify).toFixed(2).padStart(8);
  console.log(what.padEnd(28), ...numbers, ratio);
}

/** Bodies of a thousand events of hostile text, accepted or refused. */
const bodies: Record<string, (text: string) => object> = {
  "8 MB of refused events": (text) => ({ id: "x", text: fill(text, 7900) }),
  "8 MB of properties": (text) => ({ properties: { a: fill(text, 3900), b: fill(text, 3900) } }),
};
const HOSTILE = ["411 ", "FR76 ", "://a@", "+33 6 12 34 56 78 "];

/** Milliseconds of the processor that this process has had. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What the work costs, and the most of it between two turns of the event loop. */
async function spread(work: () => Promise<unknown>): Promise<{ cost: number; longest: number }> {
  let longest = 0;
  let last = processorTime();
  const start = last;
  const look = (): void => {
    const now = processorTime();
    longest = Math.max(longest, now - last);
    last = now;
    timer = setImmediate(look);
  };
  let timer = setImmediate(look);
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  clearImmediate(timer);
  return { cost: last - start, longest };
}

async function bodyLine(what: string, of: (text: string) => object): Promise<void> {
  const accept = createAccept({ append: async () => undefined });
  const site = { id: "shop", writeKey: "w", secretKey: "s", readKey: "r", origins: [] };
  const origin = { site, source: "batch", visitor: NO_VISITOR, defaultChannel: "web" } as const;
  let [cost, longest] = [0, 0];
  for (const text of HOSTILE) {
    const events = Array.from({ length: 1000 }, () => ({
      ...event,
      occurredAt: 1e12,
      ...of(text),
    }));
    const body = Buffer.from(`{"writeKey":"w","events":${JSON.stringify(events)}}`);
    const eventsAt = readEnvelope(body)?.eventsAt ?? 0;
    const result = await spread(async () => accept.bytes(origin, body, eventsAt, 1000));
    cost = Math.max(cost, result.cost);
    longest = Math.max(longest, result.longest);
  }
  console.log(what.padEnd(28), rounded(cost).padStart(14), rounded(longest).padStart(18));
}

printMachine();
console.log("what".padEnd(28), "    scrubbed/s", "  JSON.stringify/s", "   ratio");
await line("whole events", [event], scrubber.event);
for (const [what, values] of Object.entries(texts)) await line(what, values, scrubber.text);
for (const [what, values] of Object.entries(addresses)) await line(what, values, scrubber.url);

console.log();
console.log("the dearest of a few".padEnd(28), " ms of the core", "  longest in a row");
for (const [what, of] of Object.entries(bodies)) await bodyLine(what, of);
