const NAME = "balise.readKey";

/** Where the read key is kept: for this tab, or on this device when the user asks for it. */
export interface KeyStore {
  load: () => string | null;
  keep: (key: string, remember: boolean) => void;
  forget: () => void;
}

/** Storage may be refused by the browser: then the key lives as long as the page. */
export function createKeyStore(tab: () => Storage, device: () => Storage): KeyStore {
  const forget = (): void => {
    quietly(() => tab().removeItem(NAME));
    quietly(() => device().removeItem(NAME));
  };
  return {
    load: () => quietly(() => tab().getItem(NAME)) ?? quietly(() => device().getItem(NAME)),
    keep(key, remember) {
      forget();
      quietly(() => (remember ? device() : tab()).setItem(NAME, key));
    },
    forget,
  };
}

function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
