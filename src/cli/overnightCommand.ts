/** `onceover overnight`: what was submitted for the night is looked at, fetched, or called off. */
import { createSystemPorts } from "../core/systemPorts.ts";
import type { Secrets } from "../core/ports.ts";
import type { Provider } from "../shared/report.ts";
import { DEFAULT_SETTINGS } from "../shared/settings.ts";
import { baseUrlVariable, chosenBaseUrl, createEnvironmentSecrets } from "./environmentSecrets.ts";
import { baseUrlOf } from "./flagValues.ts";
import type { OvernightArguments } from "./invocation.ts";
import { collectionStatus, renderCollection, renderStatus } from "./overnightReporter.ts";
import { createCliLogger, type Session } from "./session.ts";
import { listenForCancel } from "./signals.ts";
import { storeFolderOf } from "./storeFolder.ts";

export async function overnightCommand(args: OvernightArguments, session: Session): Promise<number> {
  const { io } = session;
  const createEngine = await io.loadEngine();
  const logger = createCliLogger((line) => void session.stderr.write(`${line}\n`).catch(() => {}), args);
  const ports = createSystemPorts({ secrets: secretsOf(args, session), logger });
  const cancellation = listenForCancel(io, () => {});
  const engine = await createEngine(ports, { ...DEFAULT_SETTINGS, storeFolder: storeFolderOf(args.cacheDir, io.cwd) });
  const isJson = args.format === "json";
  try {
    if (args.action === "status") {
      await session.stdout.write(renderStatus(await engine.overnight.status(), isJson));
      return 0;
    }
    const { signal } = cancellation;
    const collection = await engine.overnight[args.action]({ signal });
    await session.stdout.write(renderCollection(collection, isJson));
    return collectionStatus(collection);
  } finally {
    await engine.dispose();
    cancellation.stop();
  }
}

/** Batches may lie with several providers: each key goes to the origin that it is bound to, as for a run. */
function secretsOf({ baseUrl }: OvernightArguments, { io }: Session): Secrets {
  return {
    apiKey(provider, origin) {
      const chosen = chosenBaseUrl(provider as Provider, baseUrl, io.env);
      const named = baseUrlOf(chosen, baseUrlVariable(provider as Provider));
      return createEnvironmentSecrets(io.env, named).apiKey(provider, origin);
    },
  };
}
