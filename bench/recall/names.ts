/** Fills in the names a shape leaves open, in the manner of the language. */
import type { Random } from "./random.ts";

const NOUNS =
  "order invoice customer shipment account basket ticket parcel folder channel sensor booking member layer region".split(
    " ",
  );
const FIELDS = "total status owner label height amount region priority created parent offset version".split(" ");
const VERBS = "update notify collect refresh register publish prepare measure dispatch archive".split(" ");

/** Kinds of open names; those of one kind differ within a shape. A capital letter asks for a type's name. */
const POOLS: Readonly<Record<string, readonly string[]>> = {
  value: NOUNS,
  other: NOUNS,
  third: NOUNS,
  field: FIELDS,
  key: FIELDS,
  call: VERBS,
  act: VERBS,
  Type: NOUNS,
};

const SNAKE = new Set(["python", "ruby", "rust", "c", "php", "shellscript"]);

/** @throws Error for a kind of name that there is not */
export function fillNames(code: string, language: string, random: Random): string {
  const chosen = new Map<string, string>();
  return code.replaceAll(/‹(\w+)›/g, (_, kind: string) => {
    const known = chosen.get(kind);
    if (known !== undefined) return known;
    const name = choose(kind, language, random, new Set([...chosen.values()].map((one) => one.toLowerCase())));
    chosen.set(kind, name);
    return name;
  });
}

function choose(kind: string, language: string, random: Random, taken: ReadonlySet<string>): string {
  const pool = POOLS[kind];
  if (!pool) throw new Error(`There is no kind of name ${kind}.`);
  const free = pool
    .map((word) => inManner(word, kind, language, random))
    .filter((one) => !taken.has(one.toLowerCase()));
  return random.pick(free);
}

/** Half of the names have two words. */
function inManner(word: string, kind: string, language: string, random: Random): string {
  const capital = `${word[0]!.toUpperCase()}${word.slice(1)}`;
  if (kind === "Type") return `${capital}Store`;
  if ((kind === "call" || kind === "act") && (language === "csharp" || language === "powershell")) return capital;
  if (random.below(2) === 0) return word;
  const second = kind === "call" || kind === "act" ? "items" : "entry";
  if (SNAKE.has(language)) return `${word}_${second}`;
  return `${word}${second[0]!.toUpperCase()}${second.slice(1)}`;
}
