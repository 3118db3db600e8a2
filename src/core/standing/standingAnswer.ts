/**
 * The answer to a question that was asked before, where git says that nothing has changed since. It loads
 * neither the engine nor the database: an unchanged workspace costs little more than asking git.
 */
import { hash, randomUUID } from "node:crypto";
import fs from "node:fs";
import type { Report } from "../../shared/report.ts";
import type { Settings } from "../../shared/settings.ts";
import { VERSION } from "../../shared/version.ts";
import { assetUrl } from "../assets.ts";
import type { Folder } from "../engine.ts";
import { entryText, type JsonEntry } from "../export/jsonReporter.ts";
import { createMemorySampler } from "../profile/memorySampler.ts";
import { defaultStoreFolder } from "../store/dataFolder.ts";
import { createGit } from "../workspace/git.ts";
import { findDifferences, hashOfState, stampsOf } from "../workspace/repositoryState.ts";
import { stampOf } from "../workspace/stamps.ts";
import { workspaceId } from "../workspace/workspaceId.ts";
import { promptSignal } from "./promptSignal.ts";
import { databaseOf, hasStanding, readStanding, type Standing } from "./standingFile.ts";

export interface StandingAnswer {
  /** Each part is read when it is asked for. */
  readonly report: Report;
  /** The same as text. */
  readonly entries: readonly JsonEntry[];
}

/** As for a report in the store: after a day everything is looked at again. */
const STANDS_FOR_MS = 24 * 3_600_000;

/** All that shapes a report of this folder but its files, as a hash. A new build asks anew. */
export function standingQuestion(folder: Folder, settings: Settings): string {
  const build = fs.lstatSync(assetUrl("engine.js"), { bigint: true, throwIfNoEntry: false });
  const asked = [VERSION, build ? stampOf(build) : "", folder, settings];
  return hash("sha256", JSON.stringify(asked), "hex");
}

export interface StandingInput {
  readonly folder: Folder;
  readonly settings: Pick<Settings, "storeFolder">;
  readonly question: string;
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly monotonicMs: () => number;
  readonly signal?: AbortSignal;
}

/** undefined: there is none, or something has changed. Never rejects. */
export async function findStanding(input: StandingInput): Promise<StandingAnswer | undefined> {
  const { folder, question, now, monotonicMs } = input;
  const storeFolder = input.settings.storeFolder ?? defaultStoreFolder();
  const place = { storeFolder, workspace: workspaceId([folder]), question };
  if (!hasStanding(place)) return undefined;
  const startedMs = monotonicMs();
  const memory = createMemorySampler(monotonicMs);
  const git = createGit(promptSignal(input.signal));
  try {
    const standing = readStanding(place);
    if (!standing || !isYoung(standing, now()) || standing.database !== databaseOf(storeFolder)) return undefined;
    // First: git is not asked what a repository could have told it to do since.
    if (stampsOf(standing.repository) !== standing.stamps) return undefined;
    const differences = await findDifferences(folder.path, git);
    if (!differences || hashOfState(folder.path, standing.repository, differences) !== standing.state) return undefined;
    // What was taken back meanwhile holds no more.
    if (!hasStanding(place)) return undefined;
    const run = { id: randomUUID(), startedAt: new Date(now()).toISOString() };
    const durationMs = Math.round(monotonicMs() - startedMs);
    return answerOf(standing, { run: { ...run, durationMs }, memory: memory.totals() });
  } catch {
    // What cannot be told here is asked of the engine, which says what is wrong.
    return undefined;
  }
}

function isYoung({ keptAtMs }: Standing, nowMs: number): boolean {
  return keptAtMs <= nowMs && nowMs - keptAtMs < STANDS_FOR_MS;
}

function parse(text: JsonEntry[1]): unknown {
  return JSON.parse(typeof text === "string" ? text : Buffer.from(text).toString("utf8"));
}

interface OfThisRun {
  readonly run: Pick<Report["run"], "id" | "startedAt" | "durationMs">;
  readonly memory: Report["memory"];
}

function answerOf({ entries }: Standing, { run, memory }: OfThisRun): StandingAnswer {
  const texts = new Map(entries);
  texts.set("run", entryText({ ...(parse(texts.get("run")!) as Report["run"]), ...run }));
  const latency = parse(texts.get("latency")!) as Report["latency"];
  texts.set("latency", entryText({ ...latency, phases: [{ name: "snapshot", ms: run.durationMs }] }));
  texts.set("memory", entryText(memory));
  const report = {};
  for (const [key, text] of texts) {
    let value: unknown;
    const get = () => (value ??= parse(text));
    Object.defineProperty(report, key, { get, enumerable: true });
  }
  return { report: report as Report, entries: [...texts] };
}
