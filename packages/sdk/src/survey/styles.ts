/**
 * What all widgets look like. The host takes nothing from the page but custom properties and
 * `color-scheme`: an important rule of a shadow tree beats even an important one of the page.
 * Colours are the browser's own, light, dark or forced, unless the page gives others; sizes are in
 * em of the reader's own text size, so that all grows with it. Nothing moves.
 */
export const STYLES = `
:host { all: initial !important; display: contents !important; color-scheme: inherit !important; }
.root {
  --ac: var(--balise-accent, #2a6be0);
  --on: var(--balise-on-accent, #fff);
  --bg: var(--balise-background, Canvas);
  --fg: var(--balise-text, CanvasText);
  --mu: color-mix(in srgb, var(--fg) 72%, var(--bg));
  --ln: color-mix(in srgb, var(--fg) 48%, var(--bg));
  --rd: var(--balise-radius, .6em);
  display: contents;
  font: var(--balise-font-size, medium) / 1.4 var(--balise-font, system-ui, sans-serif);
}
.card, button, .option, textarea { box-sizing: border-box; border: 1px solid var(--ln); border-radius: var(--rd); }
.card { container-type: inline-size; position: relative; padding: 1.25em; background: var(--bg); color: var(--fg); overflow-wrap: anywhere; }
.over { position: fixed; z-index: 2147483647; inset: auto; bottom: calc(1em + var(--kb, env(safe-area-inset-bottom))); inset-inline-end: 1em; margin: auto; width: min(24em, 100vw - 2em); max-height: calc(var(--vh, 100dvh) - 2em); overflow: auto; box-shadow: 0 .5em 2em #0004; }
.modal { inset: 0 0 var(--kb, 0px) !important; }
.over.tab { inset-inline-end: 3.75em; }
.modal::backdrop { background: #0008; }
fieldset, legend, p { all: unset; display: block; }
.ask, .thanks { font-weight: 600; }
.over .ask, .over .thanks { padding-inline-end: 2em; }
button, textarea { background: none; font: inherit; color: inherit; }
button { border-color: transparent; padding: 0 1em; min-width: 44px; min-height: max(44px, 2.5em); }
.close { position: absolute; inset-block-start: .4em; inset-inline-end: .4em; padding: 0; min-height: 44px; font-size: 1.4em; line-height: 1; }
.foot, .ends { display: flex; justify-content: space-between; gap: .5em; margin-block-start: .4em; }
.next { margin-inline-start: auto; background: var(--ac); color: var(--on); }
.foot button { margin-block-start: .6em; }
:disabled { opacity: .4; }
.unseen { position: absolute; width: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.options { display: grid; gap: .3em; margin-block-start: .9em; }
.choice { position: relative; }
input { position: absolute; inset: 0; margin: 0; width: 100%; height: 100%; opacity: 0; }
.option { display: grid; place-content: center; min-height: max(44px, 2.5em); }
.list .option { justify-content: start; padding: .4em .8em; }
:hover + .option { border-color: var(--ac); }
:checked + .option { background: var(--ac); color: var(--on); }
:focus-visible, :focus-visible + .option { outline: 3px solid var(--ac); outline-offset: 2px; }
.ends { color: var(--mu); font-size: .875em; }
.end { text-align: end; }
@media (max-width: 30em) { .over { inset: auto 0 var(--kb, 0px) !important; margin: 0; width: auto; max-width: none; padding: 1.25em 1em calc(1.25em + env(safe-area-inset-bottom)); } }
@media (forced-colors: active) { .root { --ac: Highlight; --on: HighlightText; } :checked + .option, .next { forced-color-adjust: none; } }
`;
