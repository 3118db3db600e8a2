/** `git blame --porcelain` → parts of a file that came with one commit. */
export interface BlamedPart {
  /** 1-based, inclusive. */
  readonly from: number;
  readonly to: number;
  /** Of the commit; null: not committed yet. */
  readonly commit: string | null;
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly subject: string;
}

interface Commit {
  author: string;
  date: string;
  subject: string;
}

/** `<id> <line then> <line now> [<lines>]`, headers the first time a commit comes, then a tab and the line itself. */
export function parseBlame(porcelain: string): BlamedPart[] {
  const commits = new Map<string, Commit>();
  const parts: (BlamedPart & { to: number })[] = [];
  let commit: Commit | undefined;
  for (const row of porcelain.split("\n")) {
    if (row.startsWith("\t")) continue;
    const head = /^([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?$/.exec(row);
    if (head) {
      const [, id = "", at = ""] = head;
      commit = commits.get(id) ?? { author: "", date: "", subject: "" };
      commits.set(id, commit);
      addLine(parts, id, Number(at));
    } else if (commit) readHeader(row, commit);
  }
  return parts.map(({ from, to, commit: id }) => {
    const isCommitted = id !== null && !/^0+$/.test(id);
    return { from, to, commit: isCommitted ? id : null, ...commits.get(id ?? "")! };
  });
}

function addLine(parts: (BlamedPart & { to: number })[], commit: string, line: number): void {
  const last = parts.at(-1);
  if (last?.commit === commit && last.to === line - 1) last.to = line;
  else parts.push({ from: line, to: line, commit, author: "", date: "", subject: "" });
}

function readHeader(row: string, commit: Commit): void {
  const space = row.indexOf(" ");
  const value = row.slice(space + 1);
  const name = row.slice(0, space);
  if (name === "author") commit.author = value;
  if (name === "summary") commit.subject = value;
  if (name === "author-time") commit.date = new Date(Number(value) * 1000).toISOString();
}
