import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readRegularFile } from "../../../../src/core/workspace/readRegularFile.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

describe("readRegularFile", () => {
  const attempt = (file: string, folder = path.dirname(file)) => {
    try {
      return readRegularFile(file, folder).toString();
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("reads a file, and nothing else", () => {
    const folder = temporaryFolder({ "a.ts": "text" });
    expect(attempt(path.join(folder, "a.ts"))).toBe("text");
    expect(attempt(folder)).toBe("Not a regular file.");
    expect(attempt(path.join(folder, "gone"))).toBe("It no longer exists.");
  });

  it("does not follow a link that has taken a file's place", () => {
    const outside = temporaryFolder({ secret: "private" });
    const folder = temporaryFolder({ "a.ts": "text" });
    fs.rmSync(path.join(folder, "a.ts"));
    fs.symlinkSync(path.join(outside, "secret"), path.join(folder, "a.ts"));
    expect(attempt(path.join(folder, "a.ts"))).toBe("It has become a link.");
  });

  it("does not follow a folder that has become a link, and does follow one that leads to the workspace", () => {
    const outside = temporaryFolder({ "a.ts": "private" });
    const folder = temporaryFolder({ "src/a.ts": "text" });
    const elsewhere = path.join(temporaryFolder(), "opened through a link");
    fs.symlinkSync(folder, elsewhere);
    expect(attempt(path.join(elsewhere, "src/a.ts"), elsewhere)).toBe("text");
    fs.rmSync(path.join(folder, "src"), { recursive: true });
    fs.symlinkSync(outside, path.join(folder, "src"));
    expect(attempt(path.join(folder, "src/a.ts"), folder)).toBe("It has become a link.");
  });

  it("does not wait for a pipe", () => {
    const pipe = path.join(temporaryFolder(), "pipe.ts");
    execFileSync("mkfifo", [pipe]);
    expect(attempt(pipe)).toBe("Not a regular file.");
  });
});
