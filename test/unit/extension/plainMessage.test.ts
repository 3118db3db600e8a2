import { expect, it } from "vitest";
import { plainMessage } from "../../../src/extension/plainMessage.ts";

it("a notification has no link of others", () => {
  expect(plainMessage("see [x](command:evil) and [y](https://evil.example/)")).toBe(
    "see [x] (command:evil) and [y] (https://evil.example/)",
  );
  expect(plainMessage("nothing to do (really) [a] b")).toBe("nothing to do (really) [a] b");
});
