import type { Mutator } from "../mutator.ts";

export const ignoredResult: Mutator = {
  rule: "ignored-result",
  promise: "A string method is called as a statement of its own.",
  shapes: {
    ecmascript: [
      "«‹value›.trim();»",
      '«‹value›.replaceAll("-", "_");»',
      "«‹value›.‹field›.toUpperCase();»",
      '«‹value›.replace(/\\s+/g, " ");»',
      "«this.‹field›.toLowerCase();»",
      "«‹value›.padStart(8);»",
      "«‹value›.trim().toLowerCase();»",
    ],
    java: [
      "String ‹value› = ‹call›();\n«‹value›.trim();»",
      'String ‹value› = ‹call›();\n«‹value›.replace("a", "b");»',
      "«‹value›.toUpperCase();»",
      '«‹value›.replaceAll("\\\\s+", " ");»',
      "«this.‹field›.toLowerCase();»",
      "«‹value›.getName().trim();»",
      "«‹value›.strip();»",
    ],
    python: [
      "«‹value›.strip()»",
      '«‹value›.replace("-", "_")»',
      "«‹value›.‹field›.upper()»",
      "«self.‹field›.lower()»",
      "«‹value›.lstrip().rstrip()»",
      "‹value› = str(‹other›)\n«‹value›.title()»",
    ],
  },
};
