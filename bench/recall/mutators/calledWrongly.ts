import type { Mutator } from "../mutator.ts";

export const booleanComparator: Mutator = {
  rule: "boolean-comparator",
  promise: "A function for `sort` answers whether one is greater, not which comes first.",
  shapes: {
    ecmascript: [
      "‹value›.sort(«(a, b) => a > b»);",
      "‹value›.sort(«(left, right) => left.‹field› < right.‹field›»);",
      "‹value›.sort(«function (a, b) {\n  return a.‹field› > b.‹field›;\n}»);",
      "const ‹other› = [...‹value›].sort(«(x, y) => x.‹field›.length >= y.‹field›.length»);",
      "return ‹value›.map((one) => one.‹field›).sort(«(a, b) => { return a > b; }»);",
      "Object.keys(‹value›).sort(«(a, b) => ‹value›[a] > ‹value›[b]»);",
    ],
    typescript: [
      "‹value›.sort(«(a: number, b: number) => a > b»);",
      "‹value›.sort(«(a: Entry, b: Entry): any => a.‹field› > b.‹field›»);",
    ],
  },
};

export const parseInMap: Mutator = {
  rule: "parse-in-map",
  promise: "`parseInt` itself is handed to `map`.",
  shapes: {
    ecmascript: [
      "const ‹value› = «‹other›.map(parseInt)»;",
      'return «‹value›.split(",").map(parseInt)»;',
      "const ‹value› = «‹other›.‹field›.map(Number.parseInt)»;",
      'const [major, minor] = «process.version\n  .slice(1)\n  .split(".")\n  .map(parseInt)»;',
      "‹call›(«[...‹value›].map(parseInt)».filter(Boolean));",
      "const ‹value› = «‹other›?.map(parseInt)» ?? [];",
    ],
  },
};

export const invalidTypeof: Mutator = {
  rule: "invalid-typeof",
  promise: "The result of `typeof` is compared with a word that it never yields.",
  shapes: {
    ecmascript: [
      'if («typeof ‹value› === "undefine"») ‹call›();',
      'if («typeof ‹value›.‹field› !== "array"») {\n  throw new TypeError("no list");\n}',
      'return «typeof ‹value› == "null"»;',
      'const ‹other› = «typeof ‹value› === "strnig"» ? ‹value› : String(‹value›);',
      'if (‹value› && «"int" === typeof ‹value›.‹field›») ‹call›(‹value›);',
      "const isSet = !(«typeof ‹value› === 'nul'»);",
      'while («typeof ‹value› === "Function"») ‹value› = ‹value›();',
    ],
  },
};

export const negatedLeftOperand: Mutator = {
  rule: "negated-left-operand",
  promise: "`!a in b` or `!a instanceof B` lacks parentheses.",
  shapes: {
    ecmascript: [
      "if («!‹value› in ‹other›») ‹call›(‹value›);",
      "if («!‹value› instanceof ‹Type›») {\n  throw new TypeError();\n}",
      'return «!"‹field›" in ‹value›»;',
      "const missing = ‹other› && «!‹value›.‹field› in ‹other›»;",
      "if (‹other› || «!error instanceof TypeError») ‹call›();",
      "while («!this.‹field› instanceof ‹Type›») ‹call›();",
    ],
  },
};
