/** What an app gives back to the page for what the page said; undefined says nothing. */
export type Hear = (text: string) => Promise<object | undefined>;

/** An app around a webview. */
export interface App {
  /** From now on what the page says goes there; the app starts out deaf. */
  listen: (hear: Hear) => void;
  /** Resolves when the page has loaded. */
  open: (url: string) => Promise<void>;
  /** Runs this in each page before its own scripts, from the next one on. */
  inject: (script: string) => Promise<void>;
  /** The value of an expression in the page. */
  evaluate: (expression: string) => Promise<unknown>;
  /** Says a message to the page; gives back what the page thought of it. */
  say: (message: object) => Promise<unknown>;
  /** The page's process is gone at once. */
  kill: () => Promise<void>;
  close: () => Promise<void>;
}

/** What an app evaluates to say a message: JSON within JSON is a text of JavaScript. */
export function saying(message: object): string {
  return `window.baliseReceive && baliseReceive(${JSON.stringify(JSON.stringify(message))})`;
}
