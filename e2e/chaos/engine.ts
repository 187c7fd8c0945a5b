import { join } from "node:path";
import { type Embedded, startEmbedded } from "../../packages/collector/dist/embedded/index.js";

/** A ClickHouse of its own process, as a server is; started again at once when it was killed. */
export class Engine {
  #embedded: Embedded | undefined;
  #port = 0;

  private constructor(
    readonly folder: string,
    readonly password: string,
  ) {}

  static async start(folder: string, password: string): Promise<Engine> {
    const engine = new Engine(join(folder, "engine"), password);
    await engine.#open();
    return engine;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  pid(): number | undefined {
    return this.#embedded?.pid();
  }

  async kill(): Promise<void> {
    const embedded = this.#embedded;
    const pid = embedded?.pid();
    if (embedded === undefined || pid === undefined) return;
    process.kill(pid, "SIGKILL");
    // Its own restarts become rare when it dies often: here it is always back soon.
    await embedded.stop();
    await this.#open();
  }

  async stop(): Promise<void> {
    await this.#embedded?.stop();
  }

  async #open(): Promise<void> {
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    this.#embedded = await startEmbedded({
      dataDir: this.folder,
      port: this.#port,
      database: "balise",
      user: "default",
      password: this.password,
      readers: [],
      log: silent,
    });
    this.#port = Number(new URL(this.#embedded.url).port);
  }
}
