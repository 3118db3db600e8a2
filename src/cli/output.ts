/** Writing to a stream so that everything has left the process in the end, and a reader that went away is no error. */
import type { OutputStream } from "./io.ts";

export interface Output {
  /** Resolves when the stream has taken the text; rejects when it cannot (a full disk behind a redirection). */
  write(text: string): Promise<void>;
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
    write(text) {
      if (isClosed) return Promise.resolve();
      return new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (!error) return resolve();
          if (!isGone(error)) return reject(error);
          isClosed = true;
          resolve();
        });
      });
    },
  };
}

function isGone(error: NodeJS.ErrnoException): boolean {
  return error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED";
}
