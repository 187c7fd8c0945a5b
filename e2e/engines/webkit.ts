import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { until } from "../../packages/collector/dist/testing/until.js";
import { makeFolder } from "../support/folder.js";
import { environment } from "../support/run.js";
import type { Engine, Tab } from "./engine.js";
import { startForwarder } from "./forwarder.js";
import { type Command, webDriver } from "./webdriver.js";

const PATIENCE = 20_000;

interface Programs {
  driver: string;
  browser: string;
  screen: string;
}

/**
 * WebKitGTK's small browser on a screen that nobody sees, over the W3C's WebDriver. On a busy machine
 * its driver may wait for ever for a browser that it has started; the next one comes.
 */
export function launchWebKit(programs: Programs): Promise<Engine> {
  return launch(programs).catch(() => launch(programs));
}

async function launch(programs: Programs): Promise<Engine> {
  const ends: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    const session = await start(programs, ends);
    const first = await session<string>("GET", "/window");
    return { newTab: () => newTab(session, first), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts all that a session needs; how each part ends is put into `ends`. */
async function start(programs: Programs, ends: (() => unknown)[]): Promise<Command> {
  const home = makeFolder();
  ends.push(home.remove);
  const forwarder = await startForwarder();
  ends.push(forwarder.close);
  const display = await startScreen(programs.screen, ends);
  const command = await startDriver(programs.driver, { HOME: home.path, DISPLAY: display }, ends);
  const session = await startSession(command, programs.browser, forwarder.address);
  ends.push(() => session("DELETE", ""));
  return session;
}

/** The display's number comes over a pipe of its own, once it can be used. */
async function startScreen(program: string, ends: (() => unknown)[]): Promise<string> {
  const args = ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  ends.push(() => end(child));
  let said = "";
  child.stdio[3]?.on("data", (bytes) => (said += String(bytes)));
  await until(() => said.endsWith("\n") || child.exitCode !== null, PATIENCE);
  if (said === "") throw new Error(`${program} ended at its start`);
  return `:${said.trim()}`;
}

async function startDriver(
  program: string,
  settings: Readonly<Record<string, string>>,
  ends: (() => unknown)[],
): Promise<Command> {
  const port = await freePort();
  const child = spawn(program, [`--port=${port}`], {
    env: environment(settings),
    stdio: "ignore",
  });
  ends.push(() => end(child));
  const command = webDriver(`http://127.0.0.1:${port}`);
  const ready = (): Promise<boolean> =>
    command("GET", "/status").then(
      () => true,
      () => false,
    );
  await until(ready, PATIENCE);
  return command;
}

/** Commands to one session, by their path below it. */
async function startSession(command: Command, binary: string, proxy: string): Promise<Command> {
  const { sessionId } = await command<{ sessionId: string }>("POST", "/session", {
    capabilities: {
      alwaysMatch: {
        "webkitgtk:browserOptions": { binary, args: ["--automation"] },
        proxy: { proxyType: "manual", httpProxy: proxy, noProxy: ["127.0.0.1"] },
      },
    },
  });
  return (method, path, body) => command(method, `/session/${sessionId}${path}`, body);
}

/** A window of its own: a tab behind another would be hidden from its start on. */
async function newTab(session: Command, first: string): Promise<Tab> {
  // The window of before may be closed.
  await session("POST", "/window", { handle: first });
  const { handle } = await session<{ handle: string }>("POST", "/window/new", { type: "window" });
  const here: Command = async (method, path, body) => {
    await session("POST", "/window", { handle });
    return session(method, path, body);
  };
  return {
    open: (url) => here("POST", "/url", { url }),
    evaluate: (run, ...args) =>
      here("POST", "/execute/sync", {
        script: `return (${String(run)}).apply(null, arguments)`,
        args,
      }),
    screenshot: () => here("GET", "/screenshot"),
    close: () => here("DELETE", "/window"),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
