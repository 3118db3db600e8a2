/** What a person has decided about findings. Kept in the store on this machine, or by a team in its repository. */

export type DismissalReason = "false-positive" | "wont-fix" | "later";

export interface NewDismissal {
  /** Fingerprint of the finding; null: every finding of `rule` in the file. */
  readonly id: string | null;
  /** As reports name it. */
  readonly path: string;
  readonly rule: string;
  /** For the list of what is dismissed. */
  readonly title: string;
  readonly reason: DismissalReason;
  /** In the person's own words; may be empty. */
  readonly note: string;
}

export interface Dismissal extends NewDismissal {
  /** Who, as the operating system names them; "" for what is shared: the repository's history says it. */
  readonly author: string;
  /** Milliseconds since 1970. */
  readonly createdAtMs: number;
  /** The file is no longer at `path`: a finding of the same id in a file of the same folder counts as it. */
  readonly isMoved: boolean;
  /** In the folder's `.onceover/ignore.json`, for everyone who trusts the workspace. */
  readonly isShared: boolean;
}

/** Which one: there is at most one for a finding (or rule) and a path. */
export type DismissalTarget = Pick<NewDismissal, "id" | "path" | "rule">;
