import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createImportResolver } from "../../../../../src/core/workspace/imports/importResolver.ts";

/** Files by path; those without text are empty. */
function resolve(files: Record<string, string>, from: string, language: string, source: string, names: string[] = []) {
  const resolver = createImportResolver({ paths: Object.keys(files), readConfig: (path) => files[path] });
  return resolver.resolve(from, language, source, names);
}

const web = {
  "tsconfig.json": `{ // shared\n "extends": "./tsconfig.base.json", }`,
  "tsconfig.base.json": `{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"], "@/deep/*": ["src/inner/*"] } } }`,
  "package.json": `{ "name": "root", "imports": { "#own/*": "./src/*.ts" } }`,
  "packages/b/package.json": `{ "name": "@x/b", "exports": { ".": { "types": "./dist/index.d.ts" }, "./sub/*": "./src/*.ts" } }`,
  "packages/b/src/index.ts": "",
  "packages/b/src/part.ts": "",
  "src/a.ts": "",
  "src/b.ts": "",
  "src/folder/index.tsx": "",
  "src/inner/c.js": "",
};

describe("JavaScript and TypeScript", () => {
  it.each([
    ["./b", "src/b.ts"],
    ["./b.js", "src/b.ts"],
    ["./folder", "src/folder/index.tsx"],
    ["./inner/c.js?raw", "src/inner/c.js"],
    ["@/b", "src/b.ts"],
    ["@/deep/c", "src/inner/c.js"],
    ["src/b", "src/b.ts"],
    ["#own/b", "src/b.ts"],
    ["@x/b", "packages/b/src/index.ts"],
    ["@x/b/sub/part", "packages/b/src/part.ts"],
  ])("%s is %s", (source, path) => expect(resolve(web, "src/a.ts", "typescript", source)).toEqual([path]));

  it.each(["../../b", "react", "/etc/passwd", "./nothing", "#other", "node:fs", "@x/none"])(
    "%s is outside",
    (source) => {
      expect(resolve(web, "src/a.ts", "typescript", source)).toEqual([]);
    },
  );

  it("outlives configuration that extends itself or is no object", () => {
    expect(
      resolve({ ...web, "tsconfig.base.json": `{"extends":"./tsconfig.json"}` }, "src/a.ts", "typescript", "./b"),
    ).toEqual(["src/b.ts"]);
    expect(resolve({ ...web, "tsconfig.json": "[1" }, "src/a.ts", "typescript", "@/b")).toEqual([]);
  });
});

const many = Object.fromEntries(
  [
    "src/pkg/__init__.py",
    "src/pkg/a.py",
    "src/pkg/sub/b.py",
    "tests/t.py",
    "go/cmd/main.go",
    "go/lib/x.go",
    "go/lib/y.go",
    "go/lib/x_test.go",
    "java/src/main/java/a/b/C.java",
    "java/src/main/java/a/b/D.java",
    "rs/src/main.rs",
    "rs/src/net.rs",
    "rs/src/net/tcp.rs",
    "rs/src/io/mod.rs",
    "c/src/main.c",
    "c/include/u.h",
    "php/src/Net/Http.php",
    "php/index.php",
    "rb/lib/x/y.rb",
    "rb/lib/x.rb",
    "sh/run.sh",
    "sh/lib.sh",
  ].map((path) => [path, ""]),
);
many["go/go.mod"] = "module example.org/m\n\ngo 1.22\n";
many["php/composer.json"] = `{"autoload":{"psr-4":{"App\\\\":"src/"}}}`;

describe("other languages", () => {
  it.each<[string, string, string, string[], string[]]>([
    ["python", "src/pkg/a.py", ".sub", ["b"], ["src/pkg/sub/b.py"]],
    ["python", "src/pkg/sub/b.py", "..", ["a"], ["src/pkg/__init__.py", "src/pkg/a.py"]],
    ["python", "tests/t.py", "pkg.a", ["f"], ["src/pkg/a.py"]],
    ["python", "tests/t.py", "os", ["path"], []],
    ["go", "go/cmd/main.go", "example.org/m/lib", ["*"], ["go/lib/x.go", "go/lib/y.go"]],
    ["go", "go/cmd/main.go", "fmt", ["*"], []],
    ["java", "java/src/main/java/a/b/D.java", "a.b.C.Inner", ["Inner"], ["java/src/main/java/a/b/C.java"]],
    ["java", "x/Y.java", "a.b", ["*"], ["java/src/main/java/a/b/C.java", "java/src/main/java/a/b/D.java"]],
    ["rust", "rs/src/main.rs", "mod net", ["*"], ["rs/src/net.rs"]],
    ["rust", "rs/src/net.rs", "mod tcp", ["*"], ["rs/src/net/tcp.rs"]],
    ["rust", "rs/src/net/tcp.rs", "crate::io::Reader", ["Reader"], ["rs/src/io/mod.rs"]],
    ["rust", "rs/src/net/tcp.rs", "super::super::io::Reader", ["Reader"], ["rs/src/io/mod.rs"]],
    ["c", "c/src/main.c", "u.h", ["*"], ["c/include/u.h"]],
    ["c", "c/src/main.c", "stdio.h", ["*"], []],
    ["php", "php/index.php", "App\\Net\\Http", ["Http"], ["php/src/Net/Http.php"]],
    ["php", "php/src/Net/Http.php", "/../../index.php", ["*"], ["php/index.php"]],
    ["ruby", "rb/lib/x.rb", "x/y", ["*"], ["rb/lib/x/y.rb"]],
    ["shellscript", "sh/run.sh", '$(dirname "$0")/lib.sh', ["*"], ["sh/lib.sh"]],
  ])("%s in %s: %s", (language, from, source, names, expected) => {
    expect(resolve(many, from, language, source, names)).toEqual(expected);
  });
});

describe("any import", () => {
  it("stays in the snapshot and never names the file itself, whatever it says", () => {
    const files = { ...web, ...many };
    const paths = new Set(Object.keys(files));
    const part = fc.constantFrom(
      "..",
      ".",
      "a",
      "b",
      "src",
      "pkg",
      "/",
      "\\",
      "*",
      "",
      "@x",
      "crate",
      "::",
      "#own",
      "%2e",
      "\0",
    );
    const languages = fc.constantFrom(
      "typescript",
      "python",
      "go",
      "java",
      "rust",
      "cpp",
      "php",
      "ruby",
      "shellscript",
      "html",
    );
    const resolver = createImportResolver({
      paths: [...paths],
      readConfig: (path) => {
        expect(paths.has(path)).toBe(true);
        return files[path as keyof typeof files];
      },
    });
    fc.assert(
      fc.property(
        languages,
        fc.constantFrom(...paths),
        fc.array(part),
        fc.constantFrom("/", ".", "", "::"),
        (language, from, parts, glue) => {
          const found = resolver.resolve(from, language, parts.join(glue), parts);
          for (const path of found) expect(paths.has(path) && path !== from).toBe(true);
        },
      ),
    );
  });
});
