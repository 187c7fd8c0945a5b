import { useEffect, useRef, useState } from "preact/hooks";

/** How far below the window something is asked for already. */
const AHEAD = "300px";

/** Tells once an element has come near the window: what nobody scrolls to is not asked. */
export function useInView<E extends Element>() {
  const element = useRef<E>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (target === null || seen) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: AHEAD },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [seen]);
  return [element, seen] as const;
}
