import { options } from "../survey/options.js";
import type { QuestionType } from "../survey/question-type.js";
import type { ChoiceQuestion } from "../survey.js";

/** The tick of those chosen is drawn, so that it is not told by colour alone. */
const CSS = `
.choices .option { grid-template-columns: 1.5em 1fr; }
.choices .option::before { content: ""; box-sizing: border-box; align-self: center; width: 1em; height: 1em; border: 2px solid; border-radius: 50%; }
.choices [type=checkbox] + .option::before { border-radius: .2em; }
.choices :checked + .option::before { background: currentColor; box-shadow: inset 0 0 0 .15em var(--ac); }
`;

/** One of several, or several of them; also who the person is. */
export const choice: QuestionType<ChoiceQuestion> = {
  metric: "choice",
  css: CSS,
  render({ options: ids, multiple }, { texts, given, give }) {
    const chosen = new Set(given?.choice?.split(","));
    const list = ids.map((id) => ({
      value: id,
      label: texts.options?.[id] ?? id,
      checked: chosen.has(id),
    }));
    const type = multiple ? "checkbox" : "radio";
    return [
      options(list, type, "options list choices", (id, checked) => {
        if (!multiple) return give({ choice: id });
        if (checked) chosen.add(id);
        else chosen.delete(id);
        const all = ids.filter((one) => chosen.has(one));
        return give(all.length > 0 ? { choice: all.join(",") } : undefined);
      }),
    ];
  },
};
