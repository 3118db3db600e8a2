// An extension that brings a language model to VS Code, as Copilot does: answers every request with the text of
// MODEL_REPLY, in pieces, and notes each request in the file MODEL_LOG.
const fs = require("node:fs");
const vscode = require("vscode");

const model = {
  id: "reviewer",
  name: "Reviewer by Tester",
  family: "reviewer",
  version: "1",
  maxInputTokens: 100_000,
  maxOutputTokens: 10_000,
  capabilities: {},
};

exports.activate = (context) => {
  const provider = {
    provideLanguageModelChatInformation: () => [model],
    async provideLanguageModelChatResponse(_model, messages, _options, progress) {
      fs.appendFileSync(process.env.MODEL_LOG, `${JSON.stringify(messages.map(({ content }) => content))}\n`);
      for (const piece of process.env.MODEL_REPLY.match(/[\s\S]{1,40}/g)) {
        progress.report(new vscode.LanguageModelTextPart(piece));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    provideTokenCount: async (_model, text) => Math.ceil(JSON.stringify(text).length / 4),
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider("tester", provider));
};
