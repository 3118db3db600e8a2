import fc from "fast-check";
import { expect, test } from "vitest";
import { createDepartures, type Departure } from "../../../../src/core/flow/departures.ts";
import { ModelError } from "../../../../src/core/model/modelError.ts";
import { createFakeClock } from "../../../support/fakeClock.ts";

const terminal = new ModelError({ code: "invalid-key", kind: "terminal", message: "no" });
const transient = new ModelError({ code: "server-error", kind: "transient", message: "later" });
const never = new AbortController().signal;

function open(shardPerMinute: number | null = null) {
  const clock = createFakeClock();
  let underWay = 0;
  const departures = createDepartures({ clock, shardPerMinute, onUnderWay: () => void underWay++ });
  const left = new Map<string, Departure>();
  const refused: string[] = [];
  const enter = (name: string, prefix: string | null = null, signal: AbortSignal = never) =>
    departures.enter(prefix, signal).then(
      (departure) => void left.set(name, departure),
      (error: Error) => void refused.push(`${name}:${error.message}`),
    );
  const names = () => [...left.keys()];
  return { clock, enter, left, names, refused, isUnderWay: () => underWay > 0 };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("without anything to share, the others go as soon as the first one is accepted", async () => {
  const { enter, left, names, isUnderWay } = open();
  for (const name of ["a", "b", "c"]) void enter(name);
  await settle();
  expect(names()).toEqual(["a"]);
  left.get("a")!.accepted();
  await settle();
  expect(names()).toEqual(["a", "b", "c"]);
  expect(isUnderWay()).toBe(false);
  left.get("b")!.firstToken();
  expect(isUnderWay()).toBe(true);
});

test("those that begin alike wait for the first token of the first of them, and for no other", async () => {
  const { enter, left, names } = open();
  void enter("a", "one");
  void enter("b", "one");
  void enter("c", "two");
  void enter("d", "two");
  void enter("e");
  await settle();
  left.get("a")!.accepted();
  await settle();
  expect(names()).toEqual(["a", "c", "e"]);
  left.get("c")!.firstToken();
  await settle();
  expect(names()).toEqual(["a", "c", "e", "d"]);
  left.get("a")!.firstToken();
  await settle();
  expect(names()).toEqual(["a", "c", "e", "d", "b"]);
});

test("a terminal error turns all others away, wherever they wait", async () => {
  const { enter, left, refused } = open();
  for (const [name, prefix] of [
    ["a", "one"],
    ["b", "one"],
    ["c", null],
  ] as const)
    void enter(name, prefix);
  await settle();
  left.get("a")!.failed(terminal);
  await settle();
  await enter("d", "two");
  expect(refused).toEqual(["b:no", "c:no", "d:no"]);
});

test("after another failure the next one leads, and primes", async () => {
  const { enter, left, names } = open();
  for (const name of ["a", "b", "c"]) void enter(name, "one");
  await settle();
  left.get("a")!.failed(transient);
  await settle();
  expect(names()).toEqual(["a", "b"]);
  left.get("b")!.accepted();
  await settle();
  expect(names()).toEqual(["a", "b"]);
  left.get("b")!.failed(undefined);
  await settle();
  expect(names()).toEqual(["a", "b", "c"]);
});

test("a model that thinks for long is not waited for", async () => {
  const { clock, enter, left, names, isUnderWay } = open();
  for (const name of ["a", "b"]) void enter(name, "one");
  await settle();
  left.get("a")!.accepted();
  await settle();
  await clock.advance(2_999);
  expect(names()).toEqual(["a"]);
  await clock.advance(1);
  await settle();
  expect(names()).toEqual(["a", "b"]);
  expect(isUnderWay()).toBe(true);
});

test("who is aborted while waiting does not hold up the others", async () => {
  const { enter, left, names, refused } = open();
  const controller = new AbortController();
  void enter("a", "one");
  void enter("b", "one", controller.signal);
  void enter("c", "one");
  await settle();
  left.get("a")!.accepted();
  await settle();
  controller.abort(new Error("enough"));
  left.get("a")!.failed(transient);
  await settle();
  expect(refused).toEqual(["b:enough"]);
  expect(names()).toEqual(["a", "c"]);
});

test("what lay unread for long is primed again", async () => {
  const { clock, enter, left, names } = open();
  void enter("a", "one");
  await settle();
  left.get("a")!.firstToken();
  await clock.advance(269_999);
  await enter("b", "one");
  await clock.advance(270_000);
  void enter("c", "one");
  void enter("d", "one");
  await settle();
  expect(names()).toEqual(["a", "b", "c"]);
  left.get("c")!.firstToken();
  await settle();
  expect(names()).toEqual(["a", "b", "c", "d"]);
});

test("more than one machine can answer go to several, and each has its own first one", async () => {
  const { clock, enter, left, names } = open(2);
  for (const name of ["a", "b", "c", "d"]) void enter(name, "one");
  await settle();
  left.get("a")!.accepted();
  await settle();
  expect(names()).toEqual(["a", "c"]);
  left.get("a")!.firstToken();
  left.get("c")!.firstToken();
  await settle();
  expect([...left].map(([name, { shard }]) => [name, shard])).toEqual([
    ["a", 0],
    ["c", 1],
    ["b", 0],
    ["d", 1],
  ]);
  await clock.advance(60_000);
  await enter("e", "one");
  expect(left.get("e")!.shard).toBe(0);
});

test("nobody waits for the next machine while the one before is warm", async () => {
  const { enter, left, names } = open(2);
  void enter("a", "one");
  await settle();
  left.get("a")!.firstToken();
  for (const name of ["b", "c", "d", "e", "f"]) void enter(name, "one");
  await settle();
  expect(names()).toEqual(["a", "b", "c", "d", "e", "f"]);
  expect(names().map((name) => left.get(name)!.shard)).toEqual([0, 0, 1, 0, 2, 0]);
});

test("whatever fails and whenever: everyone leaves once, alone until the first is accepted, first of its kind before all of it", async () => {
  const request = fc.record({
    prefix: fc.constantFrom(null, "one", "two"),
    fate: fc.constantFrom("token", "token", "fails", "nothing to send"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { minLength: 1, maxLength: 30 }),
      fc.option(fc.integer({ min: 1, max: 9 }), { nil: null }),
      fc.infiniteStream(fc.nat()),
      async (requests, perMinute, picks) => {
        const { enter, left, names, refused } = open(perMinute);
        for (const [at, { prefix }] of requests.entries()) void enter(String(at), prefix);
        const done = new Set<string>();
        const primed = new Set<string>();
        let isAccepted = false;
        for (let step = 0; done.size < requests.length; step++) {
          await settle();
          const under = names().filter((name) => !done.has(name));
          if (!isAccepted) expect(under).toHaveLength(1);
          const kinds = under.flatMap((name) => {
            const { prefix } = requests[Number(name)]!;
            const kind = `${left.get(name)!.shard} ${prefix}`;
            return prefix === null || primed.has(kind) ? [] : [kind];
          });
          expect(new Set(kinds).size).toBe(kinds.length);
          const name = under[picks.next().value! % under.length]!;
          const { prefix, fate } = requests[Number(name)]!;
          done.add(name);
          const departure = left.get(name)!;
          if (fate !== "token") departure.failed(fate === "fails" ? transient : undefined);
          else {
            departure.accepted();
            departure.firstToken();
            isAccepted = true;
            primed.add(`${departure.shard} ${prefix}`);
          }
        }
        expect(names()).toHaveLength(requests.length);
        expect(refused).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});
