export { createTag } from "./create-tag.js";
export type { AnyEvents, EventMap, Extras, LostEvent } from "./events.js";
export type { ConsentState, TagOptions } from "./options.js";
export type { Tag } from "./tag.js";
export { VERSION } from "./version.js";
export type * from "./wire.js";
