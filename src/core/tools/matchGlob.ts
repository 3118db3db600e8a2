/**
 * Whether a path fits a pattern that came from outside: `*` and `?` within a name, `**` across folders; a pattern without
 * `/` is about the name alone. Time grows with pattern times path and no faster, which a translation into a regular
 * expression could not promise.
 */
export function matchGlob(pattern: string, path: string): boolean {
  const parts = pattern.replace(/^\.?\//, "").split("/");
  const names = path.split("/");
  if (parts.length === 1 && parts[0] !== "**") return matchName(parts[0]!, names.at(-1)!);
  return matchWith(
    parts,
    names,
    (part) => part === "**",
    (part, name) => matchName(part, name),
  );
}

function matchName(pattern: string, name: string): boolean {
  return matchWith(
    [...pattern],
    [...name],
    (part) => part === "*",
    (part, letter) => part === "?" || part === letter,
  );
}

/** The classical scan: of all stars only the last one is ever widened. */
function matchWith(
  pattern: readonly string[],
  text: readonly string[],
  isStar: (part: string) => boolean,
  fits: (part: string, piece: string) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let starAt = 0;
  for (let place = 0; place < text.length;) {
    const part = pattern[at];
    if (part !== undefined && isStar(part)) {
      star = at++;
      starAt = place;
    } else if (part !== undefined && fits(part, text[place]!)) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++starAt;
    } else return false;
  }
  return pattern.slice(at).every(isStar);
}
