/** How the questions of a page are set. */
export interface Cards {
  /** Parameters that differ from their defaults, as typed: `question.parameter` → text. */
  own: Readonly<Record<string, string>>;
  /** Names of the questions that are shown as tables. */
  tables: readonly string[];
}

const OWN = /^[a-z]\w{0,63}\.\w{1,64}$/;

export function writeCards({ own, tables }: Cards, search: URLSearchParams): void {
  for (const [name, value] of Object.entries(own)) search.set(name, value);
  for (const name of tables) search.append("table", name);
}

export function readCards(search: URLSearchParams): Cards {
  return {
    own: Object.fromEntries([...search].filter(([name]) => OWN.test(name))),
    tables: search.getAll("table"),
  };
}
