import { pageViews } from "./auto/page-views.js";
import { type EarlyCall, METHODS } from "./calls.js";
import { browser } from "./platform.js";
import { optionsOf } from "./script-options.js";
import { startTag, type Tag } from "./tag.js";
import { warn } from "./warn.js";

/**
 * What the builds for a script tag have in common: `window.balise` is the tag, and the only global;
 * page views are counted, calls made before are replayed, and `more` is started.
 */
export function startScript(more?: More): void {
  try {
    start(more);
  } catch (error) {
    warn(String(error));
  }
}

type More = (tag: Tag, script: HTMLScriptElement) => void;

function start(more: More | undefined): void {
  if (typeof document === "undefined") return;
  const platform = browser();
  const page: Window & { balise?: unknown } = window;
  const early: unknown = page.balise && Reflect.get(Object(page.balise), "q");
  if (page.balise && !Array.isArray(early)) return;

  const script = document.currentScript ?? document.querySelector("script[data-key]");
  if (!(script instanceof HTMLScriptElement) || !script.dataset["key"]) {
    return warn('the script tag needs data-key="…", the write key of the site.');
  }
  const { options, autoPage } = optionsOf(script);
  let replaying: number | undefined;
  const tag = startTag(options, { ...platform, now: () => replaying ?? platform.now() });
  page.balise = tag;
  if (autoPage) pageViews(tag, options.address);
  const calls: EarlyCall[] = Array.isArray(early) ? early : [];
  for (const [at, method, args] of calls) {
    replaying = at;
    const name = METHODS.find((known) => known === method);
    if (name) Reflect.apply(tag[name], tag, args);
  }
  replaying = undefined;
  more?.(tag, script);
}
