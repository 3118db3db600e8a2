/** The rows of "Where My Data Lies": what is kept, what never is, and what can be done about it. Pure. */
import { describeOrigin } from "../../shared/endpoint.ts";
import { formatBytes, formatCount } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";
import { oneLine } from "../oneLine.ts";
import { spentWords, type StoredData } from "./storedData.ts";
import type { StoredKey } from "./storedKeys.ts";

export type DataAction =
  | { readonly kind: "reveal"; readonly path: string }
  | { readonly kind: "verify" }
  | { readonly kind: "prune" }
  | { readonly kind: "erase" }
  | { readonly kind: "show-ignored" }
  | { readonly kind: "delete-key"; readonly key: StoredKey }
  | { readonly kind: "withdraw"; readonly origin: string }
  /** Nothing can be done about it, but to take it along. */
  | { readonly kind: "copy" };

export interface DataRow {
  /** With a codicon in front, as a quick pick takes it. */
  readonly label: string;
  readonly description: string;
  readonly action: DataAction;
}

export interface DataSection {
  readonly title: string;
  readonly rows: readonly DataRow[];
}

const COPY: DataAction = { kind: "copy" };

/** @param logFolder absolute path of the folder with this window's log */
export function dataSections(data: StoredData, logFolder: string): readonly DataSection[] {
  return [
    { title: t("actions"), rows: actionRows(data) },
    { title: t("all workspaces"), rows: storeRows(data) },
    { title: t("kept by VS Code"), rows: [...keyRows(data), ...agreementRows(data), ...noteRows(data, logFolder)] },
    { title: t("never"), rows: neverRows() },
  ];
}

function actionRows({ stats }: StoredData): DataRow[] {
  const reveal: DataAction = { kind: "reveal", path: stats.databasePath };
  return [
    row("folder-opened", t("Reveal in File Explorer"), t("the database"), reveal),
    row("verified", t("Verify"), t("read every stored entry and check it"), { kind: "verify" }),
    row("archive", t("Prune…"), t("give up results that cost nothing to compute again"), { kind: "prune" }),
    row("trash", t("Erase All…"), t("reviews, record of costs, keys, agreements"), { kind: "erase" }),
  ];
}

function storeRows({ stats }: StoredData): DataRow[] {
  const count = (icon: string, label: string, value: number, action = COPY) =>
    row(icon, label, formatCount(value), action);
  const reveal: DataAction = { kind: "reveal", path: stats.databasePath };
  const path = row(
    "database",
    t("Database"),
    `${formatBytes(stats.sizeBytes)} · ${oneLine(stats.databasePath)}`,
    reveal,
  );
  return [
    path,
    count("comment-discussion", t("Reviews by models"), stats.reviews),
    ...(stats.verdicts > 0 ? [count("circle-slash", t("Answers that were no review"), stats.verdicts)] : []),
    count("beaker", t("Results of the offline engine"), stats.analyses),
    count("eye-closed", t("Ignored findings"), stats.dismissals, { kind: "show-ignored" }),
    count("history", t("Runs"), stats.runs),
    count("arrow-swap", t("Requests on record"), stats.ledgerRows),
    row("credit-card", t("Spent according to the record"), spentWords(stats), COPY),
  ];
}

function keyRows({ keys }: StoredData): DataRow[] {
  if (keys.length === 0) return [row("key", t("No API key"), "", COPY)];
  return keys.map((key) => {
    const description = t("in the secret storage, sent there alone; choose to delete");
    return row("key", t("API key for {0}", oneLine(describeOrigin(key.origin), 100)), description, {
      kind: "delete-key",
      key,
    });
  });
}

function agreementRows({ agreements }: StoredData): DataRow[] {
  if (agreements.length === 0) return [row("globe", t("No agreement to send code anywhere"), "", COPY)];
  return agreements.map(({ origin, models }) => {
    const names = models.map((name) => oneLine(name || t("the provider's default"), 60)).join(", ");
    const description = t("{0}; choose to take that back", names);
    return row("globe", t("You agreed to send code to {0}", oneLine(describeOrigin(origin), 100)), description, {
      kind: "withdraw",
      origin,
    });
  });
}

function noteRows({ recentRuns }: StoredData, logFolder: string): DataRow[] {
  return [
    row("note", t("Lines about earlier runs of this workspace"), formatCount(recentRuns), COPY),
    row("output", t("Log of this window: figures and errors"), oneLine(logFolder), { kind: "reveal", path: logFolder }),
  ];
}

function neverRows(): DataRow[] {
  return [
    row("lock", t("Stored: whole files, prompts, API keys"), t("findings quote the lines they are about"), COPY),
    row(
      "shield",
      t("Sent: files that may hold credentials"),
      t(".env, private keys; secrets found elsewhere are replaced"),
      COPY,
    ),
    row("circle-slash", t("Sent: code before you agreed, or anything to us"), t("there is no telemetry"), COPY),
  ];
}

function row(icon: string, label: string, description: string, action: DataAction): DataRow {
  return { label: `$(${icon}) ${label}`, description, action };
}
