import { element } from "./element.js";
import { type Option, options } from "./options.js";
import type { Asking, Scale } from "./question-type.js";

/** How the scores of a scale are drawn instead of as numbers. */
export interface Faces {
  className: string;
  label(score: number): string;
  face(score: number): Node;
}

/** A radio button for each score, the words for both ends, and one for whom it does not concern. */
export function scored(
  { min, max }: Pick<Scale, "min" | "max">,
  notApplicable: boolean | undefined,
  { texts, words, given, give }: Asking,
  faces?: Faces,
): Node[] {
  const { low = "", high = "" } = texts;
  const list: Option[] = [];
  for (let score = min; score <= max; score++) {
    list.push({
      value: `${score}`,
      label: faces ? faces.label(score) : `${score}`,
      face: faces?.face(score),
      more: score === min ? low : score === max ? high : "",
      checked: given?.score === score,
    });
  }
  const nodes: Node[] = [
    options(
      list,
      "radio",
      `options ${faces ? faces.className : `numbers of-${list.length}`}`,
      (value) => give({ score: +value }),
    ),
  ];
  if (low + high) {
    // Numbers are called by these words already.
    const ariaHidden = faces ? null : "true";
    nodes.push(element("div", "ends", { ariaHidden }, low, element("span", "end", {}, high)));
  }
  if (notApplicable) {
    const label = texts.notApplicable ?? words.notApplicable;
    const none = { value: "", label, checked: given?.notApplicable };
    nodes.push(options([none], "radio", "options list", () => give({ notApplicable: true })));
  }
  return nodes;
}
