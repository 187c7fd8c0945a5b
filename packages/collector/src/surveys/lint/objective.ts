import type { Rule } from "./rule.js";

export const objectiveStated: Rule = {
  name: "no-objective",
  look: (_plan, survey) =>
    survey === undefined || survey.objective?.trim()
      ? []
      : ["it states no objective: write what you will decide with the answers"],
};
