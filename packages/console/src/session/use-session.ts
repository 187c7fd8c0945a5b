import { useMemo, useState } from "preact/hooks";
import { createClient, type Ask } from "../api/client.js";
import { QueryFailure } from "../api/failure.js";
import { createQuestions, type Questions } from "../api/questions.js";
import { createKeyStore } from "./key-store.js";

export interface Session {
  /** Null while no key is known. */
  access: { ask: Ask; questions: Questions } | null;
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
      access: key === null ? null : accessWith(key, () => leave(true)),
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

function accessWith(key: string, onRefused: () => void): { ask: Ask; questions: Questions } {
  const watched = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof QueryFailure && error.status === 401) onRefused();
      throw error;
    }
  };
  const ask = createClient(key, fetch);
  const { list, ask: askAny } = createQuestions(key, fetch);
  return {
    ask: (name, parameters, signal) => watched(ask(name, parameters, signal)),
    questions: {
      list: (signal) => watched(list(signal)),
      ask: (name, parameters, signal) => watched(askAny(name, parameters, signal)),
    },
  };
}
