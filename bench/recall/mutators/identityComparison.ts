import type { Mutator } from "../mutator.ts";

export const identityComparison: Mutator = {
  rule: "identity-comparison",
  promise: "Identity is compared where equality is meant.",
  shapes: {
    ecmascript: [
      "if («‹value› === []») ‹call›();",
      "if («‹value›.‹field› == {}») {\n  ‹call›();\n}",
      "return «‹value› !== []»;",
      "if («‹value› === { ‹field›: 1 }») ‹call›();",
      "const same = «‹value› === [1, 2]»;",
    ],
    java: [
      'if («‹value› == "admin"») {\n  ‹call›();\n}',
      'if («‹value›.getName() != "open"») {\n  ‹call›();\n}',
      'return «"" == ‹value›»;',
      'boolean same = ‹other› && «‹value› == "x"»;',
      'while («this.‹field› != "done"») {\n  ‹call›();\n}',
    ],
    python: [
      'if «‹value› is "admin"»:\n  ‹call›()',
      "if «‹value›.‹field› is not 'open'»:\n  ‹call›()",
      "return «‹value› is 1000»",
      "‹third› = 1 if «‹value› is ''» else 2",
      "if «‹value› is ()»:\n  ‹call›()",
      "if «‹value› is not []» and ‹other›:\n  ‹call›()",
      "if ‹other› and «‹value› is -1»:\n  ‹call›()",
      "while «‹value› is 0.5»:\n  ‹call›()",
    ],
  },
};
