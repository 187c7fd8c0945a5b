import type { Properties } from "../wire.js";

/** The form that an event happened in, and the element of it that it happened to. */
export function formIn(event: Event): [HTMLFormElement, Element] | [undefined, undefined] {
  for (const element of event.composedPath()) {
    // A field in a shadow tree stands for its host, if the form is outside.
    const form = element instanceof Element && element.closest("form");
    if (form) return [form, element];
  }
  return [undefined, undefined];
}

/** Keeps what the team calls it: its `data-balise-…`, else its `name` or `id`. */
export function name(properties: Properties, key: "form" | "field", element: Element): void {
  for (const attribute of ["id", "name", `data-balise-${key}`]) {
    // By attribute: a field called "id" hides the form's own property.
    const found = element.getAttribute(attribute);
    if (found) properties[key] = found;
  }
}
