/**
 * While a field is written in, `--kb` is what the on-screen keyboard covers at the bottom, and
 * `--vh` the height that is left. Browsers shrink the visual viewport alone when a keyboard comes;
 * a page that is zoomed into shrinks it too, and there a widget stays where it is. A sheet of its
 * own says so, for a style attribute is what strict pages do not like to see.
 */
export function followRoom(field: HTMLElement): void {
  const view = globalThis.visualViewport;
  const sheet = new CSSStyleSheet();

  function measure(): void {
    if (!view) return;
    const covered = innerHeight - view.height - view.offsetTop;
    const isCovered = field.matches(":focus") && view.scale < 1.01 && covered > 1;
    sheet.replaceSync(isCovered ? `.over{--kb:${covered}px;--vh:${view.height}px}` : "");
    // It may be gone without a blur.
    if (!field.isConnected) view.removeEventListener("resize", measure);
  }

  function follow(): void {
    const tree = field.getRootNode();
    if (tree instanceof ShadowRoot && !tree.adoptedStyleSheets.includes(sheet)) {
      tree.adoptedStyleSheets.push(sheet);
    }
    view?.addEventListener("resize", measure);
    measure();
  }

  field.addEventListener("focus", follow);
  field.addEventListener("blur", measure);
}
