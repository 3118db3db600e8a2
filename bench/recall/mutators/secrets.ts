/**
 * Keys are put together from parts, so that this file holds none. Their random part is the same in every run and
 * opens nothing.
 */
import type { Family, Mutator, Shape } from "../mutator.ts";
import { createRandom } from "../random.ts";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX = "0123456789abcdef";

const random = createRandom("secrets");
const draw = (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet[random.below(alphabet.length)]).join("");

/** What known providers issue. */
const KEYS = [
  `AKIA${draw(UPPER, 16)}`,
  `ghp_${draw(MIXED, 36)}`,
  `xoxb-${draw("123456789", 12)}-${draw("123456789", 12)}-${draw(MIXED, 24)}`,
  `sk_live_${draw(MIXED, 24)}`,
  `SG.${draw(MIXED, 22)}.${draw(MIXED, 43)}`,
  `glpat-${draw(MIXED, 20)}`,
  `AIza${draw(MIXED, 35)}`,
  `npm_${draw(MIXED, 36)}`,
  `sk-ant-api03-${draw(MIXED, 93)}AA`,
  `hf_${draw(MIXED.slice(0, 52), 34)}`,
];

/** Name and value as people choose them. */
const SECRETS: readonly (readonly [string, string])[] = [
  ["password", `${draw(MIXED, 9)}!7`],
  ["api_key", draw(HEX, 32)],
  ["db_password", "k9#vTq2!mZ"],
  ["auth_token", draw(MIXED, 40)],
  ["client_secret", draw(MIXED, 32)],
  ["smtp_password", "Wn4$xH8pQz"],
];

/** An assignment as each language writes it; `NAME` and `VALUE` are filled in. */
const ASSIGNMENTS: Readonly<Partial<Record<Family, readonly string[]>>> = {
  ecmascript: ['«const NAME = "VALUE";»', "‹call›({ «NAME: 'VALUE'» });", '«this.NAME = "VALUE";»'],
  python: ['«NAME = "VALUE"»', "‹call›(«NAME='VALUE'»)", "‹value› = {«'NAME': 'VALUE'»}"],
  go: ['«NAME := "VALUE"»\n‹call›(NAME)', '«const NAME = "VALUE"»'],
  java: ['«String NAME = "VALUE";»', '«this.NAME = "VALUE";»'],
  rust: ['«let NAME = "VALUE";»', '«const NAME: &str = "VALUE";»'],
  csharp: ['«var NAME = "VALUE";»', '«string NAME = @"VALUE";»'],
  c: ['«const char *NAME = "VALUE";»', '«static const char NAME[] = "VALUE";»'],
  php: ["«$NAME = 'VALUE';»", "$‹value› = [«'NAME' => 'VALUE'»];", "«define('NAME', 'VALUE');»"],
  ruby: ["«NAME = 'VALUE'»", "‹call›(«NAME: 'VALUE'»)", '«@NAME = "VALUE"»'],
  bash: ["«NAME='VALUE'»", "«export NAME='VALUE'»"],
  powershell: ["«$NAME = 'VALUE'»", "$‹value› = @{ «NAME = 'VALUE'» }"],
};

/** Each value meets each way of writing it in turn. */
function assigned(pairs: readonly (readonly [string, string])[]): Mutator["shapes"] {
  return Object.fromEntries(
    Object.entries(ASSIGNMENTS).map(([family, ways]) => [
      family,
      pairs.map(([name, value], index): Shape => {
        const way = ways[index % ways.length]!;
        return way.replaceAll("NAME", name).replaceAll("VALUE", inText(value, family as Family));
      }),
    ]),
  );
}

/** `$` begins a variable in these languages' double quotes, which none of their ways use; `#` likewise in Ruby. */
function inText(value: string, family: Family): string {
  return family === "ruby" ? value.replaceAll(/[#$]/g, "+") : value;
}

export const exposedKey: Mutator = {
  rule: "exposed-key",
  promise: "A value has the form of a key that a known provider issues.",
  shapes: assigned(KEYS.map((key) => ["setting", key])),
};

export const hardcodedSecret: Mutator = {
  rule: "hardcoded-secret",
  promise: "A password, token or key is written into the file.",
  shapes: assigned(SECRETS),
};

const HEADERS = ["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY"];
const block = (header: string, lineBreak: string) =>
  [`-----BEGIN ${header}-----`, ...Array.from({ length: 13 }, () => draw(MIXED, 64)), `-----END ${header}-----`].join(
    lineBreak,
  );

/** How each language writes a text of several lines; `KEY` is filled in. */
const TEXTS: Readonly<Partial<Record<Family, readonly (readonly [string, string])[]>>> = {
  ecmascript: [
    ["«const ‹value› = `KEY`;»", "\n"],
    ['«const ‹value› = "KEY\\n";»', "\\n"],
  ],
  python: [
    ['«‹value› = """KEY"""»', "\n"],
    ['«‹value› = "KEY\\n"»', "\\n"],
  ],
  go: [
    ["«‹value› := `KEY`»\n‹call›(‹value›)", "\n"],
    ['«‹value› := "KEY\\n"»\n‹call›(‹value›)', "\\n"],
  ],
  java: [
    ['«String ‹value› = """\n  KEY""";»', "\n  "],
    ['«String ‹value› = "KEY\\n";»', "\\n"],
    ['«String ‹value› = "KEY\\n";»', '\\n" +\n  "'],
  ],
  rust: [
    ['«let ‹value› = "KEY";»', "\n"],
    ['«let ‹value› = r"KEY";»', "\n"],
  ],
  csharp: [
    ['«var ‹value› = @"KEY";»', "\n"],
    ['«var ‹value› = "KEY\\n";»', "\\n"],
  ],
  c: [
    ['«const char *‹value› = "KEY\\n";»', "\\n"],
    ['«const char *‹value› = "KEY\\n";»', '\\n"\n  "'],
  ],
  php: [
    ["«$‹value› = 'KEY';»", "\n"],
    ['«$‹value› = "KEY\\n";»', "\\n"],
  ],
  ruby: [
    ["«‹value› = 'KEY'»", "\n"],
    ['«‹value› = "KEY\\n"»', "\\n"],
  ],
  bash: [
    ["«‹value›='KEY'»", "\n"],
    ["«‹value›=$'KEY\\n'»", "\\n"],
  ],
  powershell: [
    ["«$‹value› = 'KEY'»", "\n"],
    ['«$‹value› = "KEY`n"»', "`n"],
  ],
};

export const privateKey: Mutator = {
  rule: "private-key",
  promise: "The file holds a private key.",
  shapes: Object.fromEntries(
    Object.entries(TEXTS).map(([family, ways]) => [
      family,
      HEADERS.flatMap((header): Shape[] =>
        ways.map(([code, lineBreak]) => code.replace("KEY", () => block(header, lineBreak))),
      ),
    ]),
  ),
};
