import { element } from "./element.js";
import type { ShowOptions } from "./kit.js";
import { STYLES } from "./styles.js";
import type { Words } from "./words.js";

/** A place in the page for a widget, in a shadow tree that the page cannot look into. */
export function mount(
  node: Node,
  css: string[],
  lang: string,
  { dir }: Pick<Words, "dir">,
  { theme }: ShowOptions,
): { host: HTMLElement; tree: ShadowRoot } {
  const host = document.createElement("balise-survey");
  const tree = host.attachShadow({ mode: "closed", delegatesFocus: true });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([STYLES, ...css, theme && `.root{color-scheme:${theme}}`].join(""));
  tree.adoptedStyleSheets = [sheet];
  tree.append(element("div", "root", { lang, dir: dir ?? "" }, node));
  return { host, tree };
}
