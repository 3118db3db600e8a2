// A VS Code with the packaged extension, a workspace and a store of its own, opened in a browser: what every end-to-end
// test begins with. Everything it makes goes with it.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { type CorpusName, copyCorpus } from "../corpus.ts";
import type { Simulator } from "../providerSimulator/providerSimulator.ts";
import { extensionHostOf } from "./extensionHostOf.ts";
import { launchBrowser } from "./findBrowser.ts";
import { readExtensionLog, type ExtensionLog } from "./extensionLog.ts";
import { packagedVsix } from "./packagedVsix.ts";
import type { LinkedExtension, Settings } from "./profile.ts";
import { startVsCode, type VsCode } from "./startVsCode.ts";
import { Workbench } from "./workbench.ts";

/** The status bar item, as {@link Workbench.statusItem} takes it. */
export const meter = "onceover.onceover.onceover.meter";

export interface EditorOptions {
  /** The workspace: a copy of a corpus … */
  corpus?: CorpusName;
  /** … with or without these files: path in the workspace → text. A `.code-workspace` file among them is what is opened. */
  files?: Readonly<Record<string, string>>;
  /** Last touches to the workspace's folder before VS Code sees it. */
  prepareFolder?: (folder: string) => void;
  /** The model that the user has chosen; stopped with the editor. */
  simulator?: Simulator;
  /** User settings on top of quiet ones. */
  settings?: Settings;
  /** Added to the environment of VS Code; may name files below the folder that it is given, which is removed at the end. */
  env?: (root: string) => Record<string, string>;
  /** Another extension, unpacked. */
  link?: LinkedExtension;
  /** Whether VS Code withholds trust until the user grants it. Default: every folder is trusted. */
  workspaceTrust?: boolean;
  /** Default: 1280 × 800. */
  viewport?: { readonly width: number; readonly height: number };
  /** Last touches to each page before VS Code is loaded into it. */
  preparePage?: (page: Page) => Promise<unknown>;
}

export interface Editor {
  /** The workspace's folder. */
  readonly folder: string;
  /** Home of the server and what runs in it: the store lies below. */
  readonly homeFolder: string;
  readonly workbench: Workbench;
  readonly page: Page;
  /** What the extension has logged so far. */
  log(): ExtensionLog;
  /** VS Code's log files: path below the profile → text. */
  logs(): Record<string, string>;
  /** One more window on the same workspace, with state and secrets of its own. */
  openWindow(): Promise<Workbench>;
  /** Ends the process that extensions run in, as a crash would; VS Code starts another. */
  killExtensionHost(): void;
  dispose(): Promise<void>;
}

/** Resolves when the extension's status bar item stands. */
export async function openEditor(options: EditorOptions): Promise<Editor> {
  const made = makeFolders(options);
  let vsCode: VsCode | undefined;
  let browser: Browser | undefined;
  const dispose = async () => {
    await browser?.close();
    await vsCode?.stop();
    await options.simulator?.stop();
    made.remove();
  };
  try {
    const running = await startVsCode(vsCodeOptions(options, made));
    vsCode = running;
    const launched = await launchBrowser();
    browser = launched;
    const openWindow = () => openPage(launched, running, options);
    const workbench = await openWindow();
    return {
      folder: made.folder,
      homeFolder: made.homeFolder,
      workbench,
      page: workbench.page,
      log: () => readExtensionLog(running.logs()),
      logs: () => running.logs(),
      openWindow,
      killExtensionHost: () => process.kill(extensionHostOf(running.profileFolder), "SIGKILL"),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

interface Folders {
  readonly root: string;
  readonly folder: string;
  /** What VS Code opens. */
  readonly opened: string;
  readonly homeFolder: string;
  remove(): void;
}

function makeFolders({ corpus, files = {}, prepareFolder }: EditorOptions): Folders {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-e2e-"));
  const copy = corpus === undefined ? undefined : copyCorpus(corpus);
  const folder = copy?.folder ?? path.join(root, "workspace");
  const homeFolder = path.join(root, "home");
  for (const one of [folder, homeFolder]) fs.mkdirSync(one, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  prepareFolder?.(folder);
  const workspaceFile = Object.keys(files).find((name) => name.endsWith(".code-workspace"));
  return {
    root,
    folder,
    homeFolder,
    opened: workspaceFile === undefined ? folder : path.join(folder, workspaceFile),
    remove() {
      copy?.remove();
      // A dying extension host may still write.
      fs.rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

function vsCodeOptions({ simulator, settings, env, link, workspaceTrust }: EditorOptions, made: Folders) {
  const model = simulator && {
    "onceover.provider": "openai",
    "onceover.baseUrl": simulator.url,
    "onceover.model": "gpt-5-mini",
  };
  // The server has no language extensions of its own, and complains in a message when a script is opened.
  const plain = { "*.js": "plaintext", "*.ts": "plaintext", "*.py": "plaintext" };
  const { homeFolder } = made;
  // One request for each file, unless a test is about second looks.
  const single = { "onceover.refuter": false };
  // A store of its own: what an earlier run has answered would be answered from the cache.
  const home = { HOME: homeFolder, USERPROFILE: homeFolder, LOCALAPPDATA: homeFolder, XDG_DATA_HOME: undefined };
  return {
    folder: made.opened,
    vsix: packagedVsix(),
    settings: { "files.associations": plain, ...single, ...model, ...settings },
    env: { ...home, ...env?.(made.root) },
    ...(link && { link }),
    ...(workspaceTrust !== undefined && { workspaceTrust }),
  };
}

async function openPage(browser: Browser, vsCode: VsCode, options: EditorOptions): Promise<Workbench> {
  const page = await browser.newPage({ viewport: options.viewport ?? { width: 1280, height: 800 } });
  await options.preparePage?.(page);
  const workbench = await Workbench.open(page, vsCode);
  await workbench.statusItem(meter).waitFor();
  return workbench;
}
