import type { Mutator } from "../mutator.ts";

export const duplicateKey: Mutator = {
  rule: "duplicate-key",
  promise: "An object or dictionary literal names the same key twice.",
  shapes: {
    ecmascript: [
      "const ‹value› = «{ ‹field›: 1, other: 2, ‹field›: 3 }»;",
      'return «{\n  "‹field›": ‹value›,\n  name: "x",\n  "‹field›": ‹other›,\n}»;',
      "‹call›(«{\n  ‹field›: ‹value›,\n  '‹field›': ‹other›,\n}»);",
      "const ‹value› = «{\n  1: 'one',\n  2: 'two',\n  1: 'three',\n}»;",
      "const ‹value› = «{\n  ‹field›() {\n    return 1;\n  },\n  size: 3,\n  ‹field›: () => 2,\n}»;",
      "‹call›(‹value›, «{ ...‹other›, ‹field›: true, last: null, ‹field›: false }»);",
      "const ‹value› = { inner: «{ ‹field›: [], ‹key›: {}, ‹field›: [1] }», ‹field›: 4 };",
    ],
    python: [
      '‹value› = «{"‹field›": 1, "other": 2, "‹field›": 3}»',
      "return «{\n  '‹field›': ‹value›,\n  'name': 'x',\n  \"‹field›\": ‹other›,\n}»",
      "‹call›(«{1: 'one', 2: 'two', 1: 'three'}»)",
      "‹value› = {'inner': «{'‹field›': [], '‹key›': {}, '‹field›': [1]}»}",
      "‹value› = «{\n  **‹other›,\n  '‹field›': True,\n  'last': None,\n  '‹field›': False,\n}»",
    ],
  },
};
