/** Dynamic imports that know what a missing chunk means: the extension was updated under a running window. */
import { OnceoverError } from "../shared/errors.ts";
import { t } from "../shared/localize.ts";

const marker = Symbol.for("onceover.missingChunk");

export function isMissingChunk(error: unknown): boolean {
  return typeof error === "object" && error !== null && marker in error;
}

/** Rejects with an error that `isMissingChunk` knows when the chunk's file, or one it needs, is gone. */
export async function loadChunk<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!isModuleNotFound(error)) throw error;
    const missing = new OnceoverError("internal", t("Onceover was updated."), {
      advice: t("Reload the window."),
      cause: error,
    });
    throw Object.assign(missing, { [marker]: true });
  }
}

function isModuleNotFound(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND" || code === "ENOENT";
}
