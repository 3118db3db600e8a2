/** Choosing what reviews: offline, a hosted model, or a server on this machine or elsewhere. Sends no code. */
import * as vscode from "vscode";
import { errorCode } from "../shared/errors.ts";
import { writeUserSettings } from "./configuration.ts";
import { isLoopback, parseEndpoint } from "../shared/endpoint.ts";
import { isUnencrypted } from "./endpoints.ts";
import { t } from "../shared/localize.ts";
import { oneLine } from "./oneLine.ts";
import { modelChoices, storedBaseUrl, type HostedProvider, type ModelChoice, type Offers } from "./modelChoices.ts";
import { chooseStrong } from "./chooseStrong.ts";
import { describeProblem } from "./problems.ts";
import type { KeyRing } from "./secrets.ts";
import { addressProblem, nameProblem } from "./inputProblems.ts";
import { setApiKey } from "./setApiKey.ts";

type ListServed = (baseUrl: string) => Promise<readonly string[]>;

export interface ChooseModelOptions {
  readonly keys: KeyRing;
  /** The price lists, and what answers on this machine. Sends no code and no key. */
  readonly findOffers: () => Promise<Offers>;
  /** What a server offers. Sends no code. */
  readonly listServed: ListServed;
  /** What is set now. */
  readonly current: {
    readonly provider: string;
    readonly model: string | null;
    readonly strongModel: string | null;
    readonly baseUrl: string | null;
  };
}

export async function chooseModel({ keys, findOffers, listServed, current }: ChooseModelOptions): Promise<void> {
  const finding = findOffers();
  const items = finding.then((offers) => modelChoices(offers, current).map(toItem));
  const picked = await vscode.window.showQuickPick(items, {
    title: t("What Reviews This Workspace?"),
    placeHolder: t("Applies to all your workspaces. Nothing is sent by choosing."),
    matchOnDescription: true,
  });
  if (!picked?.choice) return;
  const { choice } = picked;
  if (choice.kind === "offline") await writeUserSettings({ provider: "offline" });
  else if (choice.kind === "server") await chooseServer(keys, listServed, current.baseUrl);
  else if (choice.kind === "hosted") {
    const models = (await finding)[choice.provider];
    const usual = choice.model ?? models.find(({ isDefault }) => isDefault)?.name ?? "";
    // A name means nothing to another provider.
    const before = current.provider === choice.provider && current.baseUrl === null ? current.strongModel : null;
    const strong = await chooseStrong({ models, usual, current: before });
    await chooseHosted(keys, choice, strong === undefined ? before : strong);
  } else if (choice.kind === "editor") {
    await writeUserSettings({ provider: "vscode", model: choice.model, ...NOTHING_ELSE });
    vscode.window.setStatusBarMessage(t("{0} is set.", `$(check) ${oneLine(choice.name)}`), 5_000);
  } else if (choice.kind === "local") {
    const { server, model } = choice;
    await writeUserSettings({
      provider: server.provider,
      model,
      strongModel: undefined,
      baseUrl: storedBaseUrl(server),
    });
    vscode.window.setStatusBarMessage(t("{0} at {1} is set.", `$(check) ${oneLine(model)}`, server.name), 5_000);
  }
}

/** What is said of another provider's server and models does not hold any more. */
const NOTHING_ELSE = { strongModel: undefined, baseUrl: undefined };

interface Item extends vscode.QuickPickItem {
  readonly choice: ModelChoice;
}

function toItem(choice: ModelChoice): Item {
  if (choice.kind === "heading") return { choice, label: choice.label, kind: vscode.QuickPickItemKind.Separator };
  const { label, description, detail } = choice;
  return { choice, label, description, detail };
}

async function chooseHosted(
  keys: KeyRing,
  { provider, model }: { readonly provider: HostedProvider; readonly model: string | null },
  strongModel: string | null,
): Promise<void> {
  const { origin } = parseEndpoint(null, provider);
  const hasKey = (await keys.apiKey(provider, origin)) !== undefined || (await setApiKey(keys, provider, origin));
  await writeUserSettings({
    provider,
    ...NOTHING_ELSE,
    model: model ?? undefined,
    strongModel: strongModel ?? undefined,
  });
  if (!hasKey) vscode.window.setStatusBarMessage(`$(key) ${t("No key is set yet: Onceover: Set API Key…")}`, 8_000);
}

async function chooseServer(keys: KeyRing, listServed: ListServed, currentUrl: string | null): Promise<void> {
  const address = await vscode.window.showInputBox({
    title: t("Address of the Server"),
    prompt: t("With its version, as its documentation gives it. A test call lists its models; no code is sent."),
    value: currentUrl ?? "http://127.0.0.1:1234/v1",
    ignoreFocusOut: true,
    validateInput: (text) => addressProblem(text),
  });
  if (address === undefined) return;
  const baseUrl = address.trim();
  const { origin } = new URL(baseUrl);
  if (isUnencrypted(origin) && !(await confirmUnencrypted(origin))) return;
  const names = await testCall(keys, listServed, baseUrl);
  if (!names) return;
  const model = await pickModel(names, origin);
  if (model) await writeUserSettings({ provider: "openai", model, strongModel: undefined, baseUrl });
}

async function confirmUnencrypted(origin: string): Promise<boolean> {
  const accept = t("Use It Without Encryption");
  const detail = t(
    "Whoever is on the way can read the code and the key, and change the answers. Use https:// if the server has it.",
  );
  const options = { modal: true, detail };
  return (await vscode.window.showWarningMessage(t("{0} is not encrypted.", origin), options, accept)) === accept;
}

const WANTS_KEY: ReadonlySet<string> = new Set(["invalid-key", "missing-key"]);

/** undefined: the user gave up. An empty list: the server does not say, or the user goes on without it. */
async function testCall(
  keys: KeyRing,
  listServed: ListServed,
  baseUrl: string,
): Promise<readonly string[] | undefined> {
  const { origin, host } = parseEndpoint(baseUrl);
  for (;;) {
    const apiKey = await keys.apiKey("openai", origin);
    try {
      const title = t("Asking {0} for its models…", host);
      const location = vscode.ProgressLocation.Notification;
      return await vscode.window.withProgress({ location, title }, () => listServed(baseUrl));
    } catch (error) {
      if (WANTS_KEY.has(errorCode(error)) && (await setApiKey(keys, "openai", origin))) {
        if ((await keys.apiKey("openai", origin)) !== apiKey) continue;
      }
      return askAfterFailure(error, origin);
    }
  }
}

async function askAfterFailure(error: unknown, origin: string): Promise<readonly string[] | undefined> {
  const goOn = t("Enter a Model Anyway");
  const chosen = await vscode.window.showWarningMessage(describeProblem(error).text, goOn);
  if (chosen !== goOn) return undefined;
  if (!isLoopback(origin))
    vscode.window.setStatusBarMessage(`$(warning) ${t("The first run will tell whether it works.")}`, 5_000);
  return [];
}

async function pickModel(names: readonly string[], origin: string): Promise<string | undefined> {
  const title = t("Model at {0}", origin);
  const other = t("Another name…");
  if (names.length > 0) {
    const picked = await vscode.window.showQuickPick([...names, other], { title, ignoreFocusOut: true });
    if (picked !== other) return picked;
  }
  const prompt = t("As the server calls it.");
  const typed = await vscode.window.showInputBox({ title, prompt, ignoreFocusOut: true, validateInput: nameProblem });
  return typed?.trim();
}
