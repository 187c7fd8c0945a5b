import { readFileSync } from "node:fs";
import { Copy, DockerfileParser, JSONInstruction, PropertyInstruction } from "dockerfile-ast";

/** An instruction that changes what the image holds, or how its processes run. */
export interface Step {
  keyword: string;
  /** As written behind the keyword and its flags; continued lines are joined. */
  text: string;
  /** The words, of the JSON form without its signs. */
  words: string[];
  /** `--name=value`. */
  flags: Record<string, string>;
  /** The command of a `HEALTHCHECK`. */
  check: string[];
}

export interface Stage {
  name: string;
  /** Another stage's name, or an image's. */
  from: string;
  steps: Step[];
}

/** The stages of a Dockerfile in their order, with the variables of its head filled in. */
export function readDockerfile(path: string): Stage[] {
  const file = DockerfileParser.parse(readFileSync(path, "utf8"));
  const head = new Map(
    file.getInitialARGs().map((arg) => {
      const property = arg.getProperty();
      return [property?.getName() ?? "", property?.getValue() ?? ""];
    }),
  );
  const fill = (text: string): string =>
    text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => head.get(name) ?? whole);
  const stages: Stage[] = [];
  for (const instruction of file.getInstructions()) {
    const step = stepOf(instruction);
    if (step.keyword === "FROM") {
      const [from = "", , name = ""] = step.words;
      stages.push({ name, from: fill(from), steps: [] });
    } else stages.at(-1)?.steps.push(step);
  }
  return stages;
}

/** The properties of `ENV` and `LABEL`. */
export function propertiesOf(step: Step): Record<string, string> {
  const [instruction] = DockerfileParser.parse(`${step.keyword} ${step.text}`).getInstructions();
  if (!(instruction instanceof PropertyInstruction)) return {};
  return Object.fromEntries(
    instruction.getProperties().map((property) => [property.getName(), property.getValue() ?? ""]),
  );
}

type Instruction = ReturnType<ReturnType<typeof DockerfileParser.parse>["getInstructions"]>[number];

function stepOf(instruction: Instruction): Step {
  const json = instruction instanceof JSONInstruction ? instruction.getJSONStrings() : [];
  const flags =
    instruction instanceof JSONInstruction || instruction instanceof Copy
      ? instruction.getFlags()
      : [];
  const words = instruction.getArguments().map((word) => word.getValue());
  return {
    keyword: instruction.getKeyword(),
    text: (instruction.getRawArgumentsContent() ?? "").replaceAll(/\\\n\s*/g, " "),
    words: json.length > 0 ? json.map((word) => word.getJSONValue()) : words,
    flags: Object.fromEntries(flags.map((flag) => [flag.getName(), flag.getValue() ?? ""])),
    check: instruction.getKeyword() === "HEALTHCHECK" ? checkOf(instruction) : [],
  };
}

/** A `HEALTHCHECK` holds a `CMD`, which is an instruction again. */
function checkOf(instruction: Instruction): string[] {
  const inner = /\bCMD .*/s.exec(instruction.getRawArgumentsContent() ?? "")?.[0] ?? "";
  const [command] = DockerfileParser.parse(inner).getInstructions();
  return command === undefined ? [] : stepOf(command).words;
}
