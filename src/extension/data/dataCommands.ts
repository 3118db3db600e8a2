/** Loaded when one of the commands about stored data is chosen. */
export { eraseAll } from "./eraseAll.ts";
export { showData } from "./showData.ts";
