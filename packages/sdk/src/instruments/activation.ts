import { elementsOf } from "./elements.js";
import { listen } from "./listen.js";
import { type Stop, together } from "./stop.js";

/**
 * Calls `run` when something is activated by mouse, touch or key, with the elements under it,
 * innermost first, those in open shadow trees included. The middle button activates links alone.
 */
export function onActivation(run: (path: Element[]) => void): Stop {
  const hear = (event: MouseEvent): void => {
    const path = elementsOf(event);
    if (event.type === "click" || (event.button === 1 && linkIn(path))) run(path);
  };
  return together(listen("click", hear), listen("auxclick", hear));
}

/** The innermost link of these elements. */
export function linkIn(path: Element[]): Element | undefined {
  return path.find((element) => /^(a|area)$/i.test(element.localName) && hrefOf(element) !== null);
}

/** Where the link leads. Throws when that is no address. */
export function addressOf(link: Element): URL {
  return new URL(hrefOf(link) ?? "", document.baseURI);
}

/** Links of SVG may have the older attribute. */
function hrefOf(link: Element): string | null {
  return link.getAttribute("href") ?? link.getAttribute("xlink:href");
}
