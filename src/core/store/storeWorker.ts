/** The store's thread: SQLite, the snapshot and the plan. The only place that opens the database. */
import { parentPort, workerData } from "node:worker_threads";
import { OnceoverError } from "../../shared/errors.ts";
import { sendNotice, serveCalls } from "../worker/rpc.ts";
import { createStoreHost, type StoreHostOptions } from "./storeHost.ts";

if (!parentPort) throw new OnceoverError("internal", "The store's worker runs in a worker thread only.");
const port = parentPort;
serveCalls(
  port,
  createStoreHost(workerData as StoreHostOptions, undefined, (notice) => sendNotice(port, notice)),
);
