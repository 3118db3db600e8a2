/** A function that others call takes one more parameter. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface SignatureEdit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** @throws when the file does not hold that text: then the case would measure something else */
export async function editSignature(folder: string, { file, from, to }: SignatureEdit): Promise<void> {
  const path = join(folder, file);
  const text = await readFile(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  await writeFile(path, text.replace(from, to));
}
