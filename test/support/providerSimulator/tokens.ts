/**
 * The simulator's tokenizer: every four UTF-8 bytes are one token, the last one may be shorter. Cheap, exact to
 * repeat, close to what real encodings make of source code (3.0 to 4.1 bytes a token), and cutting at any byte keeps
 * the count of the part before it, which prompt caching needs.
 */
export const BYTES_PER_TOKEN = 4;

export function tokensOfBytes(sizeBytes: number): number {
  return Math.ceil(sizeBytes / BYTES_PER_TOKEN);
}

export function countTokens(text: string): number {
  return tokensOfBytes(Buffer.byteLength(text));
}
