/** Chosen or not chosen any more; of more than two the oldest choice gives way. */
export function toggled<Id>(chosen: readonly Id[], id: Id): readonly Id[] {
  return chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-2);
}
