import { useLayoutEffect } from "react";
import { useLocation, useMatches } from "react-router";
import { useBalise } from "./balise.js";
import { useOnce } from "./use-once.js";

/** Counts a page view for each route that is shown, with the route's id as the page's name. */
export function usePageViews(): void {
  const tag = useBalise();
  const { pathname, search } = useLocation();
  const name = useMatches().at(-1)?.id ?? pathname;
  // Before the effects of the page's own components, which belong to this view of it.
  useOnce(pathname + search, () => tag.page({ name }), useLayoutEffect);
}
