import { element } from "./element.js";

export interface Option {
  value: string;
  /** What it is called; shown, unless there is a face. */
  label: string;
  /** What is seen instead of the label. */
  face?: Node | undefined;
  /** More than what is seen, for those who do not see where it stands. */
  more?: string | undefined;
  checked?: boolean | undefined;
}

/** Native radio buttons or checkboxes that lie over what is seen of them, so all of it is the target. */
export function options(
  list: Option[],
  type: "radio" | "checkbox",
  className: string,
  choose: (value: string, checked: boolean) => void,
): HTMLElement {
  const labels = list.map(({ value, label, face, more, checked = false }) => {
    const input = element("input", "input", {
      type,
      name: "answer",
      value,
      checked,
      onchange: () => choose(value, input.checked),
    });
    const shown = element("span", "option", {}, face ?? label);
    if (face || more) shown.append(element("span", "unseen", {}, face ? label : (more ?? "")));
    return element("label", "choice", {}, input, shown);
  });
  return element("div", className, {}, ...labels);
}
