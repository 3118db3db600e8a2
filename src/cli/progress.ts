/**
 * What goes on, on stderr, while results wait for stdout. On a terminal one line that is rewritten in place; in a log
 * a line at the start, at each quarter and at the end, and no control codes.
 */
import type { RunEvent } from "../shared/events.ts";
import type { FileStatus } from "../shared/report.ts";
import { createRunReader } from "../shared/runReader.ts";
import type { CliIo } from "./io.ts";
import type { Output } from "./output.ts";
import { endLine, progressLine, quarterLine, startLine, workOf } from "./progressLine.ts";

export interface Progress {
  onEvent(event: RunEvent): void;
  /** A line that stays. */
  note(text: string): void;
  /** Leaves no half line behind. */
  end(): void;
}

interface ProgressOptions {
  readonly output: Output;
  readonly mode: "live" | "log" | "quiet";
  /** Asked for every line: windows are resized. */
  readonly width: () => number;
  readonly monotonicMs: CliIo["monotonicMs"];
  readonly every: CliIo["every"];
}

export function createProgress(options: ProgressOptions): Progress {
  if (options.mode === "live") return createLiveProgress(options);
  return options.mode === "log" ? createLogProgress(options) : createQuietProgress(options);
}

const ERASE_LINE = "\r\u001b[2K";
const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const PAINT_EVERY_MS = 100;

function createLiveProgress({ output, width, monotonicMs, every }: ProgressOptions): Progress {
  const reader = createRunReader();
  let isShown = false;
  let frame = 0;
  let stopPainting: (() => void) | undefined;

  const paint = () => {
    frame = (frame + 1) % FRAMES.length;
    // One column stays free: some terminals wrap as soon as the last one is written.
    const line = progressLine(reader.view(), monotonicMs(), width() - 3);
    isShown = true;
    void send(output, `${ERASE_LINE}${FRAMES[frame]} ${line}`);
  };
  const erase = () => {
    if (isShown) void send(output, ERASE_LINE);
    isShown = false;
  };
  return {
    onEvent(event) {
      reader.push(event);
      if (event.type === "run-start") stopPainting ??= every(PAINT_EVERY_MS, paint);
      if (event.type === "run-end") {
        stopPainting?.();
        erase();
      }
    },
    note(text) {
      const wasShown = isShown;
      erase();
      void send(output, `${text}\n`);
      if (wasShown) paint();
    },
    end() {
      stopPainting?.();
      erase();
    },
  };
}

/** Shorter pauses are not worth a line in a log. */
const MINIMUM_WAIT_MS = 5_000;
const WIDTH_OF_LOGS = 200;

function createLogProgress({ output, monotonicMs }: ProgressOptions): Progress {
  const reader = createRunReader();
  let quarter = 0;
  let waitUntilMs = 0;
  const note = (text: string) => void send(output, `${text}\n`);

  const fileEnded = () => {
    const view = reader.view();
    const { done, total } = workOf(view);
    const reached = total > 0 ? Math.floor((done / total) * 4) : 0;
    if (reached > quarter && reached < 4) note(quarterLine(view, monotonicMs()));
    quarter = Math.max(quarter, reached);
  };
  return {
    onEvent(event) {
      reader.push(event);
      if (event.type === "plan") note(startLine(reader.view(), event));
      else if (event.type === "file-end" && isWork(event.status)) fileEnded();
      else if (event.type === "wait" && event.ms >= MINIMUM_WAIT_MS && event.monotonicMs >= waitUntilMs) {
        waitUntilMs = event.monotonicMs + event.ms;
        note(progressLine(reader.view(), event.monotonicMs, WIDTH_OF_LOGS));
      } else if (event.type === "run-end") note(endLine(reader.view()));
    },
    note,
    end: () => {},
  };
}

/** Cached and skipped files end before the first one that needs work. */
function isWork(status: FileStatus): boolean {
  return status === "reviewed" || status === "failed";
}

function createQuietProgress({ output }: ProgressOptions): Progress {
  return { onEvent: () => {}, note: (text) => void send(output, `${text}\n`), end: () => {} };
}

/** Progress that cannot be written must not end a run that costs money. */
function send(output: Output, text: string): Promise<void> {
  return output.write(text.replaceAll("\u202f", " ")).catch(() => {});
}
