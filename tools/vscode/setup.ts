// Prepares the pinned VS Code server by hand (`node tools/vscode/setup.ts`); the tests and `npm run vscode` do it by themselves.
import { installVsCode } from "../../test/support/vscode/installVsCode.ts";

const startedAtMs = Date.now();
const { root } = installVsCode();
console.log(`VS Code server ready in ${Date.now() - startedAtMs} ms: ${root}`);
