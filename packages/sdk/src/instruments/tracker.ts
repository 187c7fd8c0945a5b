import type { Tag } from "../tag.js";

/** What an instrument needs of a tag, whatever the tag's tracking plan. */
export type Tracker = Pick<Tag, "track">;
