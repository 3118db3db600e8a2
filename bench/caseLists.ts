/** Which cases there are. */
import { express, quickExpress } from "./cases/express.ts";
import { fortyRequests, quickForty } from "./cases/fortyRequests.ts";
import { growth, growthWithModel } from "./cases/growth.ts";
import { hundredFiles } from "./cases/hundredFiles.ts";
import { largeTree } from "./cases/largeTree.ts";
import { loading } from "./cases/loading.ts";
import { memory } from "./cases/memory.ts";
import { panel } from "./cases/panel.ts";
import { parallelRuns } from "./cases/parallelRuns.ts";
import { parsing } from "./cases/parsing.ts";
import { peers } from "./cases/peers.ts";
import { readBuffers } from "./cases/readBuffers.ts";
import { realPackages } from "./cases/realPackages.ts";
import { largeRepository, wholeRepositories } from "./cases/repositories.ts";
import { scale100000 } from "./cases/scale100000.ts";
import { scaleModel } from "./cases/scaleModel.ts";
import { scheduler } from "./cases/scheduler.ts";
import { secondLook } from "./cases/secondLook.ts";
import { spanCost } from "./cases/spans.ts";
import { startUp } from "./cases/startUp.ts";
import { signatures } from "./cases/signatures.ts";
import { report10000 } from "./cases/report10000.ts";
import { tenFiles } from "./cases/tenFiles.ts";
import { toolCalls } from "./cases/tools.ts";
import { workers } from "./cases/workers.ts";
import { workingWeek } from "./cases/workingWeek.ts";
import { unchangedLarge, unchangedSmall } from "./cases/unchanged.ts";
import type { BenchCase } from "./harness.ts";

/** What a release is looked at with: under ten minutes in one run, on two cores. */
export const cases: readonly BenchCase[] = [
  tenFiles,
  hundredFiles,
  express,
  fortyRequests,
  realPackages,
  secondLook,
  signatures,
  unchangedSmall,
  unchangedLarge,
  report10000,
  panel,
  largeTree,
  spanCost,
  scheduler,
  toolCalls,
  startUp,
  parsing,
  wholeRepositories,
  workingWeek,
];

/** They take long, fetch what nothing else needs, or have answered a question for good: asked for by their names alone. */
export const namedCases: readonly BenchCase[] = [
  loading,
  readBuffers,
  workers,
  memory,
  parallelRuns,
  largeRepository,
  growth,
  growthWithModel,
  peers,
  scale100000,
  scaleModel,
];

/** Their guarded figures are counts: under a minute, and the same on a busy machine. By the same names as the whole ones. */
export const quickCases: readonly BenchCase[] = [quickExpress, quickForty];
