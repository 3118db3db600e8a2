/**
 * Calls to an object that lives in a worker thread. One call is one message there, and one back unless the answer has long
 * lists; failures cross with their stable code. The worker's side answers in whatever order its promises settle.
 */
import { Worker, type MessagePort } from "node:worker_threads";
import { createJoiner, intoPortions, type Portion } from "./portions.ts";
import { isOnceoverError, OnceoverError, type ErrorCode } from "../../shared/errors.ts";

interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly advice?: string;
    };

/** Comes before the answer, see portions.ts. */
interface AnswerPortion {
  readonly id: number;
  readonly portion: Portion;
}

/** What the worker has to say without having been asked. */
interface Notice {
  readonly notice: string;
}

export function sendNotice(port: MessagePort, notice: string): void {
  port.postMessage({ notice } satisfies Notice);
}

type Handler = (...args: never[]) => unknown;

/** Serves `methods` on the port until it closes. */
export function serveCalls(port: MessagePort, methods: Readonly<Record<string, Handler>>): void {
  port.on("message", (call: Call) => {
    void answer(methods, call).then((reply) => post(port, reply));
  });
}

function post(port: MessagePort, reply: Answer): void {
  if (!reply.ok) return port.postMessage(reply);
  const { portions, rest } = intoPortions(reply.value);
  for (const portion of portions) port.postMessage({ id: reply.id, portion } satisfies AnswerPortion);
  port.postMessage({ ...reply, value: rest });
}

async function answer(methods: Readonly<Record<string, Handler>>, call: Call): Promise<Answer> {
  try {
    const method = methods[call.method];
    if (!method) throw new OnceoverError("internal", `No method ${call.method}.`);
    return { id: call.id, ok: true, value: await method(...(call.args as never[])) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!isOnceoverError(error)) return { id: call.id, ok: false, code: "internal", message };
    return { id: call.id, ok: false, code: error.code, message, ...(error.advice ? { advice: error.advice } : {}) };
  }
}

export interface RemoteObject {
  call(method: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Ends the thread; calls under way reject. */
  terminate(): Promise<void>;
}

interface Waiting {
  readonly joiner: ReturnType<typeof createJoiner>;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A larger nursery keeps garbage longer and makes nothing faster here. */
const MAX_NURSERY_MB = 8;

/** Starts the worker. It does not keep the process alive while no call is under way. */
export function startRemoteObject(
  entry: URL,
  workerData: unknown,
  onNotice: (notice: string) => void = () => {},
): RemoteObject {
  const worker = new Worker(entry, {
    workerData,
    execArgv: quietArguments(),
    resourceLimits: { maxYoungGenerationSizeMb: MAX_NURSERY_MB },
  });
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let dead: Error | undefined;
  let isEnding = false;
  worker.unref();

  const fail = (error: Error) => {
    dead = error;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  worker.on("error", (error) =>
    fail(new OnceoverError("internal", `A worker thread ended: ${error.message}`, { cause: error })),
  );
  worker.on("exit", () => fail(new OnceoverError("internal", "A worker thread has ended.")));
  worker.on("message", (reply: Answer | AnswerPortion | Notice) => {
    if ("notice" in reply) return onNotice(reply.notice);
    const one = waiting.get(reply.id);
    if ("portion" in reply) return one?.joiner.add(reply.portion);
    waiting.delete(reply.id);
    // One that is being ended holds the process until it has: whoever waits for that would wait in vain.
    if (waiting.size === 0 && !isEnding) worker.unref();
    if (reply.ok) one?.resolve(one.joiner.join(reply.value));
    else one?.reject(new OnceoverError(reply.code, reply.message, reply.advice ? { advice: reply.advice } : {}));
  });

  return {
    call(method, ...args) {
      if (dead) return Promise.reject(dead);
      const id = nextId++;
      worker.ref();
      return new Promise((resolve, reject) => {
        waiting.set(id, { joiner: createJoiner(), resolve, reject });
        worker.postMessage({ id, method, args } satisfies Call);
      });
    },
    async terminate() {
      isEnding = true;
      await worker.terminate();
    },
  };
}

/** node:sqlite still announces itself as experimental on some versions; nobody who reviews code needs to read that. */
function quietArguments(): string[] {
  return ["--disable-warning=ExperimentalWarning"];
}
