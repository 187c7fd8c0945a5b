import { useCallback, useEffect, useState } from "preact/hooks";
import { readRoute, writeRoute, type Route } from "./route.js";

/** `replace` rewrites the current entry of the history: for what the user did not ask for. */
export type Navigate = (route: Route, how?: "push" | "replace") => void;

/** The address is the state: every edit is a link that can be shared, and Back undoes it. */
export function useRoute(): [Route, Navigate] {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const read = (): void => setRoute(readRoute(location.hash));
    // `popstate` too: it alone tells of entries made by pushState in every browser.
    addEventListener("hashchange", read);
    addEventListener("popstate", read);
    return () => {
      removeEventListener("hashchange", read);
      removeEventListener("popstate", read);
    };
  }, []);
  const navigate = useCallback<Navigate>((next, how = "push") => {
    const hash = writeRoute(next);
    if (hash !== location.hash) {
      if (how === "push") history.pushState(null, "", hash);
      else history.replaceState(null, "", hash);
    }
    setRoute(next);
  }, []);
  return [route, navigate];
}
