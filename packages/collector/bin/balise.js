#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `balise: Node ${process.versions.node} is too old: install Node 20.19 or newer\n`,
  );
  process.exit(1);
}
await import("../dist/cli/main.js");
