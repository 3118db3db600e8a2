import type { Family } from "./mutator.ts";

/** How a family writes functions and blocks; `N` is a number that differs, `C` a condition. */
export interface Grammar {
  /** Functions and methods, with `BODY` at the indentation of their statements. */
  readonly functions: readonly string[];
  readonly statement: string;
  readonly when: string;
  readonly otherwiseWhen: string;
  readonly otherwise: string;
  readonly repeat: string;
  readonly end: string;
  readonly endRepeat?: string;
  readonly and: string;
  /** Names a variable. */
  readonly name: string;
}

const BRACES = {
  statement: "act(N);",
  when: "if (C) {",
  otherwiseWhen: "} else if (C) {",
  otherwise: "} else {",
  repeat: "while (C) {",
  end: "}",
  and: "&&",
  name: "flagN",
};

export const GRAMMARS: Readonly<Partial<Record<Family, Grammar>>> = {
  ecmascript: {
    ...BRACES,
    functions: [
      "«function ‹call›(first) {\n  BODY\n}»\n",
      "«async function* ‹call›(first) {\n  BODY\n}»\n",
      "class ‹Type› {\n  «‹call›(first) {\n    BODY\n  }»\n}\n",
      "const ‹call› = «(first) => {\n  BODY\n}»;\n",
      "«module.exports.‹call› = function ‹call›(first) {\n  BODY\n};»\n",
    ],
  },
  c: {
    ...BRACES,
    functions: [
      "«static int ‹call›(int first) {\n  BODY\n}»\n",
      "«void ‹call›_all(struct entry *first, size_t count)\n{\n  BODY\n}»\n",
    ],
  },
  csharp: {
    ...BRACES,
    functions: [
      "«public int ‹call›(int first)\n{\n  BODY\n}»\n",
      "«private static async Task ‹call›(string first)\n{\n  BODY\n}»\n",
    ],
  },
  java: {
    ...BRACES,
    functions: [
      "«public int ‹call›(int first) {\n  BODY\n}»\n",
      "«private static <T> void ‹call›(List<T> first) throws IOException {\n  BODY\n}»\n",
    ],
  },
  php: {
    ...BRACES,
    name: "$flagN",
    functions: [
      "«function ‹call›_all($first) {\n  BODY\n}»\n",
      "class ‹Type› {\n  «public function ‹call›(array $first): void {\n    BODY\n  }»\n}\n",
    ],
  },
  powershell: {
    ...BRACES,
    statement: "Write-Output N",
    otherwiseWhen: "} elseif (C) {",
    name: "$flagN",
    and: "-and",
    functions: [
      "«function ‹call›Entry {\n  param($First)\n  BODY\n}»\n",
      "«function ‹call›Item($First) {\n  BODY\n}»\n",
    ],
  },
  go: {
    ...BRACES,
    statement: "act(N)",
    when: "if C {",
    otherwiseWhen: "} else if C {",
    repeat: "for C {",
    functions: [
      "«func ‹call›All(first int) {\n  BODY\n}»\n",
      "«func (s *‹Type›) ‹call›(first string) error {\n  BODY\n  return nil\n}»\n",
    ],
  },
  rust: {
    ...BRACES,
    when: "if C {",
    otherwiseWhen: "} else if C {",
    repeat: "while C {",
    functions: [
      "«fn ‹call›_all(first: u32) {\n  BODY\n}»\n",
      "impl ‹Type› {\n  «pub fn ‹call›(&self, first: &str) {\n    BODY\n  }»\n}\n",
    ],
  },
  python: {
    statement: "act(N)",
    when: "if C:",
    otherwiseWhen: "elif C:",
    otherwise: "else:",
    repeat: "while C:",
    end: "",
    and: "and",
    name: "flagN",
    functions: [
      "«def ‹call›_all(first):\n  BODY»\n",
      "class ‹Type›:\n  «def ‹call›(self, first: str) -> None:\n    BODY»\n",
      "«async def ‹call›(first, *rest):\n  BODY»\n",
    ],
  },
  ruby: {
    statement: "act(N)",
    when: "if C",
    otherwiseWhen: "elsif C",
    otherwise: "else",
    repeat: "while C",
    end: "end",
    and: "&&",
    name: "flagN",
    functions: [
      "«def ‹call›_all(first)\n  BODY\nend»\n",
      "class ‹Type›\n  «def self.‹call›(first)\n    BODY\n  end»\nend\n",
    ],
  },
  bash: {
    statement: "act N",
    when: "if C; then",
    otherwiseWhen: "elif C; then",
    otherwise: "else",
    repeat: "while C; do",
    end: "fi",
    endRepeat: "done",
    and: "&&",
    name: '[ -n "$flagN" ]',
    functions: ["«‹call›_all() {\n  BODY\n}»\n", "«function ‹call›_all {\n  BODY\n}»\n"],
  },
};
