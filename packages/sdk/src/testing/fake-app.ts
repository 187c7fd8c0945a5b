import { vi } from "vitest";
import type { FromApp, ToApp } from "../webview/message.js";
import type { Shell } from "../webview/port.js";

/** What an app hears of a page, and the window in which it hears it. */
export function fakeApp() {
  const heard: ToApp[] = [];
  const shell: Shell = {};
  vi.stubGlobal("window", shell);
  vi.stubGlobal("navigator", { userAgent: "Webview/1.0" });
  const hear = (text: string): void => void heard.push(JSON.parse(text));
  return {
    shell,
    heard,
    hear,
    /** The batches among what it heard, the latest last. */
    batches: () => heard.flatMap((message) => (message.type === "batch" ? [message] : [])),
    say: (message: FromApp | object | string | null) => shell.baliseReceive?.(message),
    ready: () => shell.baliseReceive?.({ balise: 1, type: "ready", can: ["batch"] }),
  };
}
