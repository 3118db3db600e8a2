import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namesOnDisk } from "../../../../src/core/workspace/namesOnDisk.ts";
import { createVendoredCheck, namesOf } from "../../../../src/core/workspace/vendoredFolders.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const vendored = (...paths: string[]) => {
  const isVendored = createVendoredCheck(namesOf(paths));
  return paths.filter(isVendored);
};

describe("a library that is kept in the repository", () => {
  it.each([
    ["LICENSE", "src/util/agent/LICENSE.md", "src/util/agent/index.ts"],
    ["internal/fuzzy/COPYING", "internal/fuzzy/deep/match.go"],
    ["src/Common/OAuth/License.txt", "src/Common/OAuth/Tools.cs"],
    ["py/simple/PKG-INFO", "py/simple/a.py"],
    ["web/plugged/.bower.json", "web/plugged/a.js"],
    ["composer.json", "public/libs/editor/license.txt", "public/libs/editor/package.json", "public/libs/editor/a.js"],
    ["main.py", "libs/tornado/a.py", "libs/dateutil/b.py", "libs/six.py", "libs/unheard_of/c.py"],
    ["web/lib/jquery.ui.js", "web/lib/underscore-1.2.js", "web/lib/backbone.js", "web/lib/own/deep/a.js"],
    ["web/plugins/moment/a.js", "web/plugins/select2/a.js", "web/plugins/toastr/a.js", "web/plugins/icheck/b.js"],
  ])("is known by what lies in it: %s, %s, …", (...paths) => {
    const isVendored = createVendoredCheck(namesOf(paths));
    expect(isVendored(paths.at(-1)!)).toBe(true);
    expect(isVendored("src/main.ts")).toBe(false);
    expect(isVendored("main.ts")).toBe(false);
  });

  it.each([
    // Packages and other parts of the product
    ["package.json", "packages/core/LICENSE", "packages/core/package.json", "packages/core/index.ts"],
    ["Cargo.toml", "crates/core/LICENSE-MIT", "crates/core/Cargo.toml", "crates/core/lib.rs"],
    ["nx.json", "libs/ui/LICENSE", "libs/ui/package.json", "libs/ui/index.ts"],
    ["package.json", "libs/ui/LICENSE", "libs/ui/package.json", "libs/ui/index.ts"],
    ["pom.xml", "core/src/main/resources/LICENSE.txt", "core/src/main/resources/a.js"],
    ["services/mail/LICENSE", "services/mail/pom.xml", "services/mail/A.java"],
    ["my-plugins/mail/COPYING", "my-plugins/mail/a.py"],
    ["server/LICENSE", "server/main.go"],
    ["web/ee/LICENSE", "web/ee/a.ts"],
    ["tool/mail/setup.py", "tool/mail/LICENSE", "tool/mail/a.py"],
    // Code about licences, a folder for them
    ["src/util/agent/license.ts", "src/util/agent/a.ts"],
    ["src/util/agent/licenses/mit.txt", "src/util/agent/a.ts"],
    // What only bears libraries' names
    [
      "src/integrations/flask.py",
      "src/integrations/tornado.py",
      "src/integrations/requests.py",
      "src/integrations/a.py",
    ],
    ["libs/tornado/a.py", "libs/mail/b.py", "libs/users/c.py"],
    ["src/lib/moment.ts", "src/lib/leaflet.ts", "src/lib/d3.tsx", "src/lib/own.ts"],
    ["bot/plugins/markdown.py", "bot/plugins/requests.py", "bot/plugins/future.py", "bot/plugins/a.py"],
    ["lib/jquery.js", "lib/jquery.ui.js", "lib/jquery.tabs.js", "lib/a.js"],
  ])("is not %s, %s, …", (...paths) => {
    expect(vendored(...paths)).toEqual([]);
  });

  it("is judged alike by a listing and on the disk, whatever is listed before", () => {
    const part = fc.constantFrom("src", "libs", "tools", "sdk", "CMSIS", "tornado", "six", "com", "packages");
    const name = fc.constantFrom(
      "LICENSE",
      "package.json",
      "six.py",
      "PKG-INFO",
      "library.properties",
      "boards.txt",
      "axQuery.js",
    );
    const file = fc.tuple(fc.array(part, { maxLength: 4 }), name).map(([parts, last]) => [...parts, last].join("/"));
    fc.assert(
      fc.property(fc.uniqueArray(file, { maxLength: 12 }), (paths) => {
        const folder = temporaryFolder(Object.fromEntries(paths.map((one) => [one, "1"])));
        const onDisk = createVendoredCheck(namesOnDisk(folder));
        const listed = createVendoredCheck(namesOf(paths.toReversed()));
        for (const one of paths) expect(onDisk(one)).toBe(listed(one));
        fs.rmSync(folder, { recursive: true });
      }),
      { numRuns: 30 },
    );
  });

  it("is none in a folder that cannot be read", () => {
    const folder = temporaryFolder({ "a.ts": "1" });
    expect(namesOnDisk(path.join(folder, "a.ts"))("")).toEqual([]);
    expect(createVendoredCheck(namesOnDisk(folder))("gone/a/b.ts")).toBe(false);
  });
});
