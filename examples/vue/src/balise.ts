import type { Tag } from "@balise/sdk";
import { inject, type InjectionKey, type Plugin } from "vue";
import type { Router } from "vue-router";
import type { Events } from "./events.js";

const KEY: InjectionKey<Tag<Events>> = Symbol("balise");

/**
 * The plugin: gives the tag to every component, and counts a page view for each route that is
 * shown, with the route's name as the page's name. Anchors of a page count nothing.
 */
export function createBalise(tag: Tag<Events>, router: Router): Plugin {
  return {
    install(app) {
      app.provide(KEY, tag);
      let seen: string | undefined;
      router.afterEach((to, _from, failure) => {
        const [address] = to.fullPath.split("#");
        if (failure || address === seen) return;
        seen = address;
        tag.page({ name: String(to.name ?? to.path) });
      });
    },
  };
}

export function useBalise(): Tag<Events> {
  const tag = inject(KEY);
  if (!tag) throw new Error("useBalise() finds no tag: call app.use(createBalise(tag, router))");
  return tag;
}

/** `track` of the tag, which takes the events of the plan alone. */
export function useTrack(): Tag<Events>["track"] {
  return useBalise().track;
}
