import type { Mutator } from "../mutator.ts";

export const unthrownError: Mutator = {
  rule: "unthrown-error",
  promise: "An error object is created as a statement of its own.",
  shapes: {
    csharp: [
      'if (‹value› == null) «new ArgumentNullException("x");»',
      '«new InvalidOperationException($"no {‹value›}");»',
      'if (‹value›)\n{\n  «new System.Exception("no");»\n}',
    ],
    ecmascript: [
      'if (!‹value›) «new Error("no ‹value›");»',
      "«new TypeError(`bad ${‹value›.‹field›}`);»",
      'if (‹value›.‹field› < 0) {\n  «new RangeError("below zero", { cause: ‹other› });»\n}',
      '«Error("no");»',
      '«new ‹Type›Error("no", ‹value›);»',
    ],
    java: [
      'if (‹value› == null) «new IllegalArgumentException("no");»',
      '«new IllegalStateException("no " + ‹value›);»',
      "if (‹value›) {\n  «new RuntimeException(‹other›);»\n}",
    ],
    php: [
      "if (!$‹value›) «new InvalidArgumentException('no');»",
      '«new RuntimeException("no {$‹value›}");»',
      "if ($‹value›) {\n  «new \\Exception('no', 3);»\n}",
    ],
    python: [
      'if not ‹value›:\n  «ValueError("no ‹value›")»',
      "«TypeError(f'bad {‹value›}')»",
      "if ‹value›.‹field› < 0:\n  «RuntimeError('no', ‹other›)»",
      "«KeyError(‹value›)»",
    ],
  },
};
