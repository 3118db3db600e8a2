import path from "node:path";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isStringLiteralLikeNode,
} from "typescript/unstable/ast/is";
import type { CallExpression, Node, SourceFile } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";

/** Where the English texts stand in the arguments of the functions of src/shared/localize.ts. */
const textArguments: Readonly<Record<string, readonly number[]>> = { t: [0], tCount: [1, 2] };

const translated = /^src\/(extension|webview|shared)\/(?!localize\.ts$)/;

export interface CollectedTexts {
  /** English, sorted, each once. */
  readonly texts: readonly string[];
  /** Calls whose text cannot be collected, or is looked up too early. */
  readonly problems: readonly string[];
}

/** Every text that the extension and its webviews ask a translation of, read with TypeScript's own parser. */
export function collectTexts(projectFolder: string): CollectedTexts {
  const texts = new Set<string>();
  const problems: string[] = [];
  const api = new API({ cwd: projectFolder });
  try {
    for (const file of sourceFiles(api, projectFolder)) {
      const place = placeOf(projectFolder, file.fileName);
      visit(file, false, (call, isInFunction) => {
        const name = isIdentifier(call.expression) ? call.expression.text : "";
        for (const index of Object.hasOwn(textArguments, name) ? textArguments[name]! : []) {
          const text = call.arguments[index];
          if (text && isStringLiteralLikeNode(text)) texts.add(text.text);
          else problems.push(`${place}: ${name}(…) takes its text as a literal, or it cannot be collected`);
        }
        // What a module looks up while it is loaded is looked up before the language is known.
        if (!isInFunction && Object.hasOwn(textArguments, name))
          problems.push(`${place}: ${name}(…) stands outside a function`);
      });
    }
  } finally {
    api.close();
  }
  return { texts: [...texts].toSorted(), problems };
}

function sourceFiles(api: API, projectFolder: string): readonly SourceFile[] {
  const configurations = ["tsconfig.json", "src/webview/tsconfig.json"].map((name) => path.join(projectFolder, name));
  const projects = api.updateSnapshot({ openProjects: configurations }).getProjects();
  const files = projects.flatMap(({ program, rootFiles }) =>
    rootFiles
      .filter((name) => translated.test(placeOf(projectFolder, name)))
      .map((name) => program.getSourceFile(name)),
  );
  return files.filter((file) => file !== undefined);
}

function visit(node: Node, isInFunction: boolean, onCall: (call: CallExpression, isInFunction: boolean) => void): void {
  if (isCallExpression(node)) onCall(node, isInFunction);
  node.forEachChild((child) => visit(child, isInFunction || isFunctionLikeDeclaration(node), onCall));
}

/** Below the project, with `/`. */
function placeOf(projectFolder: string, fileName: string): string {
  return path.relative(projectFolder, fileName).replaceAll("\\", "/");
}
