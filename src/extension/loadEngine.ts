import { loadChunk } from "./chunks.ts";

/** The one way from the extension into the core. */
export const loadEngine = () => loadChunk(() => import("../core/engineFactory.ts"));
