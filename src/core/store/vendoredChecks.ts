/** For each folder of a plan, which of its files belong to a library that is kept there. */
import { createVendoredCheck, namesOf, type VendoredCheck } from "../workspace/vendoredFolders.ts";
import { namesOnDisk } from "../workspace/namesOnDisk.ts";
import type { PlanRequest } from "./plan.ts";

/**
 * It shapes how a finding is shown and is no part of any key. A plan of all files has every name already; one of a few
 * looks at the folders on their way, so that a file is judged alike in both.
 * @param listed by folder, as the plan has listed its files
 */
export function vendoredChecks(request: PlanRequest, listed: readonly (readonly string[])[]): VendoredCheck[] {
  const isWhole = request.only === null && request.under === null && request.since === null;
  return request.folders.map((folder, at) =>
    createVendoredCheck(isWhole ? namesOf(listed[at]!) : namesOnDisk(folder.path)),
  );
}
