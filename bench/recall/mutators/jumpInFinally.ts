import type { Mutator } from "../mutator.ts";

export const jumpInFinally: Mutator = {
  rule: "jump-in-finally",
  promise: "`return`, `break` or `continue` leaves a `finally` block.",
  shapes: {
    ecmascript: [
      "try {\n  ‹call›();\n} finally {\n  «return null;»\n}",
      "for (const ‹value› of ‹other›) {\n  try {\n    ‹call›(‹value›);\n  } finally {\n    «continue;»\n  }\n}",
      "while (‹value›) {\n  try {\n    ‹call›();\n  } catch (error) {\n    ‹act›(error);\n  } finally {\n    if (‹other›) {\n      «break;»\n    }\n  }\n}",
      'try {\n  ‹call›();\n} catch (error) {\n  throw new Error("no", { cause: error });\n} finally {\n  ‹act›();\n  if (‹value›) «return ‹other›;»\n}',
    ],
    java: [
      "try {\n  ‹call›();\n} finally {\n  «return;»\n}",
      "for (String ‹value› : ‹other›) {\n  try {\n    ‹call›(‹value›);\n  } finally {\n    «continue;»\n  }\n}",
      "while (‹value›) {\n  try {\n    ‹call›();\n  } catch (IOException e) {\n    ‹act›(e);\n  } finally {\n    if (‹other›) {\n      «break;»\n    }\n  }\n}",
      "try (var ‹value› = ‹call›()) {\n  ‹act›(‹value›);\n} finally {\n  synchronized (this) {\n    «return ‹other›;»\n  }\n}",
    ],
    python: [
      "try:\n  ‹call›()\nfinally:\n  «return None»",
      "for ‹value› in ‹other›:\n  try:\n    ‹call›(‹value›)\n  finally:\n    «continue»",
      "while ‹value›:\n  try:\n    ‹call›()\n  except OSError as error:\n    ‹act›(error)\n  finally:\n    if ‹other›:\n      «break»",
      "try:\n  ‹call›()\nfinally:\n  with ‹value›:\n    «return ‹other›»",
    ],
  },
};
