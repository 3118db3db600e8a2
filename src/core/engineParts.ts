/** What the calls of one engine share: its store, its threads, its folder. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { describeError } from "../shared/errors.ts";
import type { Settings } from "../shared/settings.ts";
import { createSharedUse } from "./cache/sharedUse.ts";
import { createAnalysisPool } from "./offline/analysisPool.ts";
import type { AnalysisPool } from "./offline/analysis.ts";
import type { Ports } from "./ports.ts";
import { defaultStoreFolder } from "./store/dataFolder.ts";
import { createEraseMark, type EraseMark } from "./store/eraseMark.ts";
import { startStore } from "./store/storeClient.ts";
import type { Store } from "./store/store.ts";
import { besideTeam } from "./team/besideTeam.ts";
import { createRestAfterWork } from "./worker/restAfterWork.ts";

const MB = 1024 * 1024;

export interface Parts {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly storeFolder: string;
  readonly ownerId: string;
  /** Opens on first use; a failed opening is tried again by the next call. */
  store(): Promise<Store>;
  /** The store, if it was opened. */
  opened(): Promise<Store> | undefined;
  /** See sharedUse.ts. */
  readonly memoryUse: SharedArrayBuffer;
  readonly eraseMark: EraseMark;
  pool(): AnalysisPool;
  /** Around everything that takes much memory; it is given back a minute after the last. */
  during<T>(work: () => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

export function createParts(ports: Ports, settings: Settings): Parts {
  const storeFolder = settings.storeFolder ?? defaultStoreFolder();
  const ownerId = randomBytes(6).toString("hex");
  const memoryUse = createSharedUse();
  const storeOptions = {
    folder: storeFolder,
    ownerId,
    memoryUse,
    memoryBytes: settings.cacheMemoryMb * MB,
    diskBytes: settings.cacheDiskMb * MB,
  };
  const eraseMark = createEraseMark(storeFolder, ownerId, () => ports.clock.now());
  let started: Store | undefined;
  let opening: Promise<Store> | undefined;
  let pool: AnalysisPool | undefined;

  const open = async (): Promise<Store> => {
    const store = startStore(storeOptions, (notice) => ports.logger.warn(notice));
    started = store;
    try {
      for (const notice of await store.open()) ports.logger.warn(notice);
      eraseMark.watch();
      started = await besideTeam(store, ports, settings);
      return started;
    } catch (error) {
      opening = undefined;
      await store.close();
      throw error;
    }
  };

  const rest = createRestAfterWork({
    restOthers: async () => (await opening)?.rest(),
    onTrouble: (error) => ports.logger.debug(`Memory is not given back: ${describeError(error)}`),
  });

  return {
    ports,
    settings,
    storeFolder,
    ownerId,
    store: () => (opening ??= open()),
    opened: () => opening,
    memoryUse,
    eraseMark,
    pool: () => ports.pool ?? (pool ??= createAnalysisPool({ logger: ports.logger })),
    during: rest.during,
    // Also what is still being opened: a store that does not answer must not hold the process.
    async dispose() {
      opening?.catch(() => {});
      eraseMark.dispose();
      rest.dispose();
      await Promise.all([pool?.dispose(), started?.close()]);
      pool = undefined;
      started = undefined;
      opening = undefined;
    },
  };
}

/** What a type checker leaves for its next run. */
export function checkerFolder({ storeFolder }: Parts): string {
  return path.join(storeFolder, "checker");
}
