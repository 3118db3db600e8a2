// What every kind of change makes stale, on real repositories: found by what a plan would send.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Engine } from "../../../../src/core/engine.ts";
import { createEngine } from "../../../../src/core/engineFactory.ts";
import { createSystemPorts } from "../../../../src/core/systemPorts.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../../src/shared/settings.ts";
import { copyCorpus, type CorpusName } from "../../../support/corpus.ts";
import { requestFor, sharedThreads } from "../../../support/engineFixture.ts";
import { runGit } from "../../../support/gitRepository.ts";
import { createProviderSimulator } from "../../../support/providerSimulator/providerSimulator.ts";

const release = vi.hoisted(() => ({ promptVersion: 0 }));

vi.mock("../../../../src/core/review/systemPrompt.ts", async (importOriginal) => {
  const original = await importOriginal<typeof import("../../../../src/core/review/systemPrompt.ts")>();
  return {
    ...original,
    get PROMPT_VERSION() {
      return original.PROMPT_VERSION + release.promptVersion;
    },
  };
});

interface Repository {
  readonly corpus: CorpusName;
  /** Declares what is changed below. */
  readonly file: string;
  readonly body: readonly [string, string];
  readonly comment: readonly [string, string];
  readonly format: readonly [string, string];
  readonly signature: readonly [string, string];
  readonly addition: string;
  /** As a grep would find those who use the symbol whose signature changes. */
  readonly user: RegExp;
  readonly type: readonly [file: string, from: string, to: string, user: RegExp];
  /** Whoever imports the file, or the symbol that it declares. */
  readonly importer: RegExp;
  readonly movedTo: string;
  /** In its importers, before and after the move. */
  readonly importedAs: readonly [string, string];
  /** Nobody imports it. */
  readonly leaf: string;
  readonly newImporter: readonly [string, string];
}

const REPOSITORIES: readonly Repository[] = [
  {
    corpus: "rxjs",
    file: "internal/util/arrRemove.ts",
    body: ["arr.splice(index, 1)", "arr.splice(index, 1).length"],
    comment: ["Removes an item from an array", "Takes an item out of an array"],
    format: ["item: T) {", "item:  T,\n) {"],
    signature: ["item: T)", "item: T, all = false)"],
    addition: "export const nobodyUsesThis = 1;\n",
    user: /import .*\barrRemove\b/,
    type: [
      "internal/types.ts",
      "export interface TimestampProvider {",
      "export interface TimestampProvider {\n  zone: string;",
      /\bTimestampProvider\b/,
    ],
    importer: /import .*\barrRemove\b/,
    movedTo: "internal/arrRemove.ts",
    importedAs: ["/util/arrRemove'", "/arrRemove'"],
    leaf: "internal/umd.ts",
    newImporter: ["internal/extra.ts", "import { arrRemove } from './util/arrRemove';\narrRemove([1], 1);\n"],
  },
  {
    corpus: "node-gyp",
    file: "pylib/gyp/easy_xml.py",
    body: ['return "".join(xml_parts)', 'return str("").join(xml_parts)'],
    comment: ["Writes the XML content", "Puts the XML content"],
    format: ["    content, path, encoding=", "    content,\n    path,  encoding="],
    signature: ["    content, path, encoding=", "    content, path, mode=0, encoding="],
    addition: "\n\ndef nobody_uses_this():\n    pass\n",
    user: /easy_xml\.WriteXmlIfChanged/,
    type: ["pylib/gyp/common.py", "class GypError(Exception):", "class GypError(RuntimeError):", /\bGypError\b/],
    importer: /\beasy_xml\.\w/,
    movedTo: "pylib/gyp/plain_xml.py",
    importedAs: ["easy_xml", "plain_xml"],
    leaf: "pylib/gyp/generator/gypd.py",
    newImporter: ["pylib/gyp/extra.py", "import gyp.easy_xml as xml\n\nxml.WriteXmlIfChanged([], 'a')\n"],
  },
];

