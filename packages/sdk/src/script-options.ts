import type { TagOptions } from "./options.js";

export interface ScriptOptions {
  options: TagOptions;
  /** `data-auto-page="false"` switches automatic page views off. */
  autoPage: boolean;
}

/**
 * Reads the attributes of the script element: `data-key` (required), `data-host`,
 * `data-consent`, `data-area`, `data-channel`, `data-app`, `data-respect-gpc`,
 * `data-auto-page`, `data-debug`. The host defaults to where the script came from.
 */
export function optionsOf(script: HTMLScriptElement): ScriptOptions {
  const { key, host, consent, area, channel, app, respectGpc, autoPage, debug } = script.dataset;
  const options: TagOptions = {
    key: key ?? "",
    host: host ?? script.src.replace(/\/v1\/[^/]*$/, ""),
    respectGpc: respectGpc !== "false",
    debug: debug !== undefined && debug !== "false",
    // Whatever else is written there counts as the careful choice.
    consent:
      consent === undefined || consent === "full" || consent === "denied" || consent === "exempt"
        ? (consent ?? "full")
        : "pending",
  };
  if (area) options.area = area === "connected" ? area : "public";
  if (channel) options.channel = channel === "webview" ? channel : "web";
  if (app) options.app = app;
  return { options, autoPage: autoPage !== "false" };
}
