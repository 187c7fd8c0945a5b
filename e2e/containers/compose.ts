import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const service = z.object({
  image: z.string(),
  build: z.object({ context: z.string(), target: z.string() }).optional(),
  user: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  volumes: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  restart: z.string(),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  deploy: z.object({
    resources: z.object({
      limits: z.object({ memory: z.string(), pids: z.number() }),
    }),
  }),
});

const compose = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
  volumes: z.record(z.string(), z.null()),
});

/** What our docker-compose.yml says, with `variables` filled in as `docker compose` does. */
export function readCompose(
  path: string,
  variables: Readonly<Record<string, string>>,
): z.infer<typeof compose> {
  const fill = (text: string): string =>
    text.replaceAll(VARIABLE, (_, name, sign, word) => {
      const value = variables[name] ?? "";
      if (value !== "") return value;
      if (sign === ":?") throw new Error(`${name}: ${word}`);
      return word;
    });
  const filled: unknown = parse(
    readFileSync(path, "utf8"),
    (_, value: unknown) => (typeof value === "string" ? fill(value) : value),
    { merge: true },
  );
  return compose.parse(filled);
}

const VARIABLE = /\$\{(\w+)(:[?-])([^}]*)\}/g;

/** The variables of a compose file, with what stands for each that is empty. */
export function variablesOf(path: string): { name: string; needed: boolean; otherwise: string }[] {
  return [...readFileSync(path, "utf8").matchAll(VARIABLE)].map(
    ([, name = "", sign = "", otherwise = ""]) => ({ name, needed: sign === ":?", otherwise }),
  );
}
