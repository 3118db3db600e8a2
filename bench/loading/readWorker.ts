import { workerData } from "node:worker_threads";
import { readOneByOne, type ReadTask } from "./readFiles.ts";

readOneByOne(workerData as ReadTask);
