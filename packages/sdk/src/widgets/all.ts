import type { Tracker } from "../instruments/tracker.js";
import { byBranches } from "../survey/branch.js";
import type { Showing, ShowOptions } from "../survey/kit.js";
import { showSurvey } from "../survey/show.js";
import type { Survey } from "../survey.js";
import { ces } from "./ces.js";
import { choice } from "./choice.js";
import { csat } from "./csat.js";
import { en } from "./en.js";
import { fr } from "./fr.js";
import { nps } from "./nps.js";
import { smiley } from "./smiley.js";
import { stars } from "./stars.js";
import { showTab } from "./tab.js";
import { text } from "./text.js";
import { thumbs } from "./thumbs.js";

const TYPES = [nps, csat, ces, stars, smiley, thumbs, choice, text];

/**
 * Shows any survey, with every kind of question and placement, in English and French: the one call
 * that triggers need, imported when a survey is to be shown and not before.
 */
export function showAnySurvey(tag: Tracker, survey: Survey, options: ShowOptions = {}): Showing {
  const show = globalThis.document && survey.placement === "tab" ? showTab : showSurvey;
  return show(tag, survey, { ...options, types: TYPES, words: { en, fr }, following: byBranches });
}
