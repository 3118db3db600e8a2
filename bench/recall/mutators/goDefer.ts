import type { Mutator } from "../mutator.ts";

export const deferredBeforeCheck: Mutator = {
  rule: "deferred-before-check",
  promise: "After a call that returns a value and an error, `defer` uses the value before the error is looked at.",
  shapes: {
    go: [
      "‹value›, err := http.Get(‹other›)\n«defer ‹value›.Body.Close()»\nif err != nil {\n  return\n}",
      "‹value›, err := os.Open(‹other›)\n«defer ‹value›.Close()»\nif err != nil {\n  ‹call›(err)\n}",
      "‹value›, err := db.Query(‹other›.‹field›)\n«defer ‹value›.Close()»\nif nil != err {\n  panic(err)\n}",
      "‹value›, err := client.Do(‹other›)\n«defer func() {\n  ‹value›.Body.Close()\n}()»\nif err != nil {\n  return\n}",
      "var err error\n‹value›, err = os.Create(‹other›)\n«defer ‹value›.Close()»\nif err != nil {\n  return\n}",
    ],
  },
};
