import { declaration, type Mutator } from "../mutator.ts";

export const asyncPredicate: Mutator = {
  rule: "async-predicate",
  promise: "An async function is given to `filter`, `find`, `some`, `every` or `sort`.",
  shapes: {
    ecmascript: [
      "const ‹value› = «‹other›.filter(async (one) => await ‹call›(one))»;",
      "const ‹value› = «‹other›.find(async (one) => {\n  const found = await ‹call›(one);\n  return found.‹field›;\n})»;",
      "if («‹value›.some(async function (one) {\n  return (await ‹call›(one)) > 3;\n})») ‹act›();",
      "return «‹value›.‹field›.every(async one => ‹call›(one))»;",
      "«‹value›.sort(async (a, b) => (await ‹call›(a)) - (await ‹call›(b)))»;",
      "const ‹third› = ‹value›.map((one) => one.‹field›)«.filter(async ({ ‹key› }) => !(await ‹call›(‹key›)))»;",
    ],
    typescript: ["const ‹value› = «‹other›.filter(async (one: string): Promise<boolean> => await ‹call›(one))»;"],
  },
};

export const unawaitedAssertion: Mutator = {
  rule: "unawaited-assertion",
  promise: "`expect(…).resolves` or `.rejects` is a statement of its own, without `await` or `return`.",
  shapes: {
    ecmascript: [
      '«expect(‹call›("a")).rejects.toThrow();»',
      "«expect(‹value›.‹call›(‹other›)).resolves.toEqual({ ‹field›: 1 });»",
      "«expect(‹call›()).resolves.not.toBe(3);»",
      "«expect(async () => {\n  await ‹call›();\n}).rejects.toThrowError(/no/);»",
      declaration(
        'it("works", async () => {\n  const ‹value› = await ‹call›();\n  «expect(‹act›(‹value›)).rejects.toBeInstanceOf(TypeError);»\n});\n',
      ),
    ],
  },
};

export const unawaitedCoroutine: Mutator = {
  rule: "unawaited-coroutine",
  promise: "A coroutine of asyncio is called as a statement of its own, without `await`.",
  shapes: {
    python: [
      "«asyncio.sleep(1)»",
      "«asyncio.sleep(‹value›.‹field›)»",
      "«asyncio.wait_for(‹call›(), timeout=3)»",
      "«asyncio.wait([‹value›, ‹other›])»",
      declaration(
        "async def ‹call›(‹value›):\n  for one in ‹value›:\n    «asyncio.sleep(0.1)»\n    await ‹act›(one)\n",
      ),
      "«asyncio.open_connection(‹value›, 443)»",
    ],
  },
};

export const effectWithoutCleanup: Mutator = {
  rule: "effect-without-cleanup",
  promise: "`useEffect` calls `setInterval` or `addEventListener` and returns no function.",
  shapes: {
    ecmascript: [
      "«useEffect(() => {\n  setInterval(‹call›, 1000);\n}, []);»",
      '«useEffect(() => {\n  window.addEventListener("resize", ‹call›);\n}, [‹value›]);»',
      '«React.useEffect(() => {\n  const on = () => ‹call›(‹value›);\n  document.addEventListener("keydown", on);\n});»',
      "«useEffect(function () {\n  ‹act›();\n  const timer = setInterval(() => {\n    ‹call›(‹value›);\n  }, 500);\n  ‹value›.current = timer;\n}, []);»",
      "«useEffect(() => {\n  if (‹value›) {\n    window.setInterval(‹call›, 1000);\n  }\n}, [‹value›]);»",
    ],
  },
};
