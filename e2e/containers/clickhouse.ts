import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { until } from "../../packages/collector/dist/testing/until.js";

const ENTRY = join(import.meta.dirname, "../../packages/collector/src/store/testing/server.ts");

/** An account such as ClickHouse's own users.xml has it: of this machine alone, without a password. */
const ACCOUNT =
  "<password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>";

/**
 * A real ClickHouse with our files laid over a configuration like the image's. It is run as
 * `clickhouse local`, which itself takes the account "default", so ours is called `owner` here.
 *
 * @returns its address
 */
export async function startConfigured(folder: string, deploy: string): Promise<string> {
  for (const name of ["config.d", "users.d"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(
    join(folder, "config.xml"),
    `<clickhouse><users_config>users.xml</users_config><mysql_port>9004</mysql_port>
     <logger><level>trace</level><log>/var/log/clickhouse-server/clickhouse-server.log</log></logger>
     <query_log><database>system</database><table>query_log</table></query_log>
     <trace_log><database>system</database><table>trace_log</table></trace_log></clickhouse>`,
  );
  writeFileSync(
    join(folder, "users.xml"),
    `<clickhouse><profiles><default/></profiles><quotas><default/></quotas>
     <users><default>${ACCOUNT}</default><owner>${ACCOUNT}</owner></users></clickhouse>`,
  );
  cpSync(join(deploy, "config.xml"), join(folder, "config.d/balise.xml"));
  const users = readFileSync(join(deploy, "users.xml"), "utf8");
  writeFileSync(
    join(folder, "users.d/balise.xml"),
    users.replace(/<users>.*<\/users>/s, (part) =>
      part
        .replaceAll(/(<\/?)default>/g, "$1owner>")
        .replace("<profile>owner>", "<profile>default>"),
    ),
  );
  const [http, tcp] = [await freePort(), await freePort()];
  const server = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      ENTRY,
      `--config-file=${join(folder, "config.xml")}`,
      `--path=${join(folder, "data")}`,
      "--listen_host=127.0.0.1",
      `--tcp_port=${tcp}`,
      `--http_port=${http}`,
    ],
    {
      // tsx and the engine are the collector's.
      cwd: join(ENTRY, ".."),
      env: { PATH: process.env["PATH"], CLICKHOUSE_PASSWORD: PASSWORD },
      stdio: "ignore",
    },
  );
  onTestFinished(async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGKILL");
    await once(server, "exit");
  });
  const url = `http://127.0.0.1:${http}`;
  const answers = (): Promise<boolean> =>
    fetch(`${url}/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(answers, 60_000);
  return url;
}

/** Of the account `owner`. */
export const PASSWORD = "of-the-compose-test";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await once(server.close(), "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
