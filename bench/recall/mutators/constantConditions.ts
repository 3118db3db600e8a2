import type { Mutator } from "../mutator.ts";

export const constantOperand: Mutator = {
  rule: "constant-operand",
  promise: "In a condition, `or` or `||` combines a comparison with a bare string, number or other constant.",
  shapes: {
    ecmascript: [
      'if («‹value› === "a" || "b"») ‹call›();',
      "if («‹value›.‹field› == 1 || 2») {\n  ‹call›(‹value›);\n}",
      "while («‹value› !== 'open' || 'closed'») ‹call›();",
      'if (‹other›) {\n  ‹act›();\n} else if («‹value› === "a" || "b" || "c"») {\n  ‹call›();\n}',
      "const ‹third› = «‹value› === 3 || 4» ? ‹call›() : ‹act›();",
    ],
    python: [
      'if «‹value› == "a" or "b"»:\n  ‹call›()',
      "while «‹value›.‹field› != 1 or 2»:\n  ‹call›(‹value›)",
      "if ‹other›:\n  ‹act›()\nelif «‹value› == 'a' or 'b' or 'c'»:\n  ‹call›()",
      "‹third› = 1 if «‹value› == 3 or 4» else 2",
      "if «‹value› is None or ''»:\n  return",
    ],
  },
};

export const impossibleLength: Mutator = {
  rule: "impossible-length",
  promise: "A length is asked whether it is below zero, or at least zero.",
  shapes: {
    ecmascript: [
      "if («‹value›.length >= 0») ‹call›(‹value›[0]);",
      "if («‹value›.‹field›.length < 0») {\n  return;\n}",
      "const any = ‹other› && «‹value›.length >= 0»;",
      "while («0 <= ‹value›.length») ‹call›(‹value›.pop());",
      "return «Object.keys(‹value›).length < 0» ? null : ‹value›;",
    ],
    go: [
      "if «len(‹value›) >= 0» {\n  ‹call›(‹value›)\n}",
      "if «len(‹value›.‹field›) < 0» {\n  return\n}",
      "any := ‹other› && «len(‹value›) >= 0»\n‹call›(any)",
      "for «0 <= len(‹value›)» {\n  ‹call›()\n}",
    ],
    java: [
      "if («‹value›.size() >= 0») {\n  ‹call›(‹value›);\n}",
      "if («‹value›.length() < 0») return;",
      "boolean any = ‹other› && «‹value›.length >= 0»;",
      "while («0 <= ‹value›.size()») ‹call›();",
    ],
    python: [
      "if «len(‹value›) >= 0»:\n  ‹call›(‹value›)",
      "if «len(‹value›.‹field›) < 0»:\n  return",
      "any_left = ‹other› and «len(‹value›) >= 0»",
      "while «0 <= len(‹value›)»:\n  ‹call›()",
      "‹third› = 1 if «len(‹value›) < 0» else 2",
    ],
  },
};
