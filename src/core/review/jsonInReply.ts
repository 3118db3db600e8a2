/** The JSON of a reply, also where a model has put words or a code fence around it; undefined: there is none. */
export function jsonInReply(raw: string): unknown {
  return parse(raw) ?? parse(outermostObject(raw));
}

function parse(candidate: string): unknown {
  try {
    return JSON.parse(candidate);
  } catch {
    return undefined;
  }
}

function outermostObject(raw: string): string {
  const start = raw.indexOf("{");
  const end = raw.lastIndexOf("}");
  return start === -1 || end <= start ? "" : raw.slice(start, end + 1);
}
