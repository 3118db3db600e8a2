/** Loaded when one of the commands about stored data is chosen. */
import { createDataWindow, type DataWindowParts } from "./dataWindow.ts";
import { eraseAll as eraseAllOf } from "./eraseAll.ts";
import { showData as showDataOf } from "./showData.ts";

export function eraseAll(parts: DataWindowParts): Promise<void> {
  return eraseAllOf(createDataWindow(parts));
}

export function showData(parts: DataWindowParts): Promise<void> {
  return showDataOf(createDataWindow(parts));
}
