import type { Tag } from "../tag.js";
import type { SurveysOptions, Widgets } from "./options.js";

/** What is loaded to show a survey. */
export interface Parts {
  load: () => Promise<Widgets>;
  /** A tag whose events name nobody, with this start of its storage keys. */
  anonymous: (storagePrefix: string) => Promise<Pick<Tag, "track" | "reset">>;
}

/** All widgets, unless the page brings its own. */
export function partsOf(options: SurveysOptions): Parts {
  return {
    load: options.load ?? (() => import("../widgets/all.js")),
    async anonymous(storagePrefix) {
      const { createTag } = await import("../index.js");
      return createTag({ ...options, storagePrefix, consent: "exempt", cookies: undefined });
    },
  };
}
