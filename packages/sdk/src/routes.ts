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
  const restore = (["pushState", "replaceState"] as const).map((name) => {
    const original = history[name];
    const patched: History["pushState"] = function (this: History, ...args) {
      original.apply(this, args);
      changed();
    };
    history[name] = patched;
    // Others may have wrapped it since; theirs stays.
    return () => history[name] === patched && (history[name] = original);
  });
  window.addEventListener("popstate", changed);
  window.addEventListener("hashchange", changed);
  return () => {
    for (const undo of restore) undo();
    window.removeEventListener("popstate", changed);
    window.removeEventListener("hashchange", changed);
  };
}
