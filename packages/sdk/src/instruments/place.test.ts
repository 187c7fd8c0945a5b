// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { placeOf } from "./place.js";

/** The place of the innermost first element. */
function of(html: string): string {
  document.body.innerHTML = html;
  let element: Element = document.body;
  while (element.firstElementChild) element = element.firstElementChild;
  return placeOf(element);
}

test("an id tells enough, a class is told after the nearest id around", () => {
  expect(of('<form id="order"><button id="pay" class="primary"></button></form>')).toBe(
    "button#pay",
  );
  expect(of('<form id="order"><p><button class="primary big"></button></p></form>')).toBe(
    "form#order button.primary",
  );
  expect(of("<p><i></i></p>")).toBe("i");
});

test("data-balise stands for an id", () => {
  expect(of('<div data-balise="offer" id="x"><i></i></div>')).toBe("div#offer i");
});

test("ids and classes that are no words are left out, and texts always", () => {
  expect(of('<ul id="user-48151"><li class="css-1x2y3z ada@x.test step2">Ada</li></ul>')).toBe(
    "ul li.step2",
  );
  expect(of('<svg class="icon"><path id=":r1:"></path></svg>')).toBe("path");
});
