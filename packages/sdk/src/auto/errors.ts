import { listen } from "../instruments/listen.js";
import { type Stop, together } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

export interface ErrorsOptions {
  /** Also tells of images, scripts, styles and media that could not be loaded. @default false */
  resources?: boolean;
}

/** Past this a page tells nothing new, and one that fails in a loop would drown the rest. */
const MOST = 10;
const FRAME = /([\w-]+:\/\/[^\s()]+?):(\d+):(\d+)/;
/** Engines quote names after these words, and values of any kind elsewhere. */
const QUOTED = /(reading|evaluating|property) (["'`])[^"'`]*\2|(^|\W)(["'`])([^]*\4|[^]*)/g;

/**
 * Tracks `js_error` for what no code has caught, each failure once and at most ten a page:
 * `kind`: `error`, `rejection` (of a promise), `foreign` (in a script of another origin loaded
 * without CORS, of which browsers tell nothing more) or `resource`; `message`, without quoted
 * values, long numbers and queries of addresses, for a resource its element's name; `source`,
 * `line` and `column` in the script. Extensions of the browser are left out.
 *
 * @returns a function that stops it.
 */
export function errors(tag: Tracker, options: ErrorsOptions = {}): Stop {
  const told = new Set<string>();

  function tell(kind: string, text: string, file: string, line?: number, column?: number): void {
    if (file.includes("-extension:")) return;
    const source = file.replace(location.origin, "").replace(/[?#][^]*/, "");
    const properties = {
      kind,
      message: scrub(text),
      // An inline script has the address of its page, and data has no name.
      ...((line ? /\.\w?[jt]sx?$/ : /\.\w+$/).test(source) && { source }),
      ...(line && { line, column }),
    };
    const same = JSON.stringify(properties);
    if (told.size >= MOST || told.has(same)) return;
    told.add(same);
    tag.track("js_error", properties);
  }

  function failed(event: Event): void {
    // Of an element, or of the window, which has no name.
    const { localName, src, href }: { [field: string]: string | undefined } = Object(event.target);
    if (event instanceof ErrorEvent) {
      const { message, filename, lineno, colno } = event;
      tell(message === "Script error." ? "foreign" : "error", message, filename, lineno, colno);
    } else if (options.resources && localName) tell("resource", localName, src ?? href ?? "");
  }

  function rejected(event: PromiseRejectionEvent): void {
    const reason: unknown = event.reason;
    const [, file = "", line, column] = FRAME.exec(Object(reason).stack) ?? [];
    tell("rejection", String(reason), file, Number(line), Number(column));
  }

  return together(listen("error", failed), listen("unhandledrejection", rejected));
}

function scrub(text: string): string {
  return text
    .slice(0, 500)
    .replace(/^Uncaught /, "")
    .replace(/(\/[^\s?#]*)[?#][^\s)]*/g, "$1")
    .replace(QUOTED, (all: string, word?: string, _?: string, before?: string) =>
      word ? all : `${before}…`,
    )
    .replace(/\d{5,}/g, "…");
}
