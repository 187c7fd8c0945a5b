import { makeFolder } from "../support/folder.js";
import { type App, type Hear, saying } from "./app.js";
import { end, startProgram } from "./program.js";
import { startScreen } from "./screen.js";

/**
 * An app with WebKitGTK's webview. `withReply`: what the page says is answered by the promise of
 * its call (as `WKScriptMessageHandlerWithReply` does), else by evaluating.
 */
export async function startWebKit(
  { python, screen: xvfb }: { python: string; screen: string },
  withReply: boolean,
): Promise<App> {
  const home = makeFolder();
  const screen = await startScreen(xvfb);
  let hear: Hear = async () => undefined;
  const settings = { HOME: home.path, DISPLAY: screen.display, GDK_BACKEND: "x11" };
  const args = [home.path, ...(withReply ? ["--with-reply"] : [])];
  const program = startProgram(python, args, settings, (text, reply) => void answer(text, reply));

  async function answer(text: string, reply: number | undefined): Promise<void> {
    const message = await hear(text);
    if (reply !== undefined) {
      program.order({ do: "reply", number: reply, text: JSON.stringify(message ?? null) });
      // The page may be gone by now.
    } else if (message) await program.evaluate(saying(message)).catch(() => undefined);
  }

  const ordered = async (event: "loaded" | "killed", order: object): Promise<void> => {
    const happened = program.next(event);
    program.order(order);
    await happened;
  };
  await program.next("started");
  return {
    listen: (to) => void (hear = to),
    open: (url) => ordered("loaded", { do: "open", url }),
    inject: async (script) => program.order({ do: "inject", script }),
    evaluate: program.evaluate,
    say: (message) => program.evaluate(saying(message)),
    kill: () => ordered("killed", { do: "kill" }),
    async close() {
      await program.end();
      await end(screen.process, () => screen.process.kill("SIGTERM"));
      home.remove();
    },
  };
}
