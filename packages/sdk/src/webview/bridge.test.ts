import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeApp } from "../testing/fake-app.js";
import { webviewBridge } from "./bridge.js";
import type { Shell } from "./port.js";

const HELLO = { balise: 1, type: "hello", userAgent: "Webview/1.0" };
const URL = "https://c.test/v1/batch";
let app: ReturnType<typeof fakeApp>;
let overHttp: string[];
let told: unknown[];
const tag = {
  flush: async () => void told.push("flush"),
  handover: (known: object) => void told.push(known),
  identify: () => undefined,
  group: () => undefined,
  reset: () => void told.push("reset"),
};

beforeEach(() => {
  vi.useFakeTimers();
  app = fakeApp();
  overHttp = [];
  told = [];
  vi.stubGlobal("fetch", async (_url: string, init: { body: string }) => {
    overHttp.push(init.body);
    return new Response("{}", { status: 202 });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const bodyOf = (...names: string[]) =>
  JSON.stringify({ writeKey: "wk", sentAt: 1, events: names.map((name) => ({ name })) });

/** A bridge in an Android app, whose tag sends batches of such events. */
function start(options = {}) {
  app.shell.BaliseAndroid ??= { postMessage: app.hear };
  const bridge = webviewBridge({ timeout: 100, ...options });
  bridge.connect(tag);
  const send = (body: BodyInit) => bridge.options.fetch?.(URL, { method: "POST", body });
  return { bridge, send: (...names: string[]) => send(bodyOf(...names)), sendBody: send };
}

const ack = (id: string | undefined, accepted: number, rejected: unknown[] = []) =>
  app.say({ balise: 1, type: "ack", id, accepted, rejected });

test("without an app, batches go over HTTP and nothing is called a webview", async () => {
  const bridge = webviewBridge();
  bridge.connect(tag);
  await bridge.options.fetch?.(URL, { body: bodyOf("a") });
  expect(overHttp).toEqual([bodyOf("a")]);
  expect(bridge.options.channel).toBeUndefined();
});

test("the page says hello, and batches go over HTTP until the app is ready", async () => {
  const { bridge, send } = start();
  expect(bridge.options.channel).toBe("webview");
  expect(app.heard).toEqual([HELLO]);
  await send("a");
  expect(overHttp).toEqual([bodyOf("a")]);
  expect(app.heard).toEqual([HELLO, HELLO]);
});

test("a ready app makes the tag flush, and gets the batch as text", () => {
  const { send } = start();
  expect(app.ready()).toBe(true);
  expect(told).toEqual(["flush"]);
  void send("a", "b");
  expect(overHttp).toEqual([]);
  expect(app.batches()).toEqual([
    {
      balise: 1,
      type: "batch",
      id: expect.stringMatching(/^\d+(-\d+){3}$/),
      writeKey: "wk",
      count: 2,
      events: '[{"name":"a"},{"name":"b"}]',
    },
  ]);
});

test("a batch is taken when the app answers for every event, and its rejections are passed on", async () => {
  const { send } = start();
  app.ready();
  const settled = vi.fn<() => void>();
  const answer = send("a", "b")?.finally(settled);
  await Promise.resolve();
  expect(settled).not.toHaveBeenCalled();
  const rejected = [{ index: 1, code: "invalid_field", message: "no such plan" }];
  ack(app.batches()[0]?.id, 1, rejected);
  const response = await answer;
  expect(response?.status).toBe(202);
  expect(await response?.json()).toEqual({ accepted: 1, rejected });
  expect(overHttp).toEqual([]);
});

test("rejections that are none break nothing", async () => {
  const { send } = start();
  app.ready();
  const answer = send("a", "b");
  app.say({ balise: 1, type: "ack", id: app.batches()[0]?.id, accepted: 0, rejected: "no" });
  ack(app.batches()[0]?.id, 1, [null]);
  expect(await (await answer)?.json()).toEqual({ accepted: 1, rejected: [{}] });
});

test("an answer that leaves out an event is a refusal: the batch goes over HTTP at once", async () => {
  const { send } = start();
  app.ready();
  const answer = send("a", "b");
  ack(app.batches()[0]?.id, 1);
  await answer;
  expect(overHttp).toEqual([bodyOf("a", "b")]);
});

test("an app that falls silent loses the batch to HTTP, and the later ones until it is ready", async () => {
  const { send } = start();
  app.ready();
  const first = send("a");
  await vi.advanceTimersByTimeAsync(100);
  await first;
  await send("b");
  expect(overHttp).toEqual([bodyOf("a"), bodyOf("b")]);
  app.ready();
  const third = send("c");
  ack(app.batches().at(-1)?.id, 1);
  expect((await third)?.status).toBe(202);
  expect(overHttp).toHaveLength(2);
});

test("an acknowledgement that comes late or twice changes nothing", async () => {
  const { send } = start();
  app.ready();
  const first = send("a");
  await vi.advanceTimersByTimeAsync(100);
  await first;
  ack(app.batches()[0]?.id, 1);
  await send("b");
  expect(overHttp).toEqual([bodyOf("a"), bodyOf("b")]);
});

test("an app that stops taking events gets no more, and one that never took them none", async () => {
  const { send } = start();
  app.ready();
  app.say({ balise: 1, type: "ready", can: [] });
  await send("a");
  expect(overHttp).toEqual([bodyOf("a")]);
});

test("what is no message of the app does nothing", async () => {
  const { send } = start();
  app.ready();
  told = [];
  const answer = send("a");
  const id = app.batches()[0]?.id;
  const rubbish = ["{", "", null, [], 7, { balise: 2, type: "ack", id, accepted: 1, rejected: [] }];
  for (const raw of [...rubbish, { type: "reset" }, { balise: 1, id, accepted: 1 }]) {
    app.shell.baliseReceive?.(raw);
  }
  for (const other of ["", "1-2-3-4", undefined]) ack(other, 1);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  await answer;
  expect(overHttp).toEqual([bodyOf("a")]);
});

test("the app says who the person is, and that the user has logged out", () => {
  start();
  app.say({ balise: 1, type: "handover", known: { userId: "u1" } });
  app.say('{"balise":1,"type":"handover","known":{"userId":"u2"}}');
  app.say({ balise: 1, type: "reset", known: { anonymousId: "x" } });
  expect(told).toEqual([{ userId: "u1" }, { userId: "u2" }, "reset", { anonymousId: "x" }]);
});

test("an app that cannot be called loses the batch to HTTP at once", async () => {
  const { send } = start();
  app.ready();
  app.shell.BaliseAndroid = {
    postMessage: () => {
      throw new Error("Java object is gone");
    },
  };
  await send("a");
  expect(overHttp).toEqual([bodyOf("a")]);
});

test("a reply may come as what the call gives back, as a promise, or as an event", async () => {
  const replies = (text: string) => {
    const { type, id } = JSON.parse(text);
    return type === "hello"
      ? { balise: 1, type: "ready", can: ["batch"] }
      : JSON.stringify({ balise: 1, type: "ack", id, accepted: 1, rejected: [] });
  };
  let event: (event: { data: unknown }) => void = () => undefined;
  const shells: Shell[] = [
    { BaliseAndroid: { postMessage: replies } },
    { webkit: { messageHandlers: { balise: { postMessage: async (text) => replies(text) } } } },
    {
      BaliseAndroid: {
        postMessage: (text) => event({ data: replies(text) }),
        addEventListener: (_type, hear) => (event = hear),
      },
    },
  ];
  for (const shell of shells) {
    vi.stubGlobal("window", shell);
    const bridge = webviewBridge();
    bridge.connect(tag);
    await vi.advanceTimersByTimeAsync(0);
    const response = await bridge.options.fetch?.(URL, { body: bodyOf("a") });
    expect(await response?.json()).toEqual({ accepted: 1, rejected: [] });
  }
  expect(overHttp).toEqual([]);
});

test("every shell is found", () => {
  const port = { postMessage: app.hear };
  const shells: Shell[] = [
    { webkit: { messageHandlers: { balise: port } } },
    { BaliseAndroid: port },
    { Balise: port },
    { ReactNativeWebView: port },
    { flutter_inappwebview: { callHandler: (name, text) => name === "balise" && app.hear(text) } },
  ];
  for (const shell of shells) {
    vi.stubGlobal("window", shell);
    webviewBridge().connect(tag);
  }
  expect(app.heard).toEqual(shells.map(() => HELLO));
});

test("a packed body reaches the app as text", async () => {
  const { sendBody } = start();
  app.ready();
  const packed = new Response(bodyOf("a")).body?.pipeThrough(new CompressionStream("gzip"));
  void sendBody(await new Response(packed).blob());
  await vi.waitFor(() => expect(app.batches()[0]?.events).toBe('[{"name":"a"}]'));
});

test("on a server it does nothing", () => {
  vi.stubGlobal("window", undefined);
  const bridge = webviewBridge();
  bridge.connect(tag);
  expect(bridge.options).toEqual({});
});