for (const repository of REPOSITORIES) {
  describe(repository.corpus, () => {
    let folder: string;
    let engines: Engine[] = [];
    let stale: (settings?: Partial<Settings>) => Promise<string[]>;
    let everything: string[];
    const closers: (() => Promise<unknown> | void)[] = [];

    beforeAll(async () => {
      const copy = copyCorpus(repository.corpus, { git: true });
      ({ folder } = copy);
      const simulator = await createProviderSimulator({});
      const storeFolder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-"));
      const logger = { debug() {}, info() {}, warn() {}, error() {} };
      const ownPorts = createSystemPorts({ secrets: { apiKey: async () => simulator.key ?? "any" }, logger });
      const ports = { ...ownPorts, pool: sharedThreads() };
      const open = async (settings: Partial<Settings>) => {
        const given = { provider: "openai", model: simulator.model, baseUrl: simulator.url, budgetUsd: null } as const;
        const engine = await createEngine(ports, { ...DEFAULT_SETTINGS, storeFolder, ...given, ...settings });
        engines.push(engine);
        return engine;
      };
      const engine = await open({});
      closers.push(
        () => simulator.stop(),
        () => copy.remove(),
        () => fs.rmSync(storeFolder, { recursive: true, force: true, maxRetries: 3 }),
      );
      everything = (await engine.estimate(requestFor(folder))).pending.map((one) => one.path).toSorted();
      const report = await engine.run(requestFor(folder));
      expect(report.run.complete).toBe(true);
      stale = async (settings) => {
        const asked = settings ? await open(settings) : engine;
        return (await asked.estimate(requestFor(folder))).pending.map((one) => one.path).toSorted();
      };
    }, 300_000);

    afterAll(async () => {
      await Promise.all(engines.map((engine) => engine.dispose()));
      engines = [];
      for (const close of closers) await close();
    });

    const at = (file: string) => path.join(folder, file);
    /** The plan under an edit that is taken back afterwards. */
    const under = async (file: string, edit: (text: string) => string): Promise<string[]> => {
      const before = fs.existsSync(at(file)) ? fs.readFileSync(at(file), "utf8") : undefined;
      fs.writeFileSync(at(file), edit(before ?? ""));
      const answer = await stale();
      if (before === undefined) fs.rmSync(at(file));
      else fs.writeFileSync(at(file), before);
      return answer;
    };
    const replace =
      ([from, to]: readonly [string, string]) =>
      (text: string) => {
        expect(text).toContain(from);
        return text.replace(from, to);
      };
    const usersOf = (pattern: RegExp, file: string) =>
      everything.filter((one) => one !== file && pattern.test(fs.readFileSync(at(one), "utf8")));

    it("nothing changed: nothing", async () => {
      expect(everything.length).toBeGreaterThan(40);
      expect(await stale()).toEqual([]);
    });

    it("body, comment, format and an export that nobody uses: the file", async () => {
      const { file, body, comment, format, addition } = repository;
      expect(await under(file, replace(body))).toEqual([file]);
      expect(await under(file, replace(comment))).toEqual([file]);
      expect(await under(file, replace(format))).toEqual([file]);
      expect(await under(file, (text) => text + addition)).toEqual([file]);
    });

    it("a signature: the file and exactly its users", async () => {
      const { file, signature, user, type } = repository;
      const users = usersOf(user, file);
      expect(users.length).toBeGreaterThan(1);
      expect(await under(file, replace(signature))).toEqual([file, ...users].toSorted());
      const [where, from, to, typeUser] = type;
      const typeUsers = usersOf(typeUser, where);
      expect(typeUsers.length).toBeGreaterThan(0);
      expect(await under(where, replace([from, to]))).toEqual([where, ...typeUsers].toSorted());
    });

    it("taken back, switched to another branch and back, renamed or deleted without users: nothing", async () => {
      const { file, signature, leaf } = repository;
      expect(await stale()).toEqual([]);
      runGit(folder, "checkout", "-qb", "other");
      fs.writeFileSync(at(file), replace(signature)(fs.readFileSync(at(file), "utf8")));
      runGit(folder, "commit", "-qam", "other");
      runGit(folder, "checkout", "-q", "-");
      expect(await stale()).toEqual([]);
      const moved = leaf.replace(/(\w+)(\.\w+)$/, "moved_$1$2");
      fs.renameSync(at(leaf), at(moved));
      expect(await stale()).toEqual([]);
      const text = fs.readFileSync(at(moved), "utf8");
      fs.rmSync(at(moved));
      expect(await stale()).toEqual([]);
      fs.writeFileSync(at(leaf), text);
      expect(await stale()).toEqual([]);
    });

    it("deleted, or moved without its users' knowledge: the users; once they know: the users, and not what has moved", async () => {
      const { file, importer, movedTo } = repository;
      const users = usersOf(importer, file);
      const text = fs.readFileSync(at(file), "utf8");
      fs.rmSync(at(file));
      expect(await stale()).toEqual(users);
      fs.mkdirSync(path.dirname(at(movedTo)), { recursive: true });
      fs.writeFileSync(at(movedTo), text);
      expect(await stale()).toEqual(users);
      const [oldName, newName] = repository.importedAs;
      for (const user of users) {
        fs.writeFileSync(at(user), fs.readFileSync(at(user), "utf8").replaceAll(oldName, newName));
      }
      expect(await stale()).toEqual(users);
      runGit(folder, "checkout", "-q", ".");
      fs.rmSync(at(movedTo));
      expect(await stale()).toEqual([]);
    });

    it("a new importer: itself; README, lock file, a version and what does not shape an answer: nothing", async () => {
      const [file, text] = repository.newImporter;
      expect(await under(file, () => text)).toEqual([file]);
      expect(await under("README.md", () => "# Read me\n")).toEqual([]);
      expect(await under("package-lock.json", () => "{}\n")).toEqual([]);
      expect(await under("package.json", () => `{"name":"x","version":"9.9.9"}\n`)).toEqual([]);
      expect(await stale({ concurrency: 3, budgetUsd: 2, minimumSeverity: "error" })).toEqual([]);
    });

    it("conventions, the model and the prompt: all", async () => {
      fs.mkdirSync(at(".onceover"), { recursive: true });
      expect(await under(".onceover/rules.md", () => "No abbreviations.\n")).toEqual(everything);
      expect(await stale()).toEqual([]);
      expect(await stale({ model: "gpt-5" })).toEqual(everything);
      release.promptVersion = 1;
      expect(await stale()).toEqual(everything);
      release.promptVersion = 0;
      expect(await stale()).toEqual([]);
    });
  });
}
