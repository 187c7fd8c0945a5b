import { useMemo, useState } from "preact/hooks";
import { createClient, type Ask } from "../api/client.js";
import { QueryFailure } from "../api/failure.js";
import { createKeyStore } from "./key-store.js";

export interface Session {
  /** Null while no key is known. */
  ask: Ask | null;
  /** The key that was in use has just been refused. */
  ended: boolean;
  open: (key: string, remember: boolean) => void;
  close: () => void;
}

const store = createKeyStore(
  () => sessionStorage,
  () => localStorage,
);

/** The read key for the life of the page. A key that the collector refuses is forgotten. */
export function useSession(): Session {
  const [key, setKey] = useState(() => store.load());
  const [ended, setEnded] = useState(false);
  return useMemo(() => {
    const leave = (refused: boolean): void => {
      store.forget();
      setEnded(refused);
      setKey(null);
    };
    return {
      ask: key === null ? null : guarded(createClient(key, fetch), () => leave(true)),
      ended,
      open(next, remember) {
        store.keep(next, remember);
        setEnded(false);
        setKey(next);
      },
      close: () => leave(false),
    };
  }, [key, ended]);
}

function guarded(ask: Ask, onRefused: () => void): Ask {
  return async (name, parameters, signal) => {
    try {
      return await ask(name, parameters, signal);
    } catch (error) {
      if (error instanceof QueryFailure && error.status === 401) onRefused();
      throw error;
    }
  };
}
