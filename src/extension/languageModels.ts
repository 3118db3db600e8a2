/** The language models that other extensions bring to this editor, as the engine asks them. */
import * as vscode from "vscode";
import { t } from "../shared/localize.ts";
import type { LanguageModel, LanguageModelFailure, LanguageModels } from "../core/ports.ts";

/** One that can be chosen. */
export interface OfferedEditorModel {
  /** `vendor/id`: what the setting holds. */
  readonly name: string;
  /** For people. */
  readonly label: string;
  readonly vendor: string;
  readonly maxInputTokens: number;
}

/** Asks nobody for permission; empty where the editor has none, or knows of no such thing. */
export async function listEditorModels(): Promise<readonly OfferedEditorModel[]> {
  const models = await select({});
  return models.map(({ vendor, id, name, maxInputTokens }) => {
    return { name: `${vendor}/${id}`, label: name, vendor, maxInputTokens };
  });
}

export function createLanguageModels(): LanguageModels {
  return {
    async find(name) {
      const slash = name.indexOf("/");
      if (slash <= 0) return undefined;
      const [found] = await select({ vendor: name.slice(0, slash), id: name.slice(slash + 1) });
      return found && toLanguageModel(found);
    },
  };
}

/** Editors that are made from VS Code may leave these models out altogether. */
async function select(selector: vscode.LanguageModelChatSelector): Promise<readonly vscode.LanguageModelChat[]> {
  const lm = vscode.lm as typeof vscode.lm | undefined;
  return (await lm?.selectChatModels?.(selector)) ?? [];
}

function toLanguageModel(model: vscode.LanguageModelChat): LanguageModel {
  return {
    maxInputTokens: model.maxInputTokens,
    countTokens: (text, signal) => withToken(signal, (token) => model.countTokens(text, token)),
    async send(texts, signal) {
      const messages = texts.map((text) => vscode.LanguageModelChatMessage.User(text));
      const justification = t("Onceover reviews the files that you agreed to send.");
      const cancelling = cancelWith(signal);
      try {
        const { text } = await model.sendRequest(messages, { justification }, cancelling.token);
        return piecesOf(text, cancelling);
      } catch (error) {
        cancelling.dispose();
        throw failureOf(error);
      }
    },
  };
}

async function* piecesOf(text: AsyncIterable<string>, cancelling: vscode.Disposable): AsyncGenerator<string> {
  try {
    yield* text;
  } catch (error) {
    throw failureOf(error);
  } finally {
    cancelling.dispose();
  }
}

async function withToken<Value>(
  signal: AbortSignal,
  call: (token: vscode.CancellationToken) => Thenable<Value>,
): Promise<Value> {
  const cancelling = cancelWith(signal);
  try {
    return await call(cancelling.token);
  } finally {
    cancelling.dispose();
  }
}

interface Cancelling extends vscode.Disposable {
  readonly token: vscode.CancellationToken;
}

function cancelWith(signal: AbortSignal): Cancelling {
  const source = new vscode.CancellationTokenSource();
  const cancel = () => source.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  return {
    token: source.token,
    dispose() {
      signal.removeEventListener("abort", cancel);
      source.dispose();
    },
  };
}

/** An error, for stacks, with the reason that the engine goes by. */
class EditorModelError extends Error implements LanguageModelFailure {
  readonly reason: LanguageModelFailure["reason"];

  constructor(reason: LanguageModelFailure["reason"], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.reason = reason;
  }
}

function failureOf(error: unknown): EditorModelError {
  return new EditorModelError(reasonOf(error), error);
}

function reasonOf(error: unknown): LanguageModelFailure["reason"] {
  if (!(error instanceof vscode.LanguageModelError)) return "failed";
  switch (error.code) {
    case vscode.LanguageModelError.NoPermissions.name:
      return "not-allowed";
    case vscode.LanguageModelError.Blocked.name:
      return "blocked";
    case vscode.LanguageModelError.NotFound.name:
      return "gone";
    default:
      return "failed";
  }
}
