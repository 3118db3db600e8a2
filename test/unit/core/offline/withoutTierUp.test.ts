import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

const SYNTAX = new URL("../../../../src/core/offline/syntax.ts", import.meta.url).href;
const GARBAGE = new URL("../../../../src/core/worker/collectGarbage.ts", import.meta.url).href;
const COUNT = new URL("../../../../src/core/offline/withoutTierUp.ts", import.meta.url).href;

/** Above all of tree-sitter's own functions (27,302 bytes), below the lexers of the languages here. */
const LARGE = 28_000;

/** Of the languages with the largest lexers: enough to make a function hot many times over. */
const TEXTS = {
  shellscript: 'if [ -f "$a" ]; then\n  echo "x ${b:-c}" | grep foo\nfi\n',
  powershell: 'function F([string]$a) {\n  if ($a -eq "x") { Write-Host "hi $a" }\n}\n',
  cpp: "template <class T> int f(const T& a) {\n  return a > 1 ? a->x : 3;\n}\n",
  ruby: 'def f(a)\n  puts "x #{a}" if a > 3\nend\n',
  csharp: "class A { public int F(string a) { return a == null ? 1 : a.Length; } }\n",
};

const PROGRAM = `
  const { createSyntax } = await import(${JSON.stringify(SYNTAX)});
  const { createCompileCount } = await import(${JSON.stringify(COUNT)});
  const { collectGarbage } = await import(${JSON.stringify(GARBAGE)});
  const syntax = await createSyntax(createCompileCount());
  const parseAll = async () => {
    for (const [language, text] of Object.entries(${JSON.stringify(TEXTS)})) {
      const grammar = await syntax.grammar(language);
      for (let round = 0; round < 3; round++) syntax.parse(grammar, text.repeat(400)).delete();
    }
  };
  await parseAll();
  // As when memory is short.
  await collectGarbage();
  await parseAll();
`;

/** Sizes of the functions that V8 has optimised, in bytes of WebAssembly, as its trace tells. */
function optimisedSizes(): number[] {
  // At once, in the thread that asks: how much is compiled before the process ends is not left to chance.
  const flags = ["--trace-wasm-compilation-times", "--wasm-sync-tier-up"];
  const args = [...flags, "--input-type=module", "--eval", PROGRAM];
  const trace = execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return [...trace.matchAll(/using TurboFan.* bodysize (\d+)/g)].map((match) => Number(match[1]));
}

it("keeps large lexers from the optimising compiler, and leaves it tree-sitter's own code", () => {
  const sizes = optimisedSizes();
  expect(sizes.filter((size) => size > LARGE)).toEqual([]);
  expect(sizes.length).toBeGreaterThan(10);
});
