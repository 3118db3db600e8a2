/** ESLint's `complexity` and SonarSource's `cognitive-complexity`, asked for the figure of every function of a text. */
import { createRequire } from "node:module";
import path from "node:path";
import { installPackages } from "../../tools/installPackages.ts";

export interface PeerFigures {
  /** By where a function's body begins: UTF-16 offset. */
  readonly cyclomatic: ReadonlyMap<number, number>;
  readonly cognitive: ReadonlyMap<number, number>;
}

export interface Peers {
  /** undefined: the peers' parser cannot read the text. */
  measure(text: string, fileName: string): PeerFigures | undefined;
}

interface FunctionNode {
  /** A class's static block has a list instead: it is no function. */
  readonly body: { readonly range?: readonly [number, number] } | null;
}

interface Descriptor {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly node?: FunctionNode;
}

type Listener = (...nodes: FunctionNode[]) => void;

interface Rule {
  readonly meta: object;
  create(context: object): Record<string, Listener>;
}

interface Linter {
  verify(text: string, config: object, fileName: string): readonly { readonly fatal?: boolean }[];
}

interface LinterPackage {
  readonly Linter: new () => Linter;
}

const folder = path.resolve(import.meta.dirname, "../../tools/complexity");

/** @throws Error when the packages cannot be fetched */
export function createPeers(): Peers {
  installPackages({ folder, announcement: "Fetching the peers to compare with from npm (about 40 MB, once) …" });
  const load = createRequire(path.join(folder, "package.json"));
  const { Linter } = load("eslint") as LinterPackage;
  const { builtinRules } = load("eslint/use-at-your-own-risk") as {
    readonly builtinRules: ReadonlyMap<string, Rule>;
  };
  const sonar = load("eslint-plugin-sonarjs") as { readonly rules: Readonly<Record<string, Rule>> };
  const parser = load("@typescript-eslint/parser") as object;
  const cyclomatic = new Map<number, number>();
  const cognitive = new Map<number, number>();
  const rules = {
    cyclomatic: everyFunction(builtinRules.get("complexity")!, [0], "complexity", cyclomatic),
    cognitive: everyFunction(sonar.rules["cognitive-complexity"]!, [-1], "complexityAmount", cognitive),
  };
  const linter = new Linter();
  return {
    measure(text, fileName) {
      cyclomatic.clear();
      cognitive.clear();
      const config = {
        files: ["**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}"],
        plugins: { peer: { rules } },
        rules: { "peer/cyclomatic": "error", "peer/cognitive": "error" },
        linterOptions: { noInlineConfig: true },
        languageOptions: {
          sourceType: "module",
          parserOptions: { ecmaFeatures: { jsx: !/\.[mc]?ts$/.test(fileName) } },
          ...(/\.[mc]?tsx?$/.test(fileName) && { parser }),
        },
      };
      const messages = linter.verify(text, [config], fileName);
      const isUnreadable = messages.some(({ fatal }) => fatal);
      return isUnreadable ? undefined : { cyclomatic: new Map(cyclomatic), cognitive: new Map(cognitive) };
    },
  };
}

/** The rule as it is, but that it reports each function, and to us. */
function everyFunction(rule: Rule, options: readonly number[], figure: string, into: Map<number, number>): Rule {
  return {
    meta: { type: "suggestion", schema: [] },
    create(context) {
      let leaving: FunctionNode | undefined;
      const report = ({ data, node }: Descriptor) => {
        const start = (node ?? leaving)?.body?.range?.[0];
        // A class field's initializer is a path of code, but no function.
        if (start === undefined || data?.["name"] === "Class field initializer") return;
        into.set(start, Number(data?.[figure]));
      };
      const own = Object.create(context, { options: { value: options }, report: { value: report } }) as object;
      const listeners = rule.create(own);
      const onExit = listeners[":function:exit"];
      if (!onExit) return listeners;
      const note: Listener = (node) => {
        leaving = node!;
        onExit(node!);
      };
      return { ...listeners, ":function:exit": note };
    },
  };
}
