/** Which files tools may see, and what they are given of them. Notes what an answer comes to hang on. */
import { hash } from "node:crypto";
import path from "node:path";
import { isOnceoverError, OnceoverError } from "../../shared/errors.ts";
import { escapeLine } from "../../shared/escapeText.ts";
import { createMemoryTier } from "../cache/memoryTier.ts";
import { decodeText } from "../workspace/decodeText.ts";
import { fileType } from "../workspace/language.ts";
import { checkRegularFile, readRegularFile } from "../workspace/readRegularFile.ts";
import { mayHoldCredentials } from "../workspace/skipReasons.ts";
import type { FileVersions } from "./fileVersions.ts";
import type { FolderWatch } from "./folderWatch.ts";
import type { ToolFile, ToolText } from "./tool.ts";

/** A state of a file that an answer hangs on. */
export interface Dependency {
  readonly absolutePath: string;
  readonly version: number;
  /** For a file of the workspace; null: one of git's own. */
  readonly member: { readonly reported: string; readonly folder: string } | null;
}

export interface Guard {
  /** @throws not-allowed */
  admit(reported: string): Promise<ToolFile>;
  /** @throws not-allowed, unreadable-file */
  readRaw(reported: string, note: (dependency: Dependency) => void): Promise<ToolText>;
  /** Takes its secrets out. */
  redacted(text: ToolText, signal: AbortSignal): Promise<ToolText>;
  /** Whether a file that was admitted still would be, and is no link to elsewhere. */
  stillAdmits(member: NonNullable<Dependency["member"]>, absolutePath: string): Promise<boolean>;
  /** The folder that a reported path lies in, and the rest of the path. @throws not-allowed */
  place(reported: string): { readonly watch: FolderWatch; readonly relative: string };
}

export interface GuardOptions {
  readonly watches: readonly FolderWatch[];
  readonly versions: FileVersions;
  readonly redact: (text: string, signal: AbortSignal) => Promise<string>;
}

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_REDACTED_BYTES = 8 * 1024 * 1024;
/** A file that is written all the time is read this often. */
const TRIES = 3;

export function createGuard({ watches, versions, redact }: GuardOptions): Guard {
  const redactedTexts = createMemoryTier<string>(MAX_REDACTED_BYTES, (text) => 2 * text.length);

  const place: Guard["place"] = (reported) => {
    const clean = cleanPath(reported);
    for (const watch of watches) {
      const { prefix } = watch.folder;
      if (clean === prefix.slice(0, -1)) return { watch, relative: "" };
      if (clean.startsWith(prefix)) return { watch, relative: clean.slice(prefix.length) };
    }
    throw notAllowed(reported, "is not in the workspace");
  };

  const admit: Guard["admit"] = async (reported) => {
    const { watch, relative } = place(reported);
    if (mayHoldCredentials(relative)) throw notAllowed(reported, "may hold credentials and is never opened");
    if (relative === "" || !(await watch.holds(relative)) || watch.isDenied(relative)) {
      throw notAllowed(reported, "is no file of the workspace, or is ignored");
    }
    const { folder } = watch;
    return { path: folder.prefix + relative, relative, absolutePath: path.join(folder.path, relative), folder };
  };

  const readRaw: Guard["readRaw"] = async (reported, note) => {
    const file = await admit(reported);
    const { absolutePath, folder } = file;
    for (let tries = 0; tries < TRIES; tries++) {
      const before = versions.look(absolutePath);
      const bytes = readRegularFile(absolutePath, folder.path, MAX_FILE_BYTES);
      const contentHash = hash("sha256", bytes, "hex");
      const isWhatWasSeen = before.contentHash === null || before.contentHash === contentHash;
      if (!isWhatWasSeen || versions.look(absolutePath).version !== before.version) continue;
      note({ absolutePath, version: before.version, member: { reported, folder: folder.path } });
      const type = fileType(file.relative);
      return {
        file,
        text: textOf(bytes),
        contentHash,
        sizeBytes: bytes.length,
        language: type?.language ?? null,
      };
    }
    throw new OnceoverError("unreadable-file", `${escapeLine(reported)} changes all the time.`, {
      advice: "Ask again when it is no longer written.",
    });
  };

  return {
    admit,
    readRaw,
    place,
    async stillAdmits({ reported, folder }, absolutePath) {
      try {
        await admit(reported);
        checkRegularFile(absolutePath, folder);
        return true;
      } catch (error) {
        if (isOnceoverError(error)) return false;
        throw error;
      }
    },
    async redacted(read, signal) {
      const known = redactedTexts.find(read.contentHash);
      const text = known ?? (await redact(read.text, signal));
      if (known === undefined) redactedTexts.save(read.contentHash, text);
      return { ...read, text };
    },
  };
}

function textOf(bytes: Buffer): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!isUtf16 && bytes.subarray(0, 64 * 1024).includes(0)) {
    throw new OnceoverError("unreadable-file", "It is binary.");
  }
  return decodeText(bytes);
}

/** As it would be reported. Only spelling is mended: what leads out is refused. */
function cleanPath(reported: string): string {
  const clean = path.posix.normalize(reported).replace(/\/$/, "");
  const leadsOut = clean.startsWith("/") || clean === ".." || clean.startsWith("../") || path.isAbsolute(reported);
  if (leadsOut || clean.includes("\0")) throw notAllowed(reported, "is not in the workspace");
  return clean === "." ? "" : clean;
}

function notAllowed(reported: string, why: string): OnceoverError {
  return new OnceoverError("not-allowed", `${escapeLine(reported) || "The path"} ${why}.`, {
    advice: "Name a file as list_files does.",
  });
}
