import { declaration, type Mutator } from "../mutator.ts";

export const mutableDefaultArgument: Mutator = {
  rule: "mutable-default-argument",
  promise:
    "A list, dictionary or set is the default of a parameter, and the function changes it, keeps it or returns it.",
  shapes: {
    python: [
      declaration("«def ‹call›(‹value›, ‹other›=[]):\n  ‹other›.append(‹value›)\n  return ‹other›»\n"),
      declaration(
        "«def ‹call›(‹value›, ‹other›={}):\n  if ‹value›:\n    ‹other›[‹value›.‹field›] = ‹value›\n  ‹act›(‹other›)»\n",
      ),
      declaration(
        "class ‹Type›:\n  «def __init__(self, ‹value›, ‹other›=[]):\n    self.‹value› = ‹value›\n    self.‹other› = ‹other›»\n",
      ),
      declaration(
        "«def ‹call›(‹value›, ‹other›=set(), *, ‹field›=1):\n  ‹other›.add(‹value›)\n  return len(‹other›)»\n",
      ),
      declaration(
        "«async def ‹call›(‹value›: str, ‹other›: list[str] = []) -> list[str]:\n  ‹other› += [‹value›]\n  return ‹other›»\n",
      ),
      declaration("«def ‹call›(‹value›, ‹other›=dict()):\n  ‹other›.update(‹value›)\n  return ‹other›»\n"),
      declaration(
        "«def ‹call›(\n  ‹value›: str,\n  ‹other›: dict = {'‹field›': 1},\n):\n  for one in ‹value›:\n    ‹other›.setdefault(one, []).append(1)\n  return ‹other›»\n",
      ),
      "«def ‹call›(‹other›=[]):\n  ‹other›.extend(‹value›)\n  return ‹other›»\n‹act›(‹call›)",
    ],
  },
};
