import type { Mutator } from "../mutator.ts";

export const lateBindingClosure: Mutator = {
  rule: "late-binding-closure",
  promise:
    "In a loop a lambda that uses the loop variable is kept for later: appended, stored under a key, or connected to an event.",
  shapes: {
    python: [
      "for ‹value› in ‹other›:\n  handlers.append(«lambda: ‹call›(‹value›)»)",
      "for ‹value› in ‹other›:\n  self.‹field›[‹value›] = «lambda event: ‹call›(event, ‹value›)»",
      "for ‹value› in ‹other›:\n  button = make()\n  button.clicked.connect(«lambda: self.‹call›(‹value›)»)",
      "for index, ‹value› in enumerate(‹other›):\n  handlers.append(«lambda x: x + index»)",
      "for ‹value› in range(10):\n  if ‹third›:\n    ‹other›['‹field›'].append(«lambda: ‹value› * 2»)",
    ],
  },
};
