import { declaration, type Mutator } from "../mutator.ts";

export const unreachableCode: Mutator = {
  rule: "unreachable-code",
  promise: "A statement stands behind `return`, `throw`, `break` or `continue` in the same block.",
  shapes: {
    c: [
      "if (‹value›) {\n  return;\n  «‹call›();»\n}",
      "while (‹value›) {\n  break;\n  «‹call›(‹value›);»\n}",
      "for (int i = 0; i < 10; i++) {\n  if (i == ‹value›) {\n    continue;\n    «‹call›(i);»\n  }\n}",
      "do {\n  ‹act›();\n  return;\n  «‹value› = 3;»\n} while (‹other›);",
    ],
    cpp: ['if (‹value›) {\n  throw std::runtime_error("no");\n  «‹call›();»\n}'],
    csharp: [
      "if (‹value›)\n{\n  return;\n  «‹call›();»\n}",
      "while (‹value›)\n{\n  break;\n  «‹call›(‹value›);»\n}",
      'if (‹value› == null)\n{\n  throw new ArgumentNullException("x");\n  «‹call›();»\n}',
      "foreach (var one in ‹other›)\n{\n  continue;\n  «‹call›(one);»\n}",
      declaration("int ‹call›(int ‹value›)\n{\n  return ‹value› + 1;\n  «Log(‹value›);»\n}\n"),
    ],
    ecmascript: [
      "if (‹value›) {\n  return ‹other›;\n  «‹call›();»\n}",
      "for (const one of ‹value›) {\n  continue;\n  «‹call›(one);»\n}",
      'if (!‹value›) {\n  throw new Error("no");\n  «‹call›(‹value›);\n  ‹act›();»\n}',
      "while (‹value›) {\n  ‹call›();\n  break;\n  «‹value›--;»\n}",
      declaration(
        "function ‹call›(‹value›) {\n  return ‹value›.‹field›;\n  «const ‹other› = 3;\n  ‹act›(‹other›);»\n}\n",
      ),
      "switch (‹value›) {\n  case 1:\n    return 3;\n    «‹call›();»\n  default:\n    ‹act›();\n}",
    ],
    go: [
      "if ‹value› {\n  return\n  «‹call›()»\n}",
      "for _, one := range ‹value› {\n  continue\n  «‹call›(one)»\n}",
      "for {\n  break\n  «‹call›()»\n}",
      declaration("func ‹call›(‹value› int) int {\n  return ‹value› + 1\n  «log.Println(‹value›)»\n}\n"),
    ],
    python: [
      "if ‹value›:\n  return ‹other›\n  «‹call›()»",
      "for one in ‹value›:\n  continue\n  «‹call›(one)»",
      'if not ‹value›:\n  raise ValueError("no")\n  «‹call›(‹value›)»',
      "while ‹value›:\n  ‹call›()\n  break\n  «‹value› -= 1»",
      declaration("def ‹call›(‹value›):\n  return ‹value›.‹field›\n  «‹other› = 3\n  ‹act›(‹other›)»\n"),
    ],
  },
};
