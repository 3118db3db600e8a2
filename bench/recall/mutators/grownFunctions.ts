import { GRAMMARS, type Grammar } from "../functionGrammars.ts";
import { declaration, type DeclarationShape, type Mutator } from "../mutator.ts";

/** Numbers the names, so that no two conditions are alike. */
function createCounter(): (text: string) => string {
  let count = 0;
  return (text) => text.replaceAll("N", () => String(++count));
}

const NESTED = (grammar: Grammar): string[] => {
  const number = createCounter();
  const simple = () => number(grammar.name);
  const double = () => `${simple()} ${grammar.and} ${simple()}`;
  const { when, otherwiseWhen, otherwise, repeat, end, endRepeat = end } = grammar;
  const act = () => number(grammar.statement);
  // By SonarSource's count 22: 1 + (2+1) + 3 + (4+1) + 5+1 + 1 + 1 + 1 + 1.
  const block = () => [
    repeat.replace("C", simple),
    `  ${when.replace("C", double)}`,
    `    ${repeat.replace("C", simple)}`,
    `      ${when.replace("C", double)}`,
    `        ${when.replace("C", double)}`,
    `          ${act()}`,
    `        ${otherwise}`,
    `          ${act()}`,
    `        ${end}`,
    `      ${end}`,
    `    ${endRepeat}`,
    `  ${otherwiseWhen.replace("C", simple)}`,
    `    ${act()}`,
    `  ${otherwise}`,
    `    ${act()}`,
    `  ${end}`,
    endRepeat,
  ];
  return [...block(), ...block()];
};

/** One for each condition, one for each `and`: 64. */
const FLAT = (grammar: Grammar): string[] => {
  const number = createCounter();
  const condition = () => `${number(grammar.name)} ${grammar.and} ${number(grammar.name)}`;
  return Array.from({ length: 32 }, () => [
    grammar.when.replace("C", condition),
    `  ${number(grammar.statement)}`,
    grammar.end,
  ]).flat();
};

/** One for each of the 40 conditions. */
const CHAIN = (grammar: Grammar): string[] => {
  const number = createCounter();
  const branches = Array.from({ length: 40 }, (_, index) => [
    (index === 0 ? grammar.when : grammar.otherwiseWhen).replace("C", () => number(grammar.name)),
    `  ${number(grammar.statement)}`,
  ]);
  return [...branches.flat(), grammar.end];
};

/** 230 statements. */
const LONG = (grammar: Grammar): string[] => {
  const number = createCounter();
  return Array.from({ length: 230 }, () => number(grammar.statement));
};

/** 70 conditions with a statement each: 210 lines, 140 where blocks end by indentation. */
const LONG_BLOCKS = (grammar: Grammar): string[] => {
  const number = createCounter();
  const length = grammar.end === "" ? 110 : 70;
  return Array.from({ length }, () => [
    grammar.when.replace("C", () => number(grammar.name)),
    `  ${number(grammar.statement)}`,
    grammar.end,
  ]).flat();
};

function grown(bodies: readonly ((grammar: Grammar) => string[])[]): Mutator["shapes"] {
  const shapesOf = (grammar: Grammar): DeclarationShape[] =>
    grammar.functions.flatMap((code) => bodies.map((body) => declaration(withBody(code, body(grammar)))));
  return Object.fromEntries(Object.entries(GRAMMARS).map(([family, grammar]) => [family, shapesOf(grammar)]));
}

function withBody(code: string, lines: readonly string[]): string {
  const [, margin = ""] = /^( *)BODY/m.exec(code) ?? [];
  return code.replace("BODY", () => lines.filter((line) => line.trim() !== "").join(`\n${margin}`));
}

export const complexFunction: Mutator = {
  rule: "complex-function",
  promise: "Cognitive complexity (as SonarSource defines it) is above 25.",
  shapes: grown([NESTED, FLAT, CHAIN]),
};

export const longFunction: Mutator = {
  rule: "long-function",
  promise: "A named function has more than 200 lines.",
  shapes: grown([LONG, LONG_BLOCKS]),
};
