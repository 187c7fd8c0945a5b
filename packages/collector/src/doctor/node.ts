import { failure, type Finding, ok } from "../finding.js";

const OLDEST = [20, 19] as const;

export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const tooOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return tooOld
    ? failure("Node", version, `install Node ${OLDEST.join(".")} or newer`)
    : ok("Node", version);
}
