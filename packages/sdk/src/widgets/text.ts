import { element } from "../survey/element.js";
import type { QuestionType } from "../survey/question-type.js";
import { followRoom } from "../survey/room.js";
import { scrub } from "../survey/scrub.js";
import type { TextQuestion } from "../survey.js";

const CSS = `
textarea { display: block; margin-block: .75em .4em; padding: .5em .75em; width: 100%; min-height: 5.5em; resize: vertical; }
.hint { margin: 0; color: var(--mu); font-size: .875em; }
`;

/** Half of what the contract takes: what is scrubbed may grow. */
const MOST = 2000;

/** A short text, given when it is sent. */
export const text: QuestionType<TextQuestion> = {
  metric: "text",
  css: CSS,
  render(_question, { words, given, give }) {
    const area = element("textarea", "text", {
      maxLength: MOST,
      value: given?.text ?? "",
      oninput() {
        const text = scrub(area.value.trim());
        give(text ? { text } : undefined, true);
      },
    });
    area.setAttribute("aria-labelledby", "ask");
    area.setAttribute("aria-describedby", "hint");
    followRoom(area);
    return [area, element("p", "hint", { id: "hint" }, words.hint)];
  },
};
