import type { FromApp, ToApp } from "@balise/sdk/webview";

/** Text by key that outlives the app, such as AsyncStorage. */
export interface Store {
  getItem: (key: string) => Promise<string | null>;
  setItem: (key: string, value: string) => Promise<void>;
}

export interface WebviewEventsOptions {
  /** Where the collector answers: `https://balise.example.org`. */
  host: string;
  /** The write key of the site; a batch of another is refused. */
  writeKey: string;
  store: Store;
  fetch?: typeof fetch;
  now?: () => number;
}

/** A batch as the app keeps it; its events are the text that the page wrote. */
interface Kept {
  id: string;
  events: string;
  /** Of the webview, so that the collector knows the device and not the app's HTTP library. */
  userAgent: string;
}

export interface WebviewEvents {
  /** What the app says to the page for what the page said; undefined says nothing. */
  hear: (text: string) => Promise<FromApp | undefined>;
  /** Sends what is kept; resolves with whether nothing is left. Call it now and then, and online. */
  forward: () => Promise<boolean>;
}

const KEY = "balise.webview-events";
/** Past this the page is told to send by itself. */
const MAX_CHARACTERS = 2_000_000;
const MAX_BATCH = 500;

/**
 * The app's side of the bridge: keeps the page's events on the device before it acknowledges them,
 * and sends them to the collector. They keep their ids, so that one which arrives twice is counted
 * once.
 */
export function createWebviewEvents(options: WebviewEventsOptions): WebviewEvents {
  const { host, writeKey, store, fetch: send = fetch, now = Date.now } = options;
  let userAgent = "";
  let turn: Promise<unknown> = Promise.resolve();
  let sending: Promise<boolean> | undefined;

  /** One change at a time: each reads what the one before wrote. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = turn.then(run);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function read(): Promise<Kept[]> {
    const kept: Kept[] = JSON.parse((await store.getItem(KEY)) ?? "[]");
    return kept;
  }

  function keep(batch: Kept): Promise<boolean> {
    return inTurn(async () => {
      const text = JSON.stringify([...(await read()).filter(({ id }) => id !== batch.id), batch]);
      if (text.length > MAX_CHARACTERS) return false;
      await store.setItem(KEY, text);
      return true;
    }).catch(() => false);
  }

  async function hear(text: string): Promise<FromApp | undefined> {
    const message = readMessage(text);
    if (message?.type === "hello") {
      userAgent = message.userAgent;
      return { balise: 1, type: "ready", can: ["batch"] };
    }
    if (message?.type !== "batch") return undefined;
    const { id, count, events } = message;
    const kept = message.writeKey === writeKey && (await keep({ id, events, userAgent }));
    // Fewer than all is a refusal: the page sends the batch by itself.
    return { balise: 1, type: "ack", id, accepted: kept ? count : 0, rejected: [] };
  }

  async function post({ events, userAgent: agent }: Kept): Promise<boolean> {
    const response = await send(`${host}/v1/batch`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": agent },
      // The time of this request, not of the page's: the collector corrects clocks by it.
      body: `{"writeKey":${JSON.stringify(writeKey)},"sentAt":${now()},"events":${events}}`,
    });
    // A body that is wrong stays wrong; anything else is worth another try.
    return response.status === 202 || response.status === 400;
  }

  async function sendAll(): Promise<boolean> {
    for (const batch of await inTurn(read)) {
      if (!(await post(batch).catch(() => false))) return false;
      await inTurn(async () => {
        const left = (await read()).filter(({ id }) => id !== batch.id);
        await store.setItem(KEY, JSON.stringify(left));
      });
    }
    return true;
  }

  return {
    hear,
    forward: () => (sending ??= sendAll().finally(() => (sending = undefined))),
  };
}

/** A page may say anything: only a message of this version with every field right is one. */
function readMessage(text: string): ToApp | undefined {
  try {
    const message: ToApp = JSON.parse(text);
    if (message.balise !== 1) return undefined;
    if (message.type === "hello") return isLine(message.userAgent) ? message : undefined;
    const { type, id, count, events } = message;
    const list: unknown = JSON.parse(events);
    const good =
      type === "batch" &&
      /^[\w-]{8,64}$/.test(id) &&
      Array.isArray(list) &&
      list.length === count &&
      count <= MAX_BATCH;
    return good ? message : undefined;
  } catch {
    return undefined;
  }
}

function isLine(text: unknown): boolean {
  return typeof text === "string" && /^[ -~]{1,512}$/.test(text);
}
