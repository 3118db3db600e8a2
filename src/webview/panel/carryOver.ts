import type { HostMessage } from "../../shared/panelProtocol.ts";

type ViewMessage = HostMessage & { type: "view" };

/** A message with nothing left out. */
export type WholeMessage = ViewMessage & Required<Pick<ViewMessage, "memory" | "files">>;

/** Puts in what the message leaves out because it is as it was `before`. */
export function carryOver(before: WholeMessage | null, message: ViewMessage): WholeMessage {
  const { memory = before?.memory ?? null, files = before?.files ?? null } = message;
  return { ...message, memory, files };
}
