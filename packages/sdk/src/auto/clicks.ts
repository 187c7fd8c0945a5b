import { onActivation } from "../instruments/activation.js";
import type { Stop } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

/**
 * Tracks `click` when an element with `data-balise="buy"`, or anything in it, is activated by
 * mouse, touch or keyboard. Its properties are `element`, that name, and the element's other
 * attributes of the kind: `data-balise-product-id="7"` is `productId: "7"`, always a text. Of
 * nested elements the innermost counts. Text of the page is never sent.
 *
 * @returns a function that stops it.
 */
export function clicks(tag: Tracker): Stop {
  return onActivation((path) => {
    const element = path.find((candidate) => candidate.getAttribute("data-balise"));
    if (element && !comesAgain(path[0], element)) tag.track("click", propertiesOf(element));
  });
}

/** A click on a label is followed by one on its control: of the two, the second counts. */
function comesAgain(target: Element | undefined, element: Element): boolean {
  const control = target?.closest("label")?.control;
  return !!control && !control.contains(target ?? null) && element.contains(control);
}

function propertiesOf(element: Element): { [property: string]: string } {
  const properties: { [property: string]: string } = {};
  for (const name of element.getAttributeNames()) {
    const [, rest] = /^data-balise-(.+)/.exec(name) ?? [];
    if (rest) properties[camelCase(rest)] = element.getAttribute(name) ?? "";
  }
  return { ...properties, element: element.getAttribute("data-balise") ?? "" };
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
