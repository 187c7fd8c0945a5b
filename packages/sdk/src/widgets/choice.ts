import { options } from "../survey/options.js";
import type { QuestionType } from "../survey/question-type.js";
import type { ChoiceQuestion } from "../survey.js";

/** Marks as of forms, so that one choice and several look unlike; they are not read out. */
const CSS = `
.choices .option { display: block; }
.choices .option::before { content: "○ " / ""; }
.choices :checked + .option::before { content: "● " / ""; }
.choices [type=checkbox] + .option::before { content: "☐ " / ""; }
.choices [type=checkbox]:checked + .option::before { content: "☑ " / ""; }
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
