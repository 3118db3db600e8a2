import type { ReportFinding } from "../../shared/panelProtocol.ts";

/** A finding that the list is to scroll to. */
export type ListWish = Pick<ReportFinding, "path" | "id">;
