import { useEffect, useRef } from "react";

/**
 * Runs once for each change of `key`. StrictMode runs effects twice, and keeps refs between the
 * two, so what is counted here is counted once there too.
 */
export function useOnce(key: string, run: () => void, useWhen = useEffect): void {
  const last = useRef<string>(undefined);
  useWhen(() => {
    if (last.current === key) return;
    last.current = key;
    run();
  });
}
