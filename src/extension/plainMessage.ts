/** Notifications turn `[text](target)` into links, commands included: in others' words that must not be one. */
export function plainMessage(text: string): string {
  return text.replaceAll("](", "] (");
}
