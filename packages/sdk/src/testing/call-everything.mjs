/**
 * Calls all that a module exports, and all that it gives back. Stands alone: it is also run as a
 * text in realms that cannot import.
 *
 * @param {object} entry What the module exports.
 * @param {(options: object) => object} createTag
 * @returns {Promise<string[]>} what was called.
 */
export async function callEverything(entry, createTag) {
  const called = [];
  const options = {
    key: "wk",
    host: "https://collector.test",
    ...createTag({ key: "wk", host: "https://collector.test" }),
  };
  for (const [name, value] of Object.entries(entry)) {
    if (typeof value !== "function") continue;
    const made = value(options);
    called.push(name);
    if (typeof made === "function") made(new URL("https://shop.test/"));
    for (const [method, run] of Object.entries(made ?? {})) {
      if (typeof run !== "function") continue;
      await run("cart_added", { product: "lamp" }, { value: 1 });
      called.push(`${name}.${method}`);
    }
  }
  return called;
}
