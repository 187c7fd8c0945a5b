import type { Properties } from "../wire.js";

/** Keeps what the team calls it: its `data-balise-…`, else its `name` or `id`. */
export function name(properties: Properties, key: "form" | "field", element: Element): void {
  for (const attribute of ["id", "name", `data-balise-${key}`]) {
    // By attribute: a field called "id" hides the form's own property.
    const found = element.getAttribute(attribute);
    if (found) properties[key] = found;
  }
}
