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
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a plan narrows what callers may write; the tag itself takes any name and properties.
  return create(options) as Tag<E>;
}

function create(options: TagOptions): Tag {
  if (typeof document === "undefined") return idleTag;
  try {
    return startTag(options, browser());
  } catch (error) {
    warn(`nothing is measured: ${String(error)}`);
    return idleTag;
  }
}
