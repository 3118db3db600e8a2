import { expect, test } from "vitest";
import { openSimulator } from "../../support/engineFixture.ts";

const MINUTE_MS = 60_000;

test("OpenAI's batch goes through its states by the clock alone, and bills half of what is done", async () => {
  let nowMs = 0;
  const times = { batchValidatingMs: MINUTE_MS, batchRequestMs: MINUTE_MS, batchFinalizingMs: MINUTE_MS };
  const simulator = await openSimulator({ ...times, monotonicMs: () => nowMs });
  const call = async (method: string, path: string, body?: FormData | string): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${simulator.key}` };
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, text, ...(text.startsWith("{") && !text.includes("\n") ? JSON.parse(text) : {}) };
  };
  const lines = ["one", "two"].map((id) =>
    JSON.stringify({
      custom_id: id,
      method: "POST",
      url: "/v1/chat/completions",
      body: { model: simulator.model, messages: [{ role: "user", content: `Hello, ${id}.` }] },
    }),
  );
  const form = new FormData();
  form.set("purpose", "batch");
  form.set("file", new File([lines.join("\n")], "input.jsonl"));
  const file = await call("POST", "/files", form);
  const order = { input_file_id: file["id"], endpoint: "/v1/chat/completions", completion_window: "24h" };
  const { id } = await call("POST", "/batches", JSON.stringify(order));
  const seen: unknown[] = [];
  for (let minute = 0; minute < 5; minute++) {
    const batch = await call("GET", `/batches/${String(id)}`);
    const counts = batch["request_counts"] as { completed: number };
    // The status of the answer is under the batch's own.
    seen.push([batch["status"], counts.completed, simulator.bill().requests]);
    nowMs += MINUTE_MS;
  }
  expect(seen).toEqual([
    ["validating", 0, 0],
    ["in_progress", 0, 0],
    ["in_progress", 1, 1],
    ["finalizing", 2, 2],
    ["completed", 2, 2],
  ]);
  const done = await call("GET", `/batches/${String(id)}`);
  const output = await call("GET", `/files/${String(done["output_file_id"])}/content`);
  expect(String(output["text"]).trim().split("\n")).toHaveLength(2);

  const halved = simulator.bill().usd;
  simulator.reset();
  for (const line of lines) {
    const body = JSON.stringify((JSON.parse(line) as { body: object }).body);
    await call("POST", "/chat/completions", body);
  }
  expect(halved).toBeCloseTo(simulator.bill().usd / 2, 9);
});
