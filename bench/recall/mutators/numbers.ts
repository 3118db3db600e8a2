import { declaration, type Mutator } from "../mutator.ts";

export const inexactDecimal: Mutator = {
  rule: "inexact-decimal",
  promise: "An exact decimal number is created from a floating-point literal.",
  shapes: {
    java: [
      "BigDecimal ‹value› = «new BigDecimal(0.1)»;",
      "return «new BigDecimal(19.99)».multiply(‹other›);",
      "‹call›(«new BigDecimal(-1.5e3)», ‹value›);",
      "‹value›.add(«new java.math.BigDecimal(0.25)»);",
      "var ‹value› = «new BigDecimal(2.5, MathContext.DECIMAL64)»;",
      declaration("private static final BigDecimal RATE = «new BigDecimal(0.19)»;\n"),
    ],
    python: [
      "‹value› = «Decimal(0.1)»",
      "return «Decimal(19.99)» * ‹other›",
      "‹call›(«decimal.Decimal(1.5e3)», ‹value›)",
      "‹value› = ‹other› + «Decimal(-0.25)»",
      "‹value› = {'‹field›': «Decimal(0.07)»}",
    ],
  },
};

export const loopDirection: Mutator = {
  rule: "loop-direction",
  promise: "A counting loop moves its variable away from the bound it is compared with.",
  shapes: {
    ecmascript: [
      "«for (let i = 0; i < ‹value›.length; i--) {\n  ‹call›(‹value›[i]);\n}»",
      "«for (let i = ‹value›.length - 1; i >= 0; i++) ‹call›(‹value›[i]);»",
      "«for (var index = 10; index > ‹other›; index += 2) {\n  ‹call›(index);\n}»",
      "«for (let i = 0, n = ‹value›.length; i < n; --i) {\n  ‹call›(i);\n}»",
      "«for (let i = 0; i <= 100; i -= 5) {\n  ‹call›(i);\n}»",
    ],
    go: [
      "«for i := 0; i < len(‹value›); i-- {\n  ‹call›(‹value›[i])\n}»",
      "«for i := len(‹value›) - 1; i >= 0; i++ {\n  ‹call›(‹value›[i])\n}»",
      "«for index := 10; index > ‹other›; index += 2 {\n  ‹call›(index)\n}»",
      "«for i := 0; i <= 100; i -= 5 {\n  ‹call›(i)\n}»",
    ],
    java: [
      "«for (int i = 0; i < ‹value›.length; i--) {\n  ‹call›(‹value›[i]);\n}»",
      "«for (int i = ‹value›.size() - 1; i >= 0; i++) ‹call›(‹value›.get(i));»",
      "«for (long index = 10; index > ‹other›; index += 2) {\n  ‹call›(index);\n}»",
      "«for (int i = 0; i <= 100; i -= 5) {\n  ‹call›(i);\n}»",
      "«for (int i = ‹value›; i > 0; ++i) {\n  ‹call›(i);\n}»",
    ],
  },
};

export const nanComparison: Mutator = {
  rule: "nan-comparison",
  promise: "Something is compared with NaN by an operator.",
  shapes: {
    ecmascript: [
      "if («‹value› === NaN») ‹call›();",
      "if («‹value›.‹field› != NaN») {\n  ‹call›();\n}",
      "return «NaN == ‹value›»;",
      "const valid = ‹other› && «‹value› !== Number.NaN»;",
      "while («Number(‹value›) === NaN») ‹call›();",
      "const ‹third› = «parseInt(‹value›, 10) === NaN» ? 0 : ‹value›;",
    ],
    go: [
      "if «‹value› == math.NaN()» {\n  ‹call›()\n}",
      "valid := ‹other› && «‹value›.‹field› != math.NaN()»\n‹call›(valid)",
      "if «math.NaN() == ‹value›» {\n  return\n}",
      "for «‹value› != math.NaN()» {\n  ‹call›()\n}",
    ],
    java: [
      "if («‹value› == Double.NaN») {\n  ‹call›();\n}",
      "boolean valid = ‹other› && «‹value›.‹field›() != Double.NaN»;",
      "return «Float.NaN == ‹value›»;",
      "double ‹third› = «‹value› == Float.NaN» ? 0 : ‹value›;",
    ],
    python: [
      'if «‹value› == float("nan")»:\n  ‹call›()',
      "if ‹other› and «‹value›.‹field› != math.nan»:\n  ‹call›()",
      "return «np.nan == ‹value›»",
      "‹third› = 0 if «‹value› == float('NaN')» else ‹value›",
      "while «‹value› == numpy.nan»:\n  ‹call›()",
      "‹third› = [one for one in ‹value› if «one != math.nan»]",
    ],
    rust: [
      "if «‹value› == f64::NAN» {\n  ‹call›();\n}",
      "let valid = ‹other› && «‹value›.‹field› != f32::NAN»;",
      "if «f64::NAN == ‹value›» {\n  ‹call›();\n}",
      "while «‹value› != std::f64::NAN» {\n  ‹call›();\n}",
    ],
  },
};
