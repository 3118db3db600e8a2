import { systemIo } from "./io.ts";
import { quietWarnings } from "./quietWarnings.ts";
import { runCli } from "./runCli.ts";

/** Long enough for what ends by itself, too short for a person to notice that something did not. */
const LINGER_MS = 500;

/** The command line as a process: everything is written when `runCli` resolves. */
export async function runProcess(): Promise<void> {
  quietWarnings(process);
  const status = await runCli(process.argv.slice(2), systemIo());
  process.exitCode = status;
  setTimeout(() => process.exit(status), LINGER_MS).unref();
}
