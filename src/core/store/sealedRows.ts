/** Which tables' rows carry a seal, and what it is over. */
import { unpackJson } from "./packedJson.ts";
import type { Sealed } from "./seal.ts";

type Row = Readonly<Record<string, unknown>>;

const SEALED = {
  reviews: (row: Row) => [row["key"], row["kind"], row["list_price_nano"]] as Sealed,
  looks: (row: Row) => [row["key"], row["list_price_nano"]] as Sealed,
  batch_units: (row: Row) => [row["request_id"], row["batch_id"], row["key"]] as Sealed,
  analyses: (row: Row) => [row["key"]] as Sealed,
  outlines: (row: Row) => [row["key"]] as Sealed,
  reports: (row: Row) => [row["workspace"]] as Sealed,
} as const;

export type SealedTable = keyof typeof SEALED;

export const SEALED_TABLES = Object.keys(SEALED) as readonly SealedTable[];

/** What the row holds; undefined: it is damaged. */
export function unpackRow(table: SealedTable, row: Row): unknown {
  return unpackJson(row["digest"] as Uint8Array, row["body"] as Uint8Array, SEALED[table](row));
}

/** False for a damaged row. True where rows carry no seal. */
export function isSealed(table: string, row: Row): boolean {
  return !(table in SEALED) || unpackRow(table as SealedTable, row) !== undefined;
}
