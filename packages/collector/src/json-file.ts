import { readFile } from "node:fs/promises";
import { z } from "zod";
import { StartError } from "./config.js";

/**
 * What a file of the operator holds.
 * @throws StartError that names the file, the place in it, its value and what is allowed.
 */
export async function readJsonFile<Value>(
  path: string,
  read: (json: unknown) => Value,
): Promise<Value> {
  let json: unknown;
  try {
    json = JSON.parse((await readFile(path, "utf8")).replace(/^\ufeff/, ""));
  } catch (error) {
    const code: unknown = Reflect.get(Object(error), "code");
    if (code === "ENOENT") throw new StartError(`there is no file ${path}: check the path`);
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(
      error instanceof SyntaxError
        ? `${path} is not JSON: ${why}`
        : `${path} cannot be read: ${why}`,
    );
  }
  try {
    return read(json);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new StartError(`${path}: ${issueOf(error, json)}`);
  }
}

function issueOf({ issues: [issue] }: z.ZodError, json: unknown): string {
  if (issue === undefined) return "it is not as it should be";
  const place = z.core.toDotPath(issue.path);
  const value = issue.path.reduce<unknown>(
    (part, key) => (typeof part === "object" && part !== null ? Reflect.get(part, key) : undefined),
    json,
  );
  const got = value === undefined ? "" : ` (got ${JSON.stringify(value).slice(0, 100)})`;
  return `${place === "" ? "" : `${place}: `}${issue.message}${got}`;
}
