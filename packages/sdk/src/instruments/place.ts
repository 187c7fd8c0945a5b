/**
 * Which element it is, such as `form#order button.primary`, without any text of the page: its name
 * with its id or a class, after the nearest element around it with an id. `data-balise` stands for
 * an id. Ids and classes count if they are words: what has more numbers was made by a machine, or
 * is somebody's.
 */
export function placeOf(element: Element): string {
  const own = nameOf(element);
  const around = element.parentElement?.closest("[id],[data-balise]");
  return around && !own.includes("#") ? `${nameOf(around)} ${own}` : own;
}

function nameOf(element: Element): string {
  const id = element.getAttribute("data-balise") ?? element.id;
  const marks = [id, ...element.classList].map((word, n) => (n ? "." : "#") + word);
  return element.localName + (marks.find((mark) => /^.[a-z][a-z_-]*\d?$/i.test(mark)) ?? "");
}
