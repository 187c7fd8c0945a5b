import type { Surveys, SurveysOptions } from "./asking/options.js";
import { startSurveys } from "./asking/start.js";
import { nothing } from "./nothing.js";
import { webStore } from "./storage.js";
import type { Tag } from "./tag.js";

export type {
  Explanation,
  ShowSurveyOptions,
  Surveys,
  SurveysOptions,
  Widgets,
} from "./asking/options.js";

/** What a server gets: every call does nothing. */
const idle: Surveys = { show: async () => false, explain: async () => [], stop: nothing };

/**
 * A tag that asks its site's surveys when they are due: what is told to it, by the page and by
 * instruments that are given it, may trigger one. What decides is loaded when a trigger has fired, the
 * widgets when a survey is to be shown. On a server it does nothing.
 *
 * @param options Those that the tag itself was made with.
 */
export function surveys<T extends Tag>(tag: T, options: SurveysOptions): T & { surveys: Surveys } {
  if (!globalThis.document) return { ...tag, surveys: idle };
  return startSurveys(tag, options, {
    now: Date.now,
    random: Math.random,
    fetch: (url, init) => fetch(url, init),
    store: webStore(() => localStorage),
    asker: async (context) => (await import("./asking/asker.js")).createAsker(context),
  });
}
