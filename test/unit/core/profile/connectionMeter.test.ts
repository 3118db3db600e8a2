import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createConnectionMeter } from "../../../../src/core/profile/connectionMeter.ts";

async function openServer() {
  const server = http.createServer((_, response) => void response.end("ok"));
  let connections = 0;
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, connections: () => connections, ask: async () => (await fetch(origin)).text() };
}

test("counts what the server counts: one after the other or at once, and of our own origin alone", async () => {
  const [ours, other] = await Promise.all([openServer(), openServer()]);
  const told: number[] = [];
  const meter = createConnectionMeter([ours.origin], (count) => told.push(count));
  expect(meter.count).toBeNull();
  await other.ask();
  expect(meter.count).toBeNull();
  for (let request = 0; request < 5; request++) await ours.ask();
  await Promise.all(Array.from({ length: 4 }, ours.ask));
  expect(meter.count).toBe(ours.connections());
  expect(meter.count).toBeGreaterThanOrEqual(4);
  expect(meter.count).toBeLessThan(9);
  expect(told).toEqual(Array.from({ length: meter.count! }, (_, index) => index + 1));
  const before = meter.count;
  meter.dispose();
  await Promise.all(Array.from({ length: 12 }, ours.ask));
  expect(meter.count).toBe(before);
});
