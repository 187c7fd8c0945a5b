import type { Tag } from "@balise/sdk";
import { createContext, type PropsWithChildren, useContext } from "react";
import type { Events } from "./events.js";

const Context = createContext<Tag<Events> | undefined>(undefined);

/** Gives the tag to the components below; a test gives them another. */
export function BaliseProvider({ tag, children }: PropsWithChildren<{ tag: Tag<Events> }>) {
  return <Context value={tag}>{children}</Context>;
}

export function useBalise(): Tag<Events> {
  const tag = useContext(Context);
  if (!tag) throw new Error("useBalise() is called outside <BaliseProvider>: put one around it");
  return tag;
}

/** `track` of the tag, which takes the events of the plan alone. */
export function useTrack(): Tag<Events>["track"] {
  return useBalise().track;
}
