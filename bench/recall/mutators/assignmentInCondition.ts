import type { Mutator } from "../mutator.ts";

export const assignmentInCondition: Mutator = {
  rule: "assignment-in-condition",
  promise: "A condition is a plain assignment.",
  shapes: {
    ecmascript: [
      'if («‹value› = "done"») ‹call›();',
      "if («‹value›.‹field› = 3») {\n  ‹call›(‹value›);\n}",
      "if («‹value› = ‹other›.‹field›») {\n  return;\n}",
      "if (‹value› === 1) {\n  ‹call›();\n} else if («‹value› = 2») {\n  ‹act›();\n}",
      "if («this.‹field› = true») {\n  this.‹call›();\n}",
      "if («‹value› = null») ‹call›(‹value›);",
    ],
    c: [
      "if («‹value› = 1») {\n  ‹call›();\n}",
      "if («‹value› = 0») return;",
      "if («‹value›->‹field› = 4») {\n  ‹call›(‹value›);\n}",
      "if (‹value› == 1) {\n  ‹call›();\n} else if («‹value› = 2») {\n  ‹act›();\n}",
      "if («‹value› = NULL») {\n  ‹call›(‹value›);\n}",
      "if («‹value› = MAX_SIZE»)\n  ‹call›(‹value›);",
    ],
    java: [
      "if («‹value› = true») {\n  ‹call›();\n}",
      "if («this.‹field› = false») {\n  ‹call›();\n}",
      "if («‹value› = ‹other›») {\n  ‹call›();\n}",
      "if (!‹other›) {\n  ‹call›();\n} else if («‹value› = true») {\n  ‹act›();\n}",
      "while («‹value› = true») {\n  ‹call›();\n}",
    ],
  },
};
