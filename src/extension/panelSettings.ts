/** What the next run would use, as the webviews show it. */
import { isEditorOrigin, isLoopback } from "../shared/endpoint.ts";
import type { PanelSettings } from "../shared/panelProtocol.ts";
import { readSettings } from "./configuration.ts";
import { endpointOrigin } from "./endpoints.ts";
import type { KeyRing } from "./secrets.ts";

/** undefined: a setting is invalid; the next run says which. */
export async function readPanelSettings(keys: KeyRing): Promise<PanelSettings | undefined> {
  const engine = currentSettings()?.engine;
  if (!engine) return undefined;
  const { provider, model, budgetUsd } = engine;
  const origin = endpointOrigin(engine);
  const needsNone = origin === null || isLoopback(origin) || isEditorOrigin(origin);
  const keySet = needsNone || (await keys.apiKey(provider, origin)) !== undefined;
  return { provider, model, budgetUsd, keySet };
}

function currentSettings() {
  try {
    return readSettings([]);
  } catch {
    return undefined;
  }
}
