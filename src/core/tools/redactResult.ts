/** Takes secrets out of all texts of an answer at once, so that what stands in several of them is seen together. */
export async function redactResult(value: unknown, redact: (text: string) => Promise<string>): Promise<unknown> {
  const texts: string[] = [];
  mapTexts(value, (text) => {
    texts.push(text);
    return text;
  });
  if (texts.length === 0) return value;
  const redacted = await redact(texts.join("\n"));
  let at = 0;
  // Same length, same line breaks: every text is found where it was.
  return mapTexts(value, (text) => {
    const start = at;
    at += text.length + 1;
    return redacted.slice(start, start + text.length);
  });
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, mapTexts(field, change)]));
}
