import { lex } from "../../embedded/sql/lex.js";
import { type Cluster, onCluster, storedTable } from "../cluster.js";
import { replicatedSettings } from "./window.js";

/** Changes of columns, which both tables must see. */
const OF_COLUMNS = /^(ADD|DROP|MODIFY|RENAME|COMMENT) COLUMN\b/i;

/** Changes of how rows are kept, which are none of the Distributed table's business. */
const OF_STORAGE =
  /^((ADD|DROP|CLEAR|MATERIALIZE) (INDEX|PROJECTION|CONSTRAINT|STATISTICS)|(MODIFY|RESET) SETTING|(MODIFY|REMOVE|MATERIALIZE) TTL|MATERIALIZE COLUMN|MODIFY ORDER BY|DELETE|UPDATE)\b/i;

/** Words with which a command of ALTER begins; what else follows a comma goes on with the one before. */
const COMMAND =
  /^(ADD|DROP|CLEAR|MATERIALIZE|MODIFY|RESET|REMOVE|RENAME|COMMENT|DELETE|UPDATE|ATTACH|DETACH|MOVE|REPLACE|FREEZE|FETCH|ALTER)\b/i;

/**
 * The statements for what follows `ALTER TABLE`.
 * @throws Error for a command that is not known to be of columns or of storage.
 */
export function alterOnCluster(rest: string, cluster: Cluster): string[] {
  const [, name = "", text = ""] = /^\s*(\w+)\s+([\s\S]*)$/.exec(rest) ?? [];
  const commands = commandsOf(text);
  for (const command of commands) {
    if (!OF_COLUMNS.test(command) && !OF_STORAGE.test(command)) {
      throw new Error(
        `a cluster cannot take ALTER TABLE ${name} ${command.slice(0, 60)}: only columns, indexes, projections, constraints, settings and TTLs are changed`,
      );
    }
  }
  const alter = (table: string, list: readonly string[]): string =>
    `ALTER TABLE ${table}${onCluster(cluster)} ${list.join(", ")}`;
  const columns = commands.filter((command) => OF_COLUMNS.test(command));
  const stored = alter(storedTable(name, cluster), commands.map(replicatedSettings));
  if (columns.length === 0) return [stored];
  // The Distributed table never asks for a column that its shards do not have.
  const drops = columns.every((command) => /^DROP\b/i.test(command));
  return drops ? [alter(name, columns), stored] : [stored, alter(name, columns)];
}

function commandsOf(text: string): string[] {
  const commands: string[] = [];
  let from = 0;
  for (const token of lex(text)) {
    const ends = token.text === "," && token.depth === 0;
    if (!ends || !COMMAND.test(text.slice(token.end).trimStart())) continue;
    commands.push(text.slice(from, token.start).trim());
    from = token.end;
  }
  return [...commands, text.slice(from).trim()];
}
