/** A folder that several machines see (a network drive, a cache that a build server keeps) as the team's tier. */
import { randomBytes } from "node:crypto";
import { access, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import pLimit from "p-limit";
import { OnceoverError } from "../../shared/errors.ts";
import type { TeamTier } from "../ports.ts";
import { sha256 } from "../review/keys.ts";
import { MAX_ENTRY_BYTES } from "./teamEntry.ts";

/**
 * A drive that has gone away holds its callers for minutes. Node has four threads for files and for host names: one is
 * left over.
 */
const AT_ONCE = 3;

/** @param folder absolute; it is not made, so that a drive that is not there is noticed */
export function createTeamFolder(folder: string): TeamTier {
  const limit = pLimit(AT_ONCE);
  return {
    async find(keys, signal) {
      await present(folder);
      const found = new Map<string, Uint8Array>();
      const read = async (key: string) => {
        if (signal?.aborted) return;
        const entry = await readEntry(entryOf(folder, key)).catch(noneThere);
        if (entry) found.set(key, entry);
      };
      await Promise.all([...new Set(keys)].map((key) => limit(read, key)));
      return found;
    },
    save: (key, entry) => limit(() => write(folder, key, entry)),
  };
}

/** undefined: what lies there is no entry. */
async function readEntry(file: string): Promise<Uint8Array | undefined> {
  const stats = await stat(file);
  return stats.isFile() && stats.size <= MAX_ENTRY_BYTES ? readFile(file) : undefined;
}

/** Whoever reads it meanwhile sees all of it or nothing. */
async function write(folder: string, key: string, entry: Uint8Array): Promise<void> {
  await present(folder);
  const file = entryOf(folder, key);
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(draft, entry, { flag: "wx" });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw failed(error as NodeJS.ErrnoException);
  }
}

/** Keys are hashed once more: whatever they are, they cannot name another place. */
function entryOf(folder: string, key: string): string {
  const name = sha256(key);
  return path.join(folder, "onceover-1", name.slice(0, 2), name.slice(2));
}

function noneThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw failed(error);
}

async function present(folder: string): Promise<void> {
  await access(folder).catch((error: NodeJS.ErrnoException) => {
    throw failed(error);
  });
}

/** Without the path, which may say whose machine it is. */
function failed({ code }: NodeJS.ErrnoException): OnceoverError {
  const problem = code === "ENOENT" ? "is not there" : `cannot be used (${code})`;
  return new OnceoverError("missing-folder", `The team's folder ${problem}.`, { advice: "Check where it lies." });
}
