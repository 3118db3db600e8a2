/**
 * The simulator as a process: prints `{url,key,model}` as one line of JSON when it listens, and its bill as another
 * when it is told to end by SIGTERM or SIGINT.
 */
import { createWriteStream, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createProviderSimulator } from "./providerSimulator.ts";
import { settingsPatch } from "./options.ts";
import type { SimulatorOptions } from "./options.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    key: { type: "string" },
    model: { type: "string", multiple: true },
    cache: { type: "string" },
    "first-token-ms": { type: "string" },
    "tokens-per-second": { type: "string" },
    "total-ms": { type: "string" },
    "time-scale": { type: "string" },
    "reply-tokens": { type: "string" },
    "max-concurrent": { type: "string" },
    "requests-per-minute": { type: "string" },
    "tokens-per-minute": { type: "string" },
    "credit-usd": { type: "string" },
    /** A JSON file with any of the settings, the faults among them. */
    config: { type: "string" },
    /** One line of JSON for each request as it ends, bodies left out. */
    log: { type: "string" },
  },
});

const numbers = {
  firstTokenMs: values["first-token-ms"],
  tokensPerSecond: values["tokens-per-second"],
  totalMs: values["total-ms"],
  timeScale: values["time-scale"],
  replyTokens: values["reply-tokens"],
  maxConcurrent: values["max-concurrent"],
  requestsPerMinute: values["requests-per-minute"],
  tokensPerMinute: values["tokens-per-minute"],
  creditUsd: values["credit-usd"],
};

function settingsFromArguments(): SimulatorOptions {
  const given = Object.entries(numbers).filter(([, text]) => text !== undefined);
  return settingsPatch({
    ...(values.config === undefined ? {} : (JSON.parse(readFileSync(values.config, "utf8")) as object)),
    ...(values.key === undefined ? {} : { key: values.key }),
    ...(values.model === undefined ? {} : { models: values.model }),
    ...(values.cache === undefined ? {} : { cache: values.cache }),
    ...Object.fromEntries(given.map(([name, text]) => [name, numberOf(name, text ?? "")])),
  });
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) throw new TypeError(`${name}: not a number: ${text}`);
  return value;
}

const logStream = values.log === undefined ? null : createWriteStream(values.log, { flags: "a" });
const simulator = await createProviderSimulator({
  ...settingsFromArguments(),
  port: numberOf("port", values.port),
  onRequestEnd: logStream && ((record) => logStream.write(`${JSON.stringify({ ...record, body: undefined })}\n`)),
});

const print = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);
print({ url: simulator.url, key: simulator.key, model: simulator.model });

const end = async () => {
  await simulator.stop();
  print(simulator.bill());
  logStream?.end();
};
process.once("SIGTERM", () => void end());
process.once("SIGINT", () => void end());
