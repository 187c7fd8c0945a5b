import { cookies } from "./cookies.js";
import type { TagOptions } from "./options.js";
import { urls } from "./urls.js";

export interface ScriptOptions {
  options: TagOptions;
  /** `data-auto-page="false"` switches automatic page views off. */
  autoPage: boolean;
}

/**
 * Reads the attributes of the script element: `data-key` (required), `data-host`,
 * `data-consent`, `data-area`, `data-channel`, `data-app`, `data-traits` and `data-url-templates`
 * (words between spaces), `data-cookie-domain`, `data-respect-gpc`, `data-respect-dnt`,
 * `data-auto-page`, `data-debug`. The host defaults to where the script came from.
 */
export function optionsOf(script: HTMLScriptElement): ScriptOptions {
  const { key, host, consent, area, channel, app, respectGpc, autoPage, debug } = script.dataset;
  const { traits, urlTemplates, cookieDomain, respectDnt } = script.dataset;
  const options: TagOptions = {
    key: key ?? "",
    host: host ?? script.src.replace(/\/v1\/[^/]*$/, ""),
    respectGpc: respectGpc !== "false",
    respectDnt: respectDnt !== undefined && respectDnt !== "false",
    debug: debug !== undefined && debug !== "false",
  };
  if (consent !== undefined) {
    // Whatever else is written there counts as the careful choice.
    options.consent =
      consent === "full" || consent === "denied" || consent === "exempt" ? consent : "pending";
  }
  if (area) options.area = area === "connected" ? area : "public";
  if (channel) options.channel = channel === "webview" ? channel : "web";
  if (app) options.app = app;
  if (traits) options.traits = traits.split(/\s+/);
  if (urlTemplates) options.address = urls({ templates: urlTemplates.split(/\s+/) });
  if (cookieDomain) options.cookies = cookies(cookieDomain);
  return { options, autoPage: autoPage !== "false" };
}
