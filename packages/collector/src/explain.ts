/** One line for an operator: what is wrong and what to do. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  const port = "port" in error ? String(error.port) : "";
  const path = "path" in error ? ` (${String(error.path)})` : "";
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is in use: stop what uses it, or set BALISE_PORT to another (0 takes any)`;
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "ETIMEDOUT":
      return "no ClickHouse answers at CLICKHOUSE_URL: start it, or correct the address";
    case "EADDRNOTAVAIL":
      return "BALISE_HOST is not an address of this machine: set it to 127.0.0.1 or 0.0.0.0";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `the data directory cannot be written${path}: change its owner, or set BALISE_DATA_DIR`;
    case "ENOSPC":
    case "EDQUOT":
      return `the disk is full${path}: free some space, or set BALISE_DATA_DIR to another disk`;
    case "ENOTDIR":
    case "EEXIST":
      return `the data directory is not a directory${path}: set BALISE_DATA_DIR to one`;
    default:
      // ClickHouse, of its own disk.
      if (/not enough space|no space left/i.test(error.message)) {
        return `the disk of ClickHouse is full: free some space (${firstLine(error)})`;
      }
      return firstLine(error);
  }
}

function firstLine(error: Error): string {
  return error.message.split("\n")[0] ?? error.name;
}
