import type { Mutator } from "../mutator.ts";

export const deferInLoop: Mutator = {
  rule: "defer-in-loop",
  promise: "`defer` stands in the body of a loop.",
  shapes: {
    go: [
      "for _, name := range ‹value› {\n  file, _ := os.Open(name)\n  «defer file.Close()»\n}",
      "for i := 0; i < len(‹value›); i++ {\n  ‹value›[i].Lock()\n  «defer ‹value›[i].Unlock()»\n}",
      "for rows.Next() {\n  if ‹other› {\n    «defer ‹call›()»\n  }\n}",
      "for {\n  ‹value›, err := ‹call›()\n  if err != nil {\n    break\n  }\n  «defer func() {\n    ‹value›.Close()\n  }()»\n}",
      "for ‹value› := range ‹other› {\n  switch ‹value›.‹field› {\n  case 1:\n    «defer ‹value›.Release()»\n  }\n}",
    ],
  },
};
