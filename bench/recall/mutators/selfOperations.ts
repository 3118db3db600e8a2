import type { Mutator } from "../mutator.ts";

export const selfAssignment: Mutator = {
  rule: "self-assignment",
  promise: "The same variable or member stands on both sides of an assignment.",
  shapes: {
    ecmascript: [
      "«‹value› = ‹value›;»",
      "«this.‹field› = this.‹field›;»",
      "«‹value›.‹field› = ‹value›.‹field›;»",
      "if (‹other›) «‹value›.‹field›.‹key› = ‹value›.‹field›.‹key›;»",
      '«‹value›["‹field›"] = ‹value›["‹field›"];»',
    ],
    go: [
      "«‹value› = ‹value›»",
      "«‹value›.‹field› = ‹value›.‹field›»",
      "if ‹other› {\n  «‹value›.‹field›.‹key› = ‹value›.‹field›.‹key›\n»}",
      "‹call›()\n«‹value›.‹key› = ‹value›.‹key›»",
    ],
    java: [
      "«‹value› = ‹value›;»",
      "«this.‹field› = this.‹field›;»",
      "«‹value›.‹field› = ‹value›.‹field›;»",
      "if (‹other›) «this.‹value›.‹field› = this.‹value›.‹field›;»",
      "for (String one : ‹other›) {\n  «‹value› = ‹value›;»\n}",
    ],
    python: [
      "«‹value› = ‹value›»",
      "«self.‹field› = self.‹field›»",
      "if ‹other›:\n  «‹value›.‹field› = ‹value›.‹field›»",
      "«self.‹value›.‹field› = self.‹value›.‹field›»",
      "for one in ‹other›:\n  «one.‹field› = one.‹field›»",
    ],
    rust: [
      "«‹value› = ‹value›;»",
      "«self.‹field› = self.‹field›;»",
      "if ‹other› {\n  «‹value›.‹field› = ‹value›.‹field›;»\n}",
      "while ‹other› {\n  «‹value›.‹key› = ‹value›.‹key›;»\n}",
    ],
  },
};

export const selfComparison: Mutator = {
  rule: "self-comparison",
  promise: "An operator has the same expression on both sides.",
  shapes: {
    ecmascript: [
      "if («‹value›.‹field› === ‹value›.‹field›») ‹call›();",
      "return «‹value› > ‹value›»;",
      "const same = ‹other› && «‹value›.length >= ‹value›.length»;",
      "const ‹third› = «‹value›.‹field› - ‹value›.‹field›»;",
      "if («‹value›.‹field› && ‹value›.‹field›») ‹call›();",
      "if («this.‹value›.‹field› != this.‹value›.‹field›») ‹call›();",
      "‹other›.filter((one) => «one.‹field› < one.‹field›»);",
      "const ‹third› = «‹value›[‹other›] || ‹value›[‹other›]»;",
    ],
    c: [
      "if («‹value›->‹field› == ‹value›->‹field›») {\n  ‹call›();\n}",
      "int ‹third› = «‹value› > ‹value›»;",
      "if (‹other› && «‹value›[0] != ‹value›[0]») {\n  ‹call›();\n}",
      "int ‹third› = «‹value›.‹field› - ‹value›.‹field›»;",
      "while («‹value› < ‹value›») ‹call›();",
      "if («‹value›->‹field› || ‹value›->‹field›») ‹call›();",
    ],
    csharp: [
      "if («‹value›.Name == ‹value›.Name») ‹call›();",
      "return «‹value› > ‹value›»;",
      "var same = ‹other› && «‹value›.Length >= ‹value›.Length»;",
      "var ‹third› = «this.‹field› - this.‹field›»;",
      "if («‹value›.IsOpen && ‹value›.IsOpen») ‹call›();",
    ],
    go: [
      "if «‹value›.‹field› == ‹value›.‹field›» {\n  ‹call›()\n}",
      "same := ‹other› && «‹value› >= ‹value›»\n‹call›(same)",
      "‹third› := «‹value›.‹field› - ‹value›.‹field›»\n‹call›(‹third›)",
      "if «‹value›[0] != ‹value›[0]» {\n  return\n}",
      "if «‹value›.‹field› && ‹value›.‹field›» {\n  ‹call›()\n}",
    ],
    java: [
      "if («‹value›.‹field› == ‹value›.‹field›») {\n  ‹call›();\n}",
      "return «‹value› > ‹value›»;",
      "boolean same = ‹other› && «‹value›.length >= ‹value›.length»;",
      "int ‹third› = «this.‹field› - this.‹field›»;",
      "while («‹value›[0] != ‹value›[0]») ‹call›();",
      "if («‹value› && ‹value›») ‹call›();",
    ],
    php: [
      "if («$‹value›->‹field› === $‹value›->‹field›») {\n  ‹call›();\n}",
      "return «$‹value› > $‹value›»;",
      "$same = $‹other› && «$‹value›['‹field›'] != $‹value›['‹field›']»;",
      "$‹third› = «$this->‹field› - $this->‹field›»;",
      "if («$‹value› && $‹value›») ‹call›();",
    ],
    python: [
      "if «‹value›.‹field› == ‹value›.‹field›»:\n  ‹call›()",
      "return «‹value› > ‹value›»",
      "same = ‹other› and «‹value›['‹field›'] != ‹value›['‹field›']»",
      "‹third› = «self.‹field› - self.‹field›»",
      "‹third› = [one for one in ‹other› if «one.‹field› <= one.‹field›»]",
      "if «‹value›.‹field› and ‹value›.‹field›»:\n  ‹call›()",
      "while «‹value› is ‹value›»:\n  ‹call›()",
    ],
    ruby: [
      "‹call› if «‹value›.‹field› == ‹value›.‹field›»",
      "return «‹value› > ‹value›»",
      "same = ‹other› && «@‹field› != @‹field›»",
      "‹third› = «‹value› - ‹value›»",
      "if «‹value›[:‹field›] <= ‹value›[:‹field›]»\n  ‹call›\nend",
      "unless «‹value› && ‹value›»\n  ‹call›\nend",
    ],
    rust: [
      "if «‹value›.‹field› == ‹value›.‹field›» {\n  ‹call›();\n}",
      "let same = ‹other› && «‹value› >= ‹value›»;",
      "let ‹third› = «self.‹field› - self.‹field›»;",
      "while «‹value›[0] != ‹value›[0]» {\n  ‹call›();\n}",
      "if «‹value›.‹field› && ‹value›.‹field›» {\n  ‹call›();\n}",
    ],
  },
};
