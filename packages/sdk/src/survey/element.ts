/**
 * Elements are made one by one: a page under Trusted Types takes no markup, and what a survey
 * says is text, whatever stands in it. The class is its name for `::part` as well.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), { className }, properties);
  made.setAttribute("part", className);
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A picture of one path in a square of 24, which says nothing: words stand beside it. */
export function glyph(path: string, transform = ""): Element {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  line.setAttribute("transform", transform);
  svg.append(line);
  return svg;
}
