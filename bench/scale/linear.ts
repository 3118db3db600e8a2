/** A figure that is so much anyway, and so much more for each file. */
export interface Linear {
  readonly base: number;
  readonly perFile: number;
}

/** Through two measured points. */
export function lineThrough(few: { files: number; value: number }, many: { files: number; value: number }): Linear {
  const perFile = (many.value - few.value) / (many.files - few.files);
  return { base: few.value - perFile * few.files, perFile };
}

export function valueAt({ base, perFile }: Linear, files: number): number {
  return base + perFile * files;
}
