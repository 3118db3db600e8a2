import type { Settings } from "../../shared/settings.ts";
import type { Ports } from "../ports.ts";
import type { Store } from "../store/store.ts";

/** The store alone where nothing is shared; what sharing needs is loaded only then. */
export async function besideTeam(store: Store, { team, clock, logger }: Ports, settings: Settings): Promise<Store> {
  const { teamFolder, useCache: isRead } = settings;
  if (!team && teamFolder === null) return store;
  const [{ withTeam }, { createTeamFolder }] = await Promise.all([import("./withTeam.ts"), import("./teamFolder.ts")]);
  return withTeam(store, { tier: team ?? createTeamFolder(teamFolder!), clock, logger, isRead });
}
