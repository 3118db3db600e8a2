import type { Mutator } from "../mutator.ts";

export const duplicateCondition: Mutator = {
  rule: "duplicate-condition",
  promise: "A chain of conditions asks the same question twice.",
  shapes: {
    ecmascript: [
      "«if (‹value›) {\n  ‹call›();\n} else if (‹value›) {\n  ‹act›();\n}»",
      '«if (‹value›.‹field› === "a") {\n  ‹call›(1);\n} else if (‹value›.‹field› === "b") {\n  ‹call›(2);\n} else if (‹value›.‹field› === "a") {\n  ‹act›(3);\n} else {\n  ‹act›(4);\n}»',
      "«if (‹value› > 10 && ‹other›) ‹call›();\nelse if (‹value› > 5) ‹act›();\nelse if (‹value› > 10 && ‹other›) ‹act›(‹value›);»",
      "«if (Array.isArray(‹value›)) {\n  return ‹call›(‹value›);\n} else if (Array.isArray(‹value›)) {\n  return ‹act›(‹value›);\n}»",
      '«if (typeof ‹value› === "string") {\n  ‹call›(‹value›);\n} else if ((typeof ‹value› === "string")) {\n  ‹act›(‹value›);\n}»',
    ],
    c: [
      "«if (‹value› == 1) {\n  ‹call›();\n} else if (‹value› == 1) {\n  ‹act›();\n}»",
      "«if (‹value›->‹field› > 0) {\n  ‹call›(1);\n} else if (‹value›->‹field› < 0) {\n  ‹call›(2);\n} else if (‹value›->‹field› > 0) {\n  ‹act›(3);\n}»",
      "«if (‹value› & FLAG_OPEN)\n  ‹call›();\nelse if (‹other›)\n  ‹act›();\nelse if (‹value› & FLAG_OPEN)\n  ‹act›(1);»",
      "«if (‹value› != NULL && ‹other› > 3) {\n  ‹call›();\n} else if (‹value› != NULL && ‹other› > 3) {\n  ‹act›();\n} else {\n  ‹act›(0);\n}»",
    ],
    csharp: [
      "«if (‹value› == 1)\n{\n  ‹call›();\n}\nelse if (‹value› == 1)\n{\n  ‹act›();\n}»",
      '«if (‹value›.Name == "a")\n{\n  ‹call›(1);\n}\nelse if (‹value›.Name == "b")\n{\n  ‹call›(2);\n}\nelse if (‹value›.Name == "a")\n{\n  ‹act›(3);\n}»',
      "«if (‹value› is null) ‹call›();\nelse if (‹other› > 3) ‹act›();\nelse if (‹value› is null) ‹act›(1);»",
      "«if (string.IsNullOrEmpty(‹value›)) {\n  ‹call›();\n} else if (string.IsNullOrEmpty(‹value›)) {\n  ‹act›();\n} else {\n  ‹act›(2);\n}»",
    ],
    go: [
      "«if ‹value› > 3 {\n  ‹call›()\n} else if ‹value› > 3 {\n  ‹act›()\n}»",
      '«if ‹value›.‹field› == "a" {\n  ‹call›(1)\n} else if ‹value›.‹field› == "b" {\n  ‹call›(2)\n} else if ‹value›.‹field› == "a" {\n  ‹act›(3)\n}»',
      "«if ‹value› == nil && ‹other› != nil {\n  ‹call›()\n} else if ‹value› == nil && ‹other› != nil {\n  ‹act›()\n} else {\n  ‹act›(1)\n}»",
      '«if strings.HasPrefix(‹value›, "x") {\n  ‹call›()\n} else if strings.HasPrefix(‹value›, "x") {\n  ‹act›()\n}»',
    ],
    java: [
      "«if (‹value› == 1) {\n  ‹call›();\n} else if (‹value› == 1) {\n  ‹act›();\n}»",
      '«if (‹value›.equals("a")) {\n  ‹call›(1);\n} else if (‹value›.equals("b")) {\n  ‹call›(2);\n} else if (‹value›.equals("a")) {\n  ‹act›(3);\n}»',
      "«if (‹value› instanceof String) ‹call›();\nelse if (‹other› > 3) ‹act›();\nelse if (‹value› instanceof String) ‹act›(1);»",
      "«if (‹value› != null && ‹value›.‹field›() > 2) {\n  ‹call›();\n} else if (‹value› != null && ‹value›.‹field›() > 2) {\n  ‹act›();\n} else {\n  ‹act›(2);\n}»",
    ],
    python: [
      "«if ‹value›:\n  ‹call›()\nelif ‹value›:\n  ‹act›()»",
      '«if ‹value›.‹field› == "a":\n  ‹call›(1)\nelif ‹value›.‹field› == "b":\n  ‹call›(2)\nelif ‹value›.‹field› == "a":\n  ‹act›(3)\nelse:\n  ‹act›(4)»',
      "«if ‹value› is None and ‹other›:\n  ‹call›()\nelif ‹value› is None and ‹other›:\n  ‹act›()»",
      "«if isinstance(‹value›, str):\n  ‹call›(‹value›)\nelif isinstance(‹value›, bytes):\n  ‹act›(‹value›)\nelif isinstance(‹value›, str):\n  ‹act›(‹value›, 1)»",
    ],
    rust: [
      "«if ‹value› > 3 {\n  ‹call›();\n} else if ‹value› > 3 {\n  ‹act›();\n}»",
      '«if ‹value›.‹field› == "a" {\n  ‹call›(1);\n} else if ‹value›.‹field› == "b" {\n  ‹call›(2);\n} else if ‹value›.‹field› == "a" {\n  ‹act›(3);\n}»',
      "«if ‹value›.is_empty() && ‹other› {\n  ‹call›();\n} else if ‹value›.is_empty() && ‹other› {\n  ‹act›();\n} else {\n  ‹act›(1);\n}»",
      "let ‹third› = «if ‹value› == 0 {\n  1\n} else if ‹value› == 0 {\n  2\n} else {\n  3\n}»;",
    ],
  },
};

