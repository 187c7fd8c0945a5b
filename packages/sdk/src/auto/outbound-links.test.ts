// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/a","settings":{"navigation":{"disableMainFrameNavigation":true,"disableFallbackToSetURL":true}}}
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingTag } from "../testing/recording-tag.js";
import { outboundLinks, type OutboundLinksOptions } from "./outbound-links.js";

let stop: () => void;
let events: [name: string, properties: unknown][];

function start(options?: OutboundLinksOptions): void {
  const recording = recordingTag();
  ({ events } = recording);
  stop = outboundLinks(recording.tag, options);
}
beforeEach(() => start());
afterEach(() => stop());

/** Activates a link in a page of its own. */
function follow(html: string, type = "click", button = 0): void {
  document.body.innerHTML = html;
  const inner = document.querySelector("b") ?? document.body.firstElementChild;
  inner?.dispatchEvent(
    new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, button }),
  );
}

test("a link to another host counts, without what its address may say of the visitor", () => {
  follow('<a href="https://ada:secret@Bank.test:8443/pay/now?token=1#me"><b>Pay</b></a>');
  expect(events).toEqual([
    ["outbound_click", { host: "bank.test", url: "https://bank.test:8443/pay/now" }],
  ]);
});

test("a link to the page's own host, by whatever port or protocol, does not", () => {
  follow('<a href="/b"></a>');
  follow('<a href="http://shop.test:8080/b"></a>');
  follow('<a href="//shop.test/b"></a>');
  expect(events).toEqual([]);
});

test("what is no page elsewhere does not count", () => {
  for (const href of ["mailto:ada@bank.test", "tel:+331", "javascript:void 0", "https://", ""]) {
    follow(`<a href="${href}"></a>`);
  }
  follow("<a><b>no link</b></a>");
  follow("<b>no link</b>");
  expect(events).toEqual([]);
});

test("the team's other hosts are no other place, subdomains included", () => {
  stop();
  start({ ownHosts: ["brand.test"] });
  follow('<a href="https://brand.test/"></a>');
  follow('<a href="https://help.brand.test/"></a>');
  expect(events).toEqual([]);
  follow('<a href="https://otherbrand.test/"></a>');
  expect(events).toHaveLength(1);
});

test("the query is sent when it is asked for, the fragment never", () => {
  stop();
  start({ query: true });
  follow('<a href="https://bank.test/?plan=gold#me"></a>');
  expect(events).toEqual([
    ["outbound_click", { host: "bank.test", url: "https://bank.test/?plan=gold" }],
  ]);
});

test("links of drawings and of maps are links, and the middle button opens them", () => {
  follow('<svg><a href="https://bank.test/"><b></b></a></svg>', "auxclick", 1);
  follow('<svg><a xlink:href="https://bank.test/"><b></b></a></svg>');
  follow('<area href="https://bank.test/">');
  expect(events).toHaveLength(3);
  follow('<a href="https://bank.test/"></a>', "auxclick", 2);
  expect(events).toHaveLength(3);
});

test("once stopped nothing counts", () => {
  stop();
  follow('<a href="https://bank.test/"></a>');
  expect(events).toEqual([]);
});
