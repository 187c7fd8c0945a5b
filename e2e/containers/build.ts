import { spawn } from "node:child_process";
import { cpSync, lchownSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { contextOf } from "./context.js";
import { propertiesOf, readDockerfile, type Stage, type Step } from "./dockerfile.js";

/** What the steps of a Dockerfile made: a folder that stands for `/`, and how to run what is in it. */
export interface Image {
  root: string;
  env: Record<string, string>;
  user: string;
  workdir: string;
  entrypoint: string[];
  command: string[];
  healthcheck: string[];
  stopSignal: string;
  volumes: string[];
}

/**
 * Runs the steps of a Dockerfile as commands, every stage in a folder of its own below `folder`,
 * without a container engine. Commands must not name absolute paths: they would leave the folder.
 */
export class Builder {
  private readonly stages: Stage[];
  private readonly images = new Map<string, Promise<Image>>();

  constructor(
    private readonly context: string,
    private readonly folder: string,
  ) {
    this.stages = readDockerfile(join(context, "Dockerfile"));
  }

  /** Builds a stage and those that it stands on; each is built once. */
  build(name: string): Promise<Image> {
    const known = this.images.get(name);
    if (known !== undefined) return known;
    const image = this.make(name);
    this.images.set(name, image);
    return image;
  }

  private async make(name: string): Promise<Image> {
    const stage = this.stages.find((one) => one.name === name);
    if (stage === undefined) throw new Error(`the Dockerfile has no stage ${name}`);
    const image = await this.base(stage);
    for (const step of stage.steps) await this.take(step, image);
    return image;
  }

  private async base({ name, from, steps }: Stage): Promise<Image> {
    const root = join(this.folder, name);
    if (!this.stages.some((stage) => stage.name === from)) {
      mkdirSync(join(root, "usr/local/bin"), { recursive: true });
      cpSync(process.execPath, join(root, "usr/local/bin/node"));
      return { ...EMPTY, env: {}, root };
    }
    const below = await this.build(from);
    // A stage of commands alone adds to the folder below it, and none else reads what it adds.
    if (steps.every(({ keyword }) => keyword === "RUN")) return below;
    cpSync(below.root, root, { recursive: true, verbatimSymlinks: true });
    for (const volume of below.volumes) own(join(root, volume), ownerOf(join(below.root, volume)));
    return { ...below, env: { ...below.env }, root };
  }

  private async take(step: Step, image: Image): Promise<void> {
    switch (step.keyword) {
      case "ENV":
        Object.assign(image.env, propertiesOf(step));
        return;
      case "WORKDIR":
        image.workdir = step.text;
        mkdirSync(join(image.root, step.text), { recursive: true });
        return;
      case "COPY":
        return this.copy(step, image);
      case "RUN":
        return run(step.text, image);
      case "USER":
        image.user = step.text;
        return;
      case "VOLUME":
        image.volumes = [...image.volumes, ...step.words];
        return;
      case "ENTRYPOINT":
        image.entrypoint = step.words;
        return;
      case "CMD":
        image.command = step.words;
        return;
      case "HEALTHCHECK":
        image.healthcheck = step.check;
        return;
      case "STOPSIGNAL":
        image.stopSignal = step.text;
        return;
      case "LABEL":
      case "EXPOSE":
        return;
      default:
        throw new Error(`a Dockerfile's ${step.keyword} is not known here: add it`);
    }
  }

  private async copy({ words, flags }: Step, image: Image): Promise<void> {
    const sources = words.slice(0, -1);
    const last = words.at(-1) ?? "";
    const target = join(image.root, last.startsWith("/") ? last : join(image.workdir, last));
    const from = flags["from"] === undefined ? undefined : await this.build(flags["from"]);
    for (const source of sources) {
      const to = last.endsWith("/") ? join(target, basename(source)) : target;
      if (from === undefined) contextOf(this.context).copy(source, to);
      else cpSync(join(from.root, source), to, { recursive: true, verbatimSymlinks: true });
      if (flags["chown"] !== undefined) own(to, flags["chown"]);
    }
  }
}

/** Only root may give files away. */
function own(path: string, user: string): void {
  if (process.getuid?.() !== 0) return;
  const below = readdirSync(path, { recursive: true, encoding: "utf8" });
  for (const file of [path, ...below.map((name) => join(path, name))])
    lchownSync(file, ...idsOf(user));
}

function ownerOf(path: string): string {
  const { uid, gid } = statSync(path);
  return `${uid}:${gid}`;
}

/** Numbers of user and group. */
export function idsOf(user: string): [number, number] {
  const [uid = 0, gid = 0] = user.split(":").map(Number);
  return [uid, gid];
}

const EMPTY: Omit<Image, "root" | "env"> = {
  user: "0:0",
  workdir: "/",
  entrypoint: [],
  command: [],
  healthcheck: [],
  stopSignal: "SIGTERM",
  volumes: [],
};

/** Milliseconds; a step that takes longer hangs. */
const PATIENCE = 120_000;

/** Tools that a step installs for all go below the root, too. */
async function run(command: string, image: Image): Promise<void> {
  if (/(^|[\s"'=])\/\w/.test(command)) throw new Error(`an absolute path in RUN ${command}`);
  const child = spawn("/bin/sh", ["-e", "-c", command], {
    cwd: join(image.root, image.workdir),
    env: {
      PATH: `${join(image.root, "usr/local/bin")}:${process.env["PATH"]}`,
      HOME: process.env["HOME"],
      NODE_EXTRA_CA_CERTS: process.env["NODE_EXTRA_CA_CERTS"],
      NPM_CONFIG_PREFIX: join(image.root, "usr/local"),
      NPM_CONFIG_STORE_DIR: store(),
      ...image.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: PATIENCE,
    killSignal: "SIGKILL",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes) => (output += String(bytes)));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`RUN ${command} ended with ${String(code)}:\n${output}`);
}

/** Where the workspace's packages came from, so that none is downloaded again. */
function store(): string {
  const modules = join(import.meta.dirname, "../../node_modules/.modules.yaml");
  // pnpm's own file.
  return (parse(readFileSync(modules, "utf8")) as { storeDir: string }).storeDir;
}
