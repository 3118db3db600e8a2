import type { Mutator } from "../mutator.ts";

export const forgottenDebugger: Mutator = {
  rule: "forgotten-debugger",
  promise: "A breakpoint from a debugging session is still in the code.",
  shapes: {
    ecmascript: [
      "«debugger;»",
      "«debugger»",
      "const ‹value› = ‹call›(); «debugger;»",
      "if (‹value›.‹field› > 3) «debugger;»",
    ],
    csharp: [
      "«Debugger.Break();»",
      "«System.Diagnostics.Debugger.Break();»",
      "«Debugger.Launch();»",
      "if (‹value› == null) «Debugger.Break();»",
    ],
    python: [
      "«breakpoint()»",
      "«import pdb; pdb.set_trace()»",
      "import pdb\n«pdb.set_trace()»",
      "import ipdb\n«ipdb.set_trace()»",
      "«__import__('pdb').set_trace()»",
      "if ‹value› > 3: «breakpoint()»",
      "from pdb import set_trace\n«set_trace()»",
    ],
    ruby: [
      "«binding.pry»",
      "«byebug»",
      "«binding.irb»",
      "«debugger»",
      "«binding.pry if ‹value› > 3»",
      "require 'pry'; «binding.pry»",
    ],
    rust: [
      "«dbg!(‹value›);»",
      "«dbg!(&‹value›.‹field›);»",
      "let ‹other› = «dbg!(‹value› * 2)» + 1;",
      "«dbg!();»",
      "‹call›(«dbg!(‹value›, ‹other›)»);",
    ],
  },
};
