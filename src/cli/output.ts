/** Writing to a stream so that everything has left the process in the end, and a reader that went away is no error. */
import { OnceoverError } from "../shared/errors.ts";
import type { OutputStream } from "./io.ts";

/** Text, or what is UTF-8 already. */
export type Piece = string | Uint8Array;

export interface Output {
  /** Resolves when the stream has taken the text; rejects with `store-failed` when it cannot (a full disk behind a redirection). */
  write(piece: Piece): Promise<void>;
  /** The reader closed its end (`onceover … | head`): what is written from now on goes nowhere. */
  readonly isClosed: boolean;
}

export function createOutput(stream: OutputStream): Output {
  let isClosed = false;
  // Without a listener the stream's error would end the process; each write reports its own.
  stream.on("error", (error) => {
    if (isGone(error)) isClosed = true;
  });
  return {
    get isClosed() {
      return isClosed;
    },
    write(piece) {
      if (isClosed) return Promise.resolve();
      return new Promise((resolve, reject) => {
        stream.write(piece, (error) => {
          if (!error) return resolve();
          if (!isGone(error)) return reject(unwritable(error));
          isClosed = true;
          resolve();
        });
      });
    },
  };
}

function unwritable(error: NodeJS.ErrnoException): OnceoverError {
  return new OnceoverError("store-failed", `The result could not be written (${error.code ?? error.message}).`, {
    advice: "Make room; running again costs nothing.",
    cause: error,
  });
}

function isGone(error: NodeJS.ErrnoException): boolean {
  return error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED";
}
