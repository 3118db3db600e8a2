import { EDIT_USD, SECOND_LOOK_PRICE, SIGNATURE_FAN_OUT, STORED_REVIEW_BYTES } from "./measured.ts";

/** How a team works: assumptions, each to be replaced by one's own. */
export interface Team {
  readonly developers: number;
  /** Files that one developer changes in a day. */
  readonly editsADay: number;
  /** Share of edits after which other files' requests carry another signature. */
  readonly signatureShare: number;
  /** Runs of one developer in a day that ask about what others have changed. */
  readonly looksADay: number;
  /** Keys that one request to the store asks about. */
  readonly keysARequest: number;
  /** Of a day's requests fall into the busiest of these hours. */
  readonly workingHours: number;
}

export interface TeamCosts {
  /** Reviews that become stale in a day, in all. */
  readonly staleADay: number;
  /** Each stale review is paid for by whoever meets it first. */
  readonly sharedUsdADay: number;
  /** Without a team store everybody who has the workspace under review pays for each. */
  readonly aloneUsdADay: number;
  readonly putsADay: number;
  readonly getsADay: number;
  readonly requestsASecond: number;
  readonly bytesOutADay: number;
  readonly newBytesADay: number;
}

export function teamCosts(team: Team): TeamCosts {
  const { developers, editsADay, signatureShare, looksADay, keysARequest, workingHours } = team;
  const staleADay = developers * editsADay * (1 + signatureShare * (SIGNATURE_FAN_OUT - 1));
  const usdADay = staleADay * EDIT_USD * SECOND_LOOK_PRICE;
  // A look asks about all that became stale since the last one, so many keys at a time.
  const requestsALook = Math.ceil(staleADay / looksADay / keysARequest);
  const getsADay = developers * looksADay * requestsALook;
  const putsADay = Math.ceil(staleADay / keysARequest) + developers * looksADay;
  return {
    staleADay,
    sharedUsdADay: usdADay,
    aloneUsdADay: usdADay * developers,
    putsADay,
    getsADay,
    requestsASecond: (getsADay + putsADay) / (workingHours * 3_600),
    bytesOutADay: staleADay * developers * STORED_REVIEW_BYTES,
    newBytesADay: staleADay * STORED_REVIEW_BYTES,
  };
}
