/**
 * Requests per second of POST /v1/batch, durable (fdatasync before 202), against a bare Fastify
 * route that parses the same body and answers. Each server on one core, the sender on the other.
 */
import { once } from "node:events";
import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { compare, printMachine, rounded } from "./support.js";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 4);
const ROUNDS = 3;
const CONNECTIONS = Number(process.env["BENCH_CONNECTIONS"] ?? 64);
const KEY = "bw_benchmark_benchmark";

/** A visit's events, all on one page or each on another. */
function batchOf(count: number, pages: "one page" | "a page each"): string {
  const events = Array.from({ length: count }, (_, n) => ({
    id: `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`,
    name: "product_viewed",
    occurredAt: Date.now(),
    anonymousId: "01900000-0000-7000-8000-000000000001",
    sessionId: "01900000-0000-7000-8000-000000000002",
    channel: "web",
    area: "public",
    page: {
      url: `https://shop.example/products/${pages === "one page" ? 12 : n}?color=red`,
      title: "A lamp",
      referrer: "https://shop.example/",
    },
    properties: { product: `p${n}`, category: "lamps", price: 49.9, stock: true },
    context: {
      locale: "fr-FR",
      timezone: "Europe/Paris",
      screen: "1920x1080",
      viewport: "1200x800",
      sdk: "balise-js/0.1.0",
    },
  }));
  return JSON.stringify({ writeKey: KEY, sentAt: Date.now(), events });
}

async function startServer(
  kind: "collector" | "bare",
): Promise<{ url: string; child: ChildProcess }> {
  const child = fork(fileURLToPath(new URL("ingest-server.ts", import.meta.url)), [kind, KEY], {
    execArgv: ["--import", "tsx"],
  });
  const url = await new Promise<string>((resolve) => {
    child.once("message", (message) => resolve(JSON.stringify(message).slice(1, -1)));
  });
  // One core for the server; where there is no taskset the ratio is still of one run.
  spawnSync("taskset", ["-a", "-p", "-c", "0", String(child.pid)], { stdio: "ignore" });
  return { url, child };
}

async function requestsPerSecond(url: string, body: string): Promise<number> {
  const result = await autocannon({
    url: `${url}/v1/batch`,
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "user-agent":
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    },
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} failed`);
  return result.requests.average;
}

printMachine();
spawnSync("taskset", ["-a", "-p", "-c", "1", String(process.pid)], { stdio: "ignore" });
const [collector, bare] = [await startServer("collector"), await startServer("bare")];
try {
  console.log(
    "events/request                /v1/batch req/s   events/s   bare Fastify req/s   ratio",
  );
  const bodies = [
    [1, "one page"],
    [10, "one page"],
    [50, "one page"],
    [10, "a page each"],
    [50, "a page each"],
  ] as const;
  for (const [count, pages] of bodies) {
    const body = batchOf(count, pages);
    const result = await compare(
      {
        durable: async () => {
          const result = await requestsPerSecond(collector.url, body);
          collector.child.send("remove");
          await once(collector.child, "message");
          return result;
        },
        bare: () => requestsPerSecond(bare.url, body),
      },
      ROUNDS,
    );
    const line = [
      `${count}, ${pages}`.padEnd(27),
      rounded(result.durable).padStart(17),
      rounded(result.durable * count).padStart(10),
      rounded(result.bare).padStart(20),
      (result.durable / result.bare).toFixed(2).padStart(7),
    ];
    console.log(line.join(" "));
  }
} finally {
  collector.child.kill();
  bare.child.kill();
}
