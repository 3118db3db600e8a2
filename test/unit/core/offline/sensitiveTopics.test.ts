import { expect, it } from "vitest";
import { sensitiveTopics } from "../../../../src/core/offline/sensitiveTopics.ts";

const importing = (source: string) => ({ imports: [{ source, names: [], used: [], members: [] }], free: [] });

it.each([
  ["node:crypto", "crypto"],
  ["crypto/sha256", "crypto"],
  ["javax.crypto.Cipher", "crypto"],
  ["jsonwebtoken", "crypto"],
  ["child_process", "processes"],
  ["os/exec", "processes"],
  ["better-sqlite3", "SQL"],
  ["database/sql", "SQL"],
  ["pickle", "deserialization"],
  ["passport-local", "authentication"],
])("knows %s", (source, topic) => {
  expect(sensitiveTopics(importing(source))).toEqual([topic]);
});

it.each(["./cryptogram", "react", "fs", "pgn-parser", "./processes", "java.util.List"])("passes over %s", (source) => {
  expect(sensitiveTopics(importing(source))).toEqual([]);
});

it("knows what is used without being imported, and names each once", () => {
  expect(sensitiveTopics({ ...importing("crypto"), free: ["eval", "SubtleCrypto"] })).toEqual([
    "crypto",
    "dynamic code",
  ]);
});
