import { declaration, type Mutator } from "../mutator.ts";

export const raiseNotImplemented: Mutator = {
  rule: "raise-not-implemented",
  promise: "`raise NotImplemented`.",
  shapes: {
    python: [
      "«raise NotImplemented»",
      '«raise NotImplemented("‹field› is missing")»',
      "if ‹value› is None:\n  «raise NotImplemented»",
      declaration('class ‹Type›:\n  def ‹call›(self):\n    """Told by each kind."""\n    «raise NotImplemented()»\n'),
      "try:\n  ‹call›()\nexcept KeyError as error:\n  «raise NotImplemented from error»",
    ],
  },
};

export const unsafeYamlLoad: Mutator = {
  rule: "unsafe-yaml-load",
  promise: "`yaml.load` is called without a safe loader.",
  shapes: {
    python: [
      "‹value› = «yaml.load(‹other›)»",
      "with open(‹value›) as handle:\n  ‹other› = «yaml.load(handle)»",
      "return «yaml.load(‹value›, Loader=yaml.Loader)»",
      "‹value› = «yaml.load(\n  ‹other›.read(),\n  Loader=yaml.UnsafeLoader,\n)»",
      "for one in «yaml.load_all(‹value›)»:\n  ‹call›(one)",
      "‹value› = «yaml.load(‹other›, yaml.FullLoader)»",
      "self.‹field› = «yaml.load(requests.get(‹value›).text)»['‹key›']",
    ],
  },
};
