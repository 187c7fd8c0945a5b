// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EventNameRow } from "../api/types.js";
import { I18nProvider } from "../i18n/context.js";
import { EventCombobox } from "./event-combobox.js";

const events: EventNameRow[] = ["page_view", "cart_added", "view_cart"].map((name, index) => ({
  name,
  events: 300 - index,
  people: 100,
  firstSeen: "",
  lastSeen: "",
}));
let chosen: string[];
const host = document.createElement("div");

beforeEach(() => {
  chosen = [];
  document.body.append(host);
  return act(() =>
    render(
      <I18nProvider>
        <EventCombobox
          label="Event"
          value="page_view"
          events={events}
          focusKey="event-0"
          onChange={(name) => chosen.push(name)}
        />
      </I18nProvider>,
      host,
    ),
  );
});
afterEach(() => render(null, host));

const input = (): HTMLInputElement => host.querySelector("input") as HTMLInputElement;
const options = (): string[] =>
  [...host.querySelectorAll("[role=option] .combobox-name")].map((node) => node.textContent ?? "");
const key = (name: string): Promise<void> =>
  act(() => void input().dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true })));
const type = (text: string): Promise<void> =>
  act(() => {
    input().value = text;
    input().dispatchEvent(new InputEvent("input", { bubbles: true }));
  });

describe("the field that proposes events", () => {
  it("is closed until it is asked, then has its own event active", async () => {
    expect(input().getAttribute("aria-expanded")).toBe("false");
    await key("ArrowDown");
    expect(input().getAttribute("aria-expanded")).toBe("true");
    expect(options()).toEqual(["page_view", "cart_added", "view_cart"]);
    const active = input().getAttribute("aria-activedescendant") ?? "";
    expect(document.getElementById(active)?.textContent).toContain("page_view");
  });

  it("puts names that begin with the text before names that hold it", async () => {
    await type("cart");
    expect(options()).toEqual(["cart_added", "view_cart"]);
  });

  it("takes the active event with Enter", async () => {
    await type("cart");
    await key("ArrowDown");
    await key("Enter");
    expect(chosen).toEqual(["view_cart"]);
  });

  it("gives up with Escape and shows the event that stands", async () => {
    await type("cart");
    await key("Escape");
    expect(chosen).toEqual([]);
    expect(input().value).toBe("page_view");
  });

  it("says so when nothing has this name", async () => {
    await type("zzz");
    await key("Enter");
    expect(host.textContent).toContain("No event has this name");
    expect(chosen).toEqual([]);
  });
});
