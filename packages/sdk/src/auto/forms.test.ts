// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/a"}
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recordingTag } from "../testing/recording-tag.js";
import { forms, type FormsOptions } from "./forms.js";

let stop: () => void;
let events: [name: string, properties: unknown][];
let time: number;

function start(options?: FormsOptions): void {
  const recording = recordingTag();
  events = recording.events;
  stop = forms(recording.tag, options);
}
beforeEach(() => {
  vi.useFakeTimers();
  time = 1000;
  start();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

// A field that is ticked was entered by the visitor; this DOM does not know ":focus-within".
const TICKED = 'type="checkbox" checked';
const FORM = `<form id="signup"><input name="email" ${TICKED}><input id="city"><button>Go</button></form>`;

function show(html = FORM): void {
  document.body.innerHTML = html;
}

/** An event as the browser sends it, some milliseconds after the one before. */
function happen(type: string, on: string | Element | null | undefined, after = 0): void {
  const sends = type === "submit";
  const event = new Event(type, { bubbles: true, composed: !sends, cancelable: sends });
  time += after;
  Object.defineProperty(event, "timeStamp", { value: time });
  const element = typeof on === "string" ? document.querySelector(on) : on;
  // This DOM does not know a form as itself at the start of an event's path; its child does.
  (sends ? element?.lastElementChild : element)?.dispatchEvent(event);
}
const leave = () => window.dispatchEvent(new Event("pagehide"));
const names = () => events.map(([name]) => name);

test("a form starts at the first entry and is sent once, with its time", () => {
  show();
  happen("focusin", "[name=email]");
  expect(events).toEqual([]);
  happen("input", "[name=email]");
  happen("input", "[name=email]", 900);
  happen("focusin", "#city", 600);
  happen("submit", "form", 840);
  vi.runAllTimers();
  leave();
  expect(events).toEqual([
    ["form_start", { form: "signup", field: "email" }],
    ["form_submit", { form: "signup", field: "city", seconds: 2.3 }],
  ]);
});

test("a form that is left is abandoned at the last field that was reached", () => {
  show();
  happen("input", "[name=email]");
  happen("focusin", "#city", 1500);
  leave();
  leave();
  expect(events.slice(1)).toEqual([
    ["form_abandon", { form: "signup", field: "city", seconds: 1.5 }],
  ]);
});

test("a form that nobody touched is neither started nor abandoned", () => {
  show();
  happen("focusin", "[name=email]");
  happen("input", document.body);
  leave();
  expect(events).toEqual([]);
});

test("what the browser enters by itself is no start", () => {
  show();
  happen("input", "#city");
  leave();
  expect(events).toEqual([]);
});

test("a form that is sent untouched starts with that", () => {
  show('<form name="add"><button>Add</button></form>');
  happen("submit", "form");
  vi.runAllTimers();
  expect(events).toEqual([
    ["form_start", { form: "add" }],
    ["form_submit", { form: "add", seconds: 0 }],
  ]);
});

test("a form that the page sends by itself, the event cancelled, is sent", () => {
  show();
  document.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
  happen("submit", "form");
  vi.runAllTimers();
  expect(names()).toEqual(["form_start", "form_submit"]);
});

test("a form that the page refuses is not sent, until it is", () => {
  show();
  const form = document.querySelector("form");
  const field = document.querySelector("input");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    field?.setAttribute("aria-invalid", "true");
  });
  happen("submit", form);
  vi.runAllTimers();
  expect(names()).toEqual(["form_start"]);
  leave();
  expect(names()).toEqual(["form_start", "form_abandon"]);
  happen("submit", form);
  happen("submit", form);
  field?.removeAttribute("aria-invalid");
  vi.runAllTimers();
  expect(names().slice(2)).toEqual(["form_start", "form_submit"]);
});

test("a form that is sent and gone before the next moment is sent", () => {
  show();
  happen("submit", "form");
  leave();
  vi.runAllTimers();
  expect(names()).toEqual(["form_start", "form_submit"]);
});

test("two forms are told apart", () => {
  show(
    `${FORM}<form data-balise-form="coupon" id="c"><input data-balise-field="code" ${TICKED}><b></b></form>`,
  );
  happen("input", "[name=email]");
  happen("input", "[data-balise-field]");
  happen("submit", "#c");
  vi.runAllTimers();
  happen("input", "#city");
  leave();
  expect(events).toEqual([
    ["form_start", { form: "signup", field: "email" }],
    ["form_start", { form: "coupon", field: "code" }],
    ["form_submit", { form: "coupon", field: "code", seconds: 0 }],
    ["form_abandon", { form: "signup", field: "city", seconds: 0 }],
  ]);
});

test("a form that the page removes is abandoned when something else is touched", () => {
  show(`${FORM}<button id="open">Open</button>`);
  happen("input", "[name=email]");
  document.querySelector("form")?.remove();
  happen("focusin", "#open");
  expect(names()).toEqual(["form_start", "form_abandon"]);
});

test("a change of path abandons, before the address is the new one; a change of query does not", () => {
  stop();
  const navigation = new EventTarget();
  vi.stubGlobal("navigation", navigation);
  start();
  const go = (url: string, sameDocument = true): void => {
    const destination = { url, sameDocument };
    navigation.dispatchEvent(Object.assign(new Event("navigate"), { destination }));
  };
  show();
  happen("input", "[name=email]");
  go("https://shop.test/a?q=lamp");
  go("https://shop.test/file", false);
  expect(names()).toEqual(["form_start"]);
  go("https://shop.test/b");
  expect(names()).toEqual(["form_start", "form_abandon"]);
  vi.unstubAllGlobals();
});

test("a form in a shadow tree counts, until it is stopped", () => {
  show("<my-box></my-box>");
  const box = document.querySelector("my-box")!.attachShadow({ mode: "open" });
  box.innerHTML = FORM;
  happen("input", box.querySelector("input"));
  happen("submit", box.querySelector("form"));
  vi.runAllTimers();
  expect(names()).toEqual(["form_start", "form_submit"]);
  happen("input", box.querySelector("input"));
  stop();
  happen("submit", box.querySelector("form"));
  vi.runAllTimers();
  expect(events).toHaveLength(3);
});

test("fields that are called as a form's properties are hide nothing", () => {
  show(`<form name="f"><input name="id"><input name="name"><input name="form" ${TICKED}></form>`);
  happen("input", "[name=form]");
  expect(events).toEqual([["form_start", { form: "f", field: "form" }]]);
});

test("the choice of forms leaves the others out", () => {
  stop();
  start({ only: "[data-balise-form]" });
  show(`${FORM}<form data-balise-form="quote"><input name="age" ${TICKED}></form>`);
  happen("input", "[name=email]");
  happen("input", "[name=age]");
  expect(events).toEqual([["form_start", { form: "quote", field: "age" }]]);
});

test("once stopped nothing counts, what was begun included", () => {
  show();
  happen("input", "[name=email]");
  happen("submit", "form");
  stop();
  vi.runAllTimers();
  happen("submit", "form");
  leave();
  vi.runAllTimers();
  expect(names()).toEqual(["form_start"]);
});
