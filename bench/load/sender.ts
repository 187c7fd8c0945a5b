/** A process that sends batches over as many connections as it is told, and reports what came back. */
import { createHistogram } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { Connection } from "./connection.js";
import { BatchTemplate } from "./template.js";

export interface SenderOrder {
  url: string;
  writeKey: string;
  connections: number;
  /** Events of one request. */
  events: number;
  seconds: number;
  /** Milliseconds from one request of a connection to the next; 0: at once after the answer. */
  pace: number;
  /** First of the lanes of ids. */
  lane: number;
}

export interface SenderReport {
  accepted: number;
  requests: number;
  refused: number;
  /** Milliseconds from the request to the whole answer. */
  p50: number;
  p99: number;
  max: number;
}

async function send(order: SenderOrder): Promise<SenderReport> {
  const latency = createHistogram();
  const report = { accepted: 0, requests: 0, refused: 0 };
  const end = performance.now() + order.seconds * 1000;
  const lane = async (number: number): Promise<void> => {
    const connection = await Connection.open(order.url);
    const template = new BatchTemplate(order.url, order.writeKey, order.events, number);
    // Those that keep a pace do not keep step; who is late catches up.
    let due = performance.now() + Math.random() * order.pace;
    for (let count = 0; performance.now() < end; count++) {
      const wait = due - performance.now();
      if (wait > 0) await pause(wait);
      due += order.pace;
      const start = performance.now();
      const { status } = await connection.request(template.request(count, Date.now()));
      const took = performance.now() - start;
      report.requests += 1;
      if (status === 202) {
        report.accepted += order.events;
        latency.record(Math.max(1, Math.round(took * 1000)));
      } else if (status === 503) {
        report.refused += 1;
        await pause(100);
      } else throw new Error(`status ${status}`);
    }
    connection.close();
  };
  await Promise.all(
    Array.from({ length: order.connections }, (_, number) => lane(order.lane + number)),
  );
  return {
    ...report,
    p50: latency.percentile(50) / 1000,
    p99: latency.percentile(99) / 1000,
    max: latency.max / 1000,
  };
}

process.send?.("ready");
process.once("message", (order: SenderOrder) => {
  void send(order).then((report) =>
    process.send?.(report, undefined, {}, () => process.disconnect()),
  );
});
