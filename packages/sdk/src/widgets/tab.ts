import type { Tracker } from "../instruments/tracker.js";
import { nothing } from "../nothing.js";
import { element } from "../survey/element.js";
import type { Kit, Showing, ShowOptions } from "../survey/kit.js";
import { said } from "../survey/language.js";
import { mount } from "../survey/mount.js";
import { showSurvey } from "../survey/show.js";
import type { Survey } from "../survey.js";

/** Its text reads from below, as on tabs of folders. */
const CSS = `
.side { position: fixed; z-index: 2147483646; top: 50%; inset-inline-end: 0; translate: 0 -50%; background: var(--bg); color: var(--fg); border-radius: var(--rd); }
.side button { border-color: var(--ln); padding: 1em .25em; writing-mode: vertical-rl; }
`;

/**
 * A tab at the side of the page that stays; it opens the survey and closes it, each time as a
 * display of its own. The tab itself is no display: it asks nothing.
 */
export function showTab(tag: Tracker, survey: Survey, options: ShowOptions & Kit): Showing {
  if (!globalThis.document) return { close: nothing };
  const [language, { title }, words] = said(survey, options);
  let open: Showing | undefined;

  function onClose(): void {
    open = undefined;
    button.ariaExpanded = "false";
    options.onClose?.();
  }

  function toggle(): void {
    if (open) return open.close("survey_dismissed");
    button.ariaExpanded = "true";
    open = showSurvey(tag, survey, { ...options, byHand: true, onClose });
  }

  const properties = { ariaExpanded: "false", onclick: toggle };
  const button = element("button", "tab", properties, title ?? words.feedback);
  const { host } = mount(element("div", "side", {}, button), [CSS], language, words, options);
  document.body.append(host);
  return {
    close(how) {
      host.remove();
      open?.close(how);
    },
  };
}
