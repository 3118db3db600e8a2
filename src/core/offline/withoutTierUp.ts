/**
 * A generated lexer is one function of up to 160 KB. V8 counts it as hot after some eighty calls, and optimising it takes
 * half a gigabyte for Bash (measured: 596 MB at the peak against 113 MB), for code that is fast enough as it is. How much
 * a function may run before that is fixed when its module is compiled, by a flag that all threads of a process share.
 */
import v8 from "node:v8";

const FLAG = "--wasm-tiering-budget";
/** V8's own value, as `node --v8-options` prints it. */
const V8_DEFAULT = 13_000_000;
const NEVER = 2 ** 31 - 1;

/** One Int32, shared by all threads that compile grammars: how many are at it. The last one puts the flag back. */
export function createCompileCount(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

/** Runs `compile` so that what it compiles is not optimised. Electron freezes V8's flags, and setting one would end it. */
export async function withoutTierUp<T>(count: SharedArrayBuffer, compile: () => Promise<T>): Promise<T> {
  if (process.versions["electron"] !== undefined) return compile();
  const compiling = new Int32Array(count);
  Atomics.add(compiling, 0, 1);
  v8.setFlagsFromString(`${FLAG}=${NEVER}`);
  try {
    return await compile();
  } finally {
    if (Atomics.sub(compiling, 0, 1) === 1) v8.setFlagsFromString(`${FLAG}=${V8_DEFAULT}`);
  }
}
