import { declaration, type Mutator } from "../mutator.ts";

export const assertOnTuple: Mutator = {
  rule: "assert-on-tuple",
  promise: "`assert` is given a condition and a message in parentheses.",
  shapes: {
    python: [
      '«assert (‹value› > 0, "no ‹value›")»',
      '«assert (\n  ‹value›.‹field› is not None,\n  "‹field› is missing",\n)»',
      '«assert (isinstance(‹value›, str), f"bad ‹value›: {‹value›!r}")»',
      '«assert(len(‹value›) == len(‹other›), "lengths differ")»',
      declaration(
        'def check_‹field›(‹value›, ‹other›):\n  if ‹value›:\n    «assert (‹value› in ‹other›, "unknown %s" % ‹value›)»\n  return ‹value›\n',
      ),
    ],
  },
};
