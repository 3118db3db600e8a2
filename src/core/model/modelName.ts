/** Names of models as gateways write them. */

/** `openai/gpt-5-mini:free` → `gpt-5-mini`: the model itself, in lower case. Fine-tunes and dates stay as they are. */
export function bareModelName(name: string): string {
  const last = name.trim().toLowerCase().split("/").at(-1) ?? "";
  return last.startsWith("ft:") ? last : last.replace(/:[^:]*$/, "");
}

/** `openai/gpt-5-mini` → `openai`; null without one. */
export function vendorPrefix(name: string): string | null {
  const parts = name.trim().toLowerCase().split("/");
  return parts.length > 1 ? (parts.at(-2) ?? null) : null;
}
