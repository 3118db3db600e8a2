/** What the offline engine's answers depend on besides the file: part of the key under which they are stored. */
import { hash } from "node:crypto";
import { readRuleAsset } from "./ruleAsset.ts";

/** Raise it whenever code or grammars change what is found: rules' own texts are hashed. */
const ENGINE_VERSION = "13";

let version: string | undefined;

/** Read once per thread; about a millisecond. */
export function offlineVersion(): string {
  return (version ??= `${ENGINE_VERSION}-${hash("sha256", readRuleAsset(), "hex").slice(0, 16)}`);
}
