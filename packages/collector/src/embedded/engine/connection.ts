import { randomUUID } from "node:crypto";
import type { ChdbQueryStream, ChdbResult, Session } from "chdb";
import { quoteIdentifier, quoteString } from "../sql/quote.js";
import type { Engine } from "./engine.js";

/** What one statement wants of its connection. */
export interface Context {
  database: string;
  settings: ReadonlyMap<string, string>;
  params: ReadonlyMap<string, string>;
}

/** A chDB connection that carries nothing over from one statement to the next. */
export interface Connection {
  /**
   * Puts the connection into exactly this context. `text` is the statement to come: a connection that still
   * knows the value of a parameter that `text` names, but the request does not give, is replaced.
   */
  prepare(context: Context, text: string): Promise<void>;
  run(text: string, format?: string): Promise<ChdbResult>;
  stream(text: string, format: string): ChdbQueryStream;
  /** Cancels the statement that runs, again and again until the returned function is called: a first try can come too early. */
  kill(): () => void;
  /** Forces a fresh connection for the next statement. */
  spoil(): void;
  close(): void;
}

interface Live {
  session: Session;
  database: string;
  settings: Map<string, string>;
  params: Map<string, string>;
}

const KILL_AGAIN_MS = 100;

const set = (name: string, value: string): string => `SET ${name} = ${quoteString(value)}`;

/**
 * @param lock settings that are applied last and for good, such as `readonly = 1`: from then on the engine
 *   itself refuses every change, so another context needs another connection
 */
export function createConnection(engine: Engine, lock?: ReadonlyMap<string, string>): Connection {
  const comment = `balise-${randomUUID()}`;
  let live: Live | undefined;

  const close = () => {
    live?.session.close();
    live = undefined;
  };

  const reuse = async (current: Live, context: Context, text: string): Promise<boolean> => {
    const stale = [...current.params.keys()].some(
      (name) => !context.params.has(name) && text.includes(name),
    );
    if (stale || current.database !== context.database) return false;
    const dropped = [...current.settings.keys()].filter((name) => !context.settings.has(name));
    const changed = [...context.settings].filter(([k, v]) => current.settings.get(k) !== v);
    if (lock !== undefined) return dropped.length === 0 && changed.length === 0;
    if (dropped.length === 0) return true;
    try {
      await current.session.queryAsync(dropped.map((name) => `SET ${name} = DEFAULT`).join("; "));
    } catch {
      // A setting that locks the others, such as readonly: a fresh connection is the way out.
      return false;
    }
    for (const name of dropped) current.settings.delete(name);
    return true;
  };

  const connect = async (): Promise<Live> => {
    const session = engine.connect();
    const fresh = { session, database: "", settings: new Map(), params: new Map() };
    live = fresh;
    await session.queryAsync(set("log_comment", comment));
    return fresh;
  };

  const apply = async (current: Live, context: Context): Promise<void> => {
    const statements: string[] = [];
    const fresh = current.database === "";
    if (current.database !== context.database) {
      statements.push(`USE ${quoteIdentifier(context.database)}`);
    }
    const settings = [...context.settings].filter(([k, v]) => current.settings.get(k) !== v);
    // readonly forbids to set anything after it.
    settings.sort(([a], [b]) => Number(a === "readonly") - Number(b === "readonly"));
    statements.push(...settings.map(([name, value]) => set(name, value)));
    if (fresh && lock !== undefined) {
      statements.push(...[...lock].map(([name, value]) => set(name, value)));
    }
    for (const [name, value] of context.params) {
      if (current.params.get(name) !== value) statements.push(set(`param_${name}`, value));
    }
    if (statements.length === 0) return;
    try {
      await current.session.queryAsync(statements.join("; "));
    } catch (error) {
      close();
      throw error;
    }
    current.database = context.database;
    for (const [name, value] of context.settings) current.settings.set(name, value);
    for (const [name, value] of context.params) current.params.set(name, value);
  };

  const session = (): Session => {
    if (live === undefined)
      throw new Error("a connection must be prepared before it runs anything");
    return live.session;
  };

  return {
    prepare: async (context, text) => {
      if (live !== undefined && !(await reuse(live, context, text))) close();
      await apply(live ?? (await connect()), context);
    },
    run: (text, format = "TabSeparated") => session().queryAsync(text, { format }),
    stream: (text, format) => session().queryStream(text, { format }),
    kill: () => {
      void engine.kill(comment);
      const again = setInterval(() => void engine.kill(comment), KILL_AGAIN_MS);
      return () => clearInterval(again);
    },
    spoil: close,
    close,
  };
}
