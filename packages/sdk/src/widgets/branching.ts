import { byBranches } from "../survey/branch.js";

/** What a survey needs whose questions have branches: `showSurvey(tag, survey, { …, ...branching })`. */
export const branching = { following: byBranches };
