#!/usr/bin/env node
// Only wires. Nothing is imported before the version is known to do: an older Node fails to load the rest.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 15)) {
  process.stderr.write(`onceover needs Node 22.15 or later; this is ${process.version}. Install a newer one.\n`);
  process.exitCode = 2;
} else {
  const { runProcess } = await import("./runProcess.ts");
  await runProcess();
}
