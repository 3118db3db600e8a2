import { declaration, type Mutator } from "../mutator.ts";

export const asyncInForeach: Mutator = {
  rule: "async-in-foreach",
  promise: "An async function is handed to `forEach`.",
  shapes: {
    ecmascript: [
      "«‹value›.forEach(async (‹other›) => {\n  await ‹call›(‹other›);\n});»",
      "«‹value›.forEach(async ‹other› => await ‹call›(‹other›));»",
      "«‹value›.‹field›.forEach(async function (‹other›, index) {\n  await ‹call›(‹other›, index);\n});»",
      "«Object.keys(‹value›).forEach(async (key) => {\n  ‹other›[key] = await ‹call›(key);\n});»",
      "«‹value›\n  .filter((one) => one.‹field›)\n  .forEach(async ({ ‹field› }) => {\n    await this.‹call›(‹field›);\n  });»",
      "«‹value›?.forEach(async (‹other›) => ‹call›(await ‹other›));»",
    ],
    typescript: ["«‹value›.forEach(async (‹other›: string): Promise<void> => {\n  await ‹call›(‹other›);\n});»"],
  },
};

export const asyncPromiseExecutor: Mutator = {
  rule: "async-promise-executor",
  promise: "The function handed to `new Promise` is async.",
  shapes: {
    ecmascript: [
      "const ‹value› = «new Promise(async (resolve) => {\n  resolve(await ‹call›());\n})»;",
      'await «new Promise(async (resolve, reject) => {\n  const ‹other› = await ‹call›();\n  if (!‹other›) reject(new Error("no"));\n  resolve(‹other›);\n})»;',
      "return «new Promise(async function (resolve) {\n  const ‹other› = await ‹call›();\n  resolve(‹other›.‹field›);\n})»;",
      "‹value›.push(«new Promise(async resolve => resolve(await ‹call›(‹other›)))»);",
    ],
    typescript: [
      "const ‹value› = await «new Promise<string>(async (resolve, reject) => {\n  resolve(await ‹call›());\n})»;",
      "return «new Promise<void>(async (resolve: () => void): Promise<void> => {\n  await ‹call›();\n  resolve();\n})»;",
    ],
  },
};

export const asyncVoid: Mutator = {
  rule: "async-void",
  promise: "An `async void` method that is no event handler.",
  shapes: {
    csharp: [
      declaration("«public async void ‹call›()\n{\n  await store.Write();\n}»"),
      declaration(
        "«private static async void ‹call›(string ‹value›)\n{\n  var ‹other› = await Load(‹value›);\n  Apply(‹other›);\n}»",
      ),
      declaration("«async void ‹call›(int ‹value›) => await Task.Delay(‹value›);»"),
      declaration(
        "«internal async void ‹call›(IReadOnlyList<string> ‹value›, CancellationToken token)\n{\n  foreach (var one in ‹value›)\n  {\n    await Send(one, token);\n  }\n}»",
      ),
      declaration(
        "«public override async void ‹call›()\n{\n  try\n  {\n    await Refresh();\n  }\n  finally\n  {\n    Close();\n  }\n}»",
      ),
    ],
  },
};
