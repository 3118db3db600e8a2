/** A reply as its pieces come: each protocol puts its own together. */
import type { RequestUsage } from "../../shared/events.ts";
import type { FinishReason } from "./model.ts";

export interface StreamedReply<Chunk> {
  /** @returns what the chunk adds to the text; `hasToken` also for text that is not shown, such as thinking */
  add(chunk: Chunk): { readonly text: string; readonly hasToken: boolean };
  readonly text: string;
  /** null: not finished. `broken`: the server says that it could not go on. */
  readonly finish: FinishReason | "broken" | null;
  readonly usage: RequestUsage | null;
  readonly model: string | null;
  readonly serviceTier: string | null;
}
