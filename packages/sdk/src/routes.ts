/**
 * Calls `changed` at every change of the page's address without a load: by the Navigation API
 * where there is one (https://developer.mozilla.org/docs/Web/API/Navigation_API), else by
 * methods put before those of `history`. Gives back a function that stops it.
 */
export function followRoutes(changed: () => void): () => void {
  const navigation: unknown = Reflect.get(window, "navigation");
  if (navigation instanceof EventTarget) {
    navigation.addEventListener("currententrychange", changed);
    return () => navigation.removeEventListener("currententrychange", changed);
  }

  const { history } = window;
  const undo = (["pushState", "replaceState"] as const).map((name) => {
    // oxlint-disable-next-line typescript/unbound-method -- only ever applied to a history
    const original = history[name];
    const patched: History["pushState"] = function (this: History, ...args) {
      original.apply(this, args);
      changed();
    };
    history[name] = patched;
    return () => {
      // Others may have wrapped it since; theirs stays.
      if (history[name] === patched) history[name] = original;
    };
  });
  addEventListener("popstate", changed);
  addEventListener("hashchange", changed);
  return () => {
    for (const restore of undo) restore();
    removeEventListener("popstate", changed);
    removeEventListener("hashchange", changed);
  };
}
