import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { PromptPreview } from "../../../../src/core/engine.ts";
import { openEngine, openModelEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

function workspace(): string {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "shop", description: "Sells things." }));
  fs.writeFileSync(
    path.join(folder, "pay.ts"),
    `export const key = "${["AKIA", "Z7QK4WTR2MNX5VYB"].join("")}";\n// \u202e x\n`,
  );
  fs.writeFileSync(
    path.join(folder, "cart.ts"),
    "export function total(rows: number[]) {\n  return rows[0]! / rows.length;\n}\n",
  );
  fs.mkdirSync(path.join(folder, ".onceover"));
  fs.writeFileSync(
    path.join(folder, ".onceover", "rules.md"),
    `Prices are cents.\nThe sandbox key is ${["AKIA", "Q7ZK4WTR2MNX5VYC"].join("")}.\n`,
  );
  return folder;
}

test("what is shown is what the provider gets, to the byte, for every file", async () => {
  const simulator = await openSimulator();
  const folder = workspace();
  const engine = await openModelEngine(simulator);
  const request = requestFor(folder);
  const { pending } = await engine.estimate(request);
  const previews = await Promise.all(pending.map((file) => engine.preview(request, file.path)));
  expect(simulator.requests).toEqual([]);
  await engine.run(request);

  const shown = previews.map((preview) => ({
    // What is one message to the provider is shown in its parts.
    texts: (["system", "user"] as const).map((role) => textOf(preview, role)),
    schema: preview?.schema,
  }));
  const sent = simulator.requests.map(({ body }) => {
    const { messages, response_format: format } = body as unknown as SentBody;
    return { texts: messages.map(({ content }) => content), schema: format.json_schema.schema };
  });
  expect(shown).toHaveLength(pending.length);
  expect(new Set(sent.map((one) => JSON.stringify(one)))).toEqual(new Set(shown.map((one) => JSON.stringify(one))));
  // A secret in the workspace's own conventions is no more sent than one in a file.
  for (const secret of ["Z7QK4WTR2MNX5VYB", "Q7ZK4WTR2MNX5VYC"]) {
    expect(JSON.stringify([shown, sent])).not.toContain(secret);
  }
  expect(JSON.stringify(sent)).toContain("Prices are cents.\\nThe sandbox key is *");
});

test("neighbours that share its request are shown with it", async () => {
  const simulator = await openSimulator();
  const files = Array.from(
    { length: 12 },
    (_, at) => [`file${at}.ts`, `export const value${at} = read(${at});\n`] as const,
  );
  const engine = await openModelEngine(simulator, { concurrency: 2 });
  const request = requestFor(temporaryFolder(Object.fromEntries(files)));
  const previews = await Promise.all(files.map(([name]) => engine.preview(request, name)));
  const { requests } = await engine.estimate(request);
  expect(requests).toBeLessThan(files.length);
  await engine.run(request);
  expect(simulator.requests).toHaveLength(requests);
  const sent = simulator.requests.map(({ body }) => {
    const { messages, response_format: format } = body as unknown as SentBody;
    return JSON.stringify([messages.map(({ content }) => content), format.json_schema.schema]);
  });
  const shown = previews.map((preview) =>
    JSON.stringify([[textOf(preview, "system"), textOf(preview, "user")], preview?.schema]),
  );
  expect(new Set(shown)).toEqual(new Set(sent));
});

function textOf(preview: PromptPreview | null, role: "system" | "user"): string {
  return (preview?.parts ?? []).flatMap((part) => (part.role === role ? [part.text] : [])).join("\n\n");
}

interface SentBody {
  readonly messages: readonly { readonly content: string }[];
  readonly response_format: { readonly json_schema: { readonly schema: object } };
}

test("there is nothing to show for what would not be sent", async () => {
  const simulator = await openSimulator();
  const folder = workspace();
  const engine = await openModelEngine(simulator);
  const request = requestFor(folder);
  await engine.run(request);
  expect(await engine.preview(request, "cart.ts")).toBeNull();
  expect(await engine.preview(request, "missing.ts")).toBeNull();
  const offline = await openEngine();
  expect(await offline.preview(request, "cart.ts")).toBeNull();
});
