import type { TagOptions } from "../options.js";
import { attempt } from "../storage.js";
import type { Tag } from "../tag.js";
import type { Batch } from "../wire.js";
import { handOver } from "./handover.js";
import { type Heard, read, type ToApp } from "./message.js";
import { findPort, type Shell } from "./port.js";

export interface WebviewOptions {
  /** How long the app has to acknowledge a batch before it goes over HTTP, in ms. @default 5000 */
  timeout?: number;
}

export interface WebviewBridge {
  /** For the tag: `createTag({ key, host, ...bridge.options })`. */
  options: Pick<TagOptions, "channel" | "fetch">;
  /** From now on the app and the tag hear each other. */
  connect(tag: Connected): void;
}

type Connected = Pick<Tag, "flush" | "group" | "handover" | "identify" | "reset">;

const nothing = (): void => undefined;

/**
 * Hands the tag's batches to the app around the page; they go over HTTP while the app has not said
 * that it takes events, and when it does not acknowledge. One a page. On a server it does nothing.
 */
export function webviewBridge({ timeout = 5000 }: WebviewOptions = {}): WebviewBridge {
  if (typeof window === "undefined") return { options: {}, connect: nothing };
  const shell: Window & Shell = window;
  const waiting = new Map<unknown, (ack: Heard) => void>();
  let tag: Connected | undefined;
  let able = false;

  /** The app hears it before this returns. Rejects where it cannot. */
  async function say(message: ToApp): Promise<void> {
    hear(await findPort(shell)?.postMessage(JSON.stringify(message)));
  }

  function hello(): void {
    say({ balise: 1, type: "hello", userAgent: navigator.userAgent }).catch(nothing);
  }

  function hear(raw: unknown): true | undefined {
    return attempt(() => {
      const message = read(raw);
      const { balise, type, id, can, known } = message;
      if (!tag || balise !== 1) return undefined;
      if (type === "reset") tag.reset();
      if (known) handOver(tag, known);
      waiting.get(id)?.(message);
      if (can) {
        able = can.includes("batch");
        void tag.flush();
      }
      return true;
    });
  }

  /** Resolves when the app answers for every event, rejects when it does not. */
  function hand(body: string): Promise<Response> {
    // Frames of the page may have the app's ear, too: whoever has not got the batch must not be
    // able to guess what it is answered for by.
    const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
    return new Promise<Response>((resolve, reject) => {
      const { writeKey, events }: Batch = JSON.parse(body);
      const count = events.length;
      waiting.set(id, ({ accepted, rejected }) => {
        if (accepted + rejected.length !== count) return reject();
        // Whatever stands in the list, the tag finds an object.
        const answer = { accepted, rejected: rejected.map(Object) };
        resolve(new Response(JSON.stringify(answer), { status: 202 }));
      });
      setTimeout(reject, timeout);
      const text = JSON.stringify(events);
      say({ balise: 1, type: "batch", id, writeKey, count, events: text }).catch(reject);
    }).finally(() => waiting.delete(id));
  }

  function send(url: string, init: RequestInit): Promise<Response> {
    const overHttp = (): Promise<Response> => {
      able = false;
      hello();
      return fetch(url, init);
    };
    const { body } = init;
    if (!able) return overHttp();
    // What leaves with the page is a text, and handed over before this returns.
    return (typeof body === "string" ? hand(body) : unpack(body).then(hand)).catch(overHttp);
  }

  return {
    options: { fetch: send, ...(findPort(shell) && { channel: "webview" }) },
    connect(connected) {
      tag = connected;
      shell.baliseReceive = hear;
      shell.BaliseAndroid?.addEventListener?.("message", ({ data }) => hear(data));
      hello();
    },
  };
}

/** Larger bodies come packed, when nothing hurries. */
function unpack(body: RequestInit["body"]): Promise<string> {
  const packed = new Response(body).body;
  return new Response(packed?.pipeThrough(new DecompressionStream("gzip"))).text();
}
