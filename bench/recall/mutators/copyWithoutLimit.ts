import type { Mutator } from "../mutator.ts";

export const copyWithoutLimit: Mutator = {
  rule: "copy-without-limit",
  promise: "`strcpy`, `strcat` or `sprintf` with `%s` writes a text of unknown length into an array of fixed size.",
  shapes: {
    c: [
      "char ‹value›[32];\n«strcpy(‹value›, ‹other›);»",
      'char ‹value›[64] = "";\n«strcat(‹value›, ‹other›->‹field›);»',
      'char ‹value›[128];\n«sprintf(‹value›, "name: %s", ‹other›);»',
      'char ‹value›[MAX_PATH];\nif (‹other›) {\n  «sprintf(‹value›, "%s/%d", ‹other›, 3);»\n}',
      "char ‹value›[16], ‹third›[16];\n«strcpy(‹third›, ‹other›);»\n‹call›(‹value›, ‹third›);",
    ],
  },
};
