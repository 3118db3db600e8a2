/**
 * A generated lexer is one function of up to 370 KB. V8 counts it as hot after some eighty calls, and optimising Bash's, of
 * 160 KB, takes 700 MB (measured), for code that is fast enough as it is. V8 compiles a function when it is first called,
 * and then decides by a flag that all threads of a process share whether it may be optimised later.
 */
import v8 from "node:v8";

const FLAG = "--wasm-tier-up-filter";
/** No module has so many functions: none is the one that may be optimised. */
const NONE = 2 ** 31 - 1;
const ALL = -1;

/** The first whose last resort, out of memory, is to forget what it has not optimised. */
const FLUSHES_SINCE = 13;

/**
 * What is compiled anew because V8 had forgotten it, for want of memory, would be optimised like any other. The flag is
 * read when memory is short, and there for all threads.
 */
export function keepFirstCode(): void {
  const version = Number.parseInt(process.versions.v8, 10);
  if (version >= FLUSHES_SINCE) v8.setFlagsFromString("--no-flush-liftoff-code");
}

/** One Int32, shared by all threads that compile grammars: how many are at it. The last one puts the flag back. */
export function createCompileCount(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

/**
 * Functions that `firstCalls` is the first to call are never optimised. Electron leaves V8's flags open to change, as Node
 * does.
 */
export async function withoutTierUp<T>(count: SharedArrayBuffer, firstCalls: () => Promise<T>): Promise<T> {
  const compiling = new Int32Array(count);
  Atomics.add(compiling, 0, 1);
  v8.setFlagsFromString(`${FLAG}=${NONE}`);
  try {
    return await firstCalls();
  } finally {
    if (Atomics.sub(compiling, 0, 1) === 1) v8.setFlagsFromString(`${FLAG}=${ALL}`);
  }
}
