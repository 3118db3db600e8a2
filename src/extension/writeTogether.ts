/** Several settings that only make sense together. Pure. */

export interface SettingPort {
  /** The user's own value; undefined: not set. */
  read(name: string): unknown;
  /** undefined removes it. */
  write(name: string, value: unknown): PromiseLike<void>;
}

/**
 * Writes all values or, when one cannot be written, puts back those before it: a provider with the address of another
 * would send code to a place that nobody chose. Rejects with what went wrong first.
 */
export async function writeTogether(values: Readonly<Record<string, unknown>>, port: SettingPort): Promise<void> {
  const undo: (() => PromiseLike<void>)[] = [];
  try {
    for (const [name, value] of Object.entries(values)) {
      const before = port.read(name);
      if (before === value) continue;
      // Noted first: what is rejected may have been written all the same.
      undo.unshift(() => port.write(name, before));
      await port.write(name, value);
    }
  } catch (error) {
    // Whatever cannot be put back either leaves no reason to stop: the others can.
    for (const putBack of undo) await Promise.resolve(putBack()).catch(() => {});
    throw error;
  }
}
