import type { AnyEvents, EventMap } from "./events.js";
import type { TagOptions } from "./options.js";
import { browser } from "./platform.js";
import { idleTag, startTag, type Tag } from "./tag.js";
import { warn } from "./warn.js";

/**
 * The tag of a page. Give it the tracking plan as a type, and a wrong event name or property
 * does not compile: `createTag<{ cart_added: { product: string } }>({ key, host })`.
 * On a server it does nothing.
 */
export function createTag<E extends EventMap<E> = AnyEvents>(options: TagOptions): Tag<E> {
  let tag: Tag = idleTag;
  try {
    if (globalThis.document) tag = startTag(options, browser());
  } catch (error) {
    warn(String(error));
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a plan narrows what callers may write; the tag itself takes any name and properties.
  return tag as Tag<E>;
}