export const identicalBranches: Mutator = {
  rule: "identical-branches",
  promise: "The two branches of a condition hold the same code.",
  shapes: {
    ecmascript: [
      "«if (‹value›) {\n  ‹call›(‹other›);\n} else {\n  ‹call›(‹other›);\n}»",
      "const ‹third› = «‹value› < 0 ? ‹other›.‹field› : ‹other›.‹field›»;",
      "«if (‹value›.‹field› > 3) {\n  const label = `${‹other›}!`;\n  ‹call›(label);\n  ‹act›(label, 1);\n} else {\n  const label = `${‹other›}!`;\n  ‹call›(label);\n  ‹act›(label, 1);\n}»",
      "«if (‹value›) ‹call›(1);\nelse ‹call›(1);»",
      "return «‹value› ? ‹call›(‹other›) : ‹call›(‹other›)»;",
      "«if (‹value›) {\n  return ‹call›(‹other›);\n} else {\n  return ‹call›(‹other›);\n}»",
    ],
    c: [
      "«if (‹value›) {\n  ‹call›(‹other›);\n} else {\n  ‹call›(‹other›);\n}»",
      "int ‹third› = «‹value› < 0 ? ‹other› : ‹other›»;",
      "«if (‹value› > 3) {\n  ‹other›->‹field› = 1;\n  ‹call›(‹other›);\n} else {\n  ‹other›->‹field› = 1;\n  ‹call›(‹other›);\n}»",
      "«if (‹value›)\n  ‹call›(1);\nelse\n  ‹call›(1);»",
    ],
    csharp: [
      "«if (‹value›)\n{\n  ‹call›(‹other›);\n}\nelse\n{\n  ‹call›(‹other›);\n}»",
      "var ‹third› = «‹value› < 0 ? ‹other›.Name : ‹other›.Name»;",
      "«if (‹value› > 3)\n{\n  ‹other›.Count = 1;\n  ‹call›(‹other›);\n}\nelse\n{\n  ‹other›.Count = 1;\n  ‹call›(‹other›);\n}»",
      "«if (‹value›) ‹call›(1);\nelse ‹call›(1);»",
    ],
    go: [
      "«if ‹value› {\n  ‹call›(‹other›)\n} else {\n  ‹call›(‹other›)\n}»",
      "«if ‹value› > 3 {\n  ‹other›.‹field› = 1\n  ‹call›(‹other›)\n} else {\n  ‹other›.‹field› = 1\n  ‹call›(‹other›)\n}»",
      "«if ‹value›, ok := ‹other›[key]; ok {\n  ‹call›(key)\n} else {\n  ‹call›(key)\n}»",
    ],
    java: [
      "«if (‹value›) {\n  ‹call›(‹other›);\n} else {\n  ‹call›(‹other›);\n}»",
      "int ‹third› = «‹value› < 0 ? ‹other›.‹field›() : ‹other›.‹field›()»;",
      "«if (‹value› > 3) {\n  this.‹field› = ‹other›;\n  ‹call›(‹other›);\n} else {\n  this.‹field› = ‹other›;\n  ‹call›(‹other›);\n}»",
      "«if (‹value›) ‹call›(1);\nelse ‹call›(1);»",
    ],
    php: [
      "«if ($‹value›) {\n  ‹call›($‹other›);\n} else {\n  ‹call›($‹other›);\n}»",
      "$‹third› = «$‹value› < 0 ? $‹other›['‹field›'] : $‹other›['‹field›']»;",
      "«if ($‹value› > 3) {\n  $this->‹field› = 1;\n  $this->‹call›($‹other›);\n} else {\n  $this->‹field› = 1;\n  $this->‹call›($‹other›);\n}»",
      "return «$‹value› ? ‹call›($‹other›) : ‹call›($‹other›)»;",
    ],
    python: [
      "«if ‹value›:\n  ‹call›(‹other›)\nelse:\n  ‹call›(‹other›)»",
      "‹third› = «‹other›.‹field› if ‹value› < 0 else ‹other›.‹field›»",
      "«if ‹value› > 3:\n  ‹other›.‹field› = 1\n  ‹call›(‹other›)\nelse:\n  ‹other›.‹field› = 1\n  ‹call›(‹other›)»",
      '«if "‹key›" in ‹value›:\n  return ‹call›(‹value›)\nelse:\n  return ‹call›(‹value›)»',
    ],
    rust: [
      "«if ‹value› {\n  ‹call›(‹other›);\n} else {\n  ‹call›(‹other›);\n}»",
      "let ‹third› = «if ‹value› < 0 { ‹other›.‹field› } else { ‹other›.‹field› }»;",
      "«if ‹value› > 3 {\n  ‹other›.‹field› = 1;\n  ‹call›(&‹other›);\n} else {\n  ‹other›.‹field› = 1;\n  ‹call›(&‹other›);\n}»",
      "«if let Some(found) = ‹value› {\n  ‹call›(‹other›);\n} else {\n  ‹call›(‹other›);\n}»",
    ],
  },
};
