/**
 * What the last run about the whole workspace has told, for as long as the editor tells of no change since: the next run
 * about the same need not look at ten thousand files to say so. Knows nothing of VS Code.
 */
import type { Engine, HeldReport, RunRequest } from "../core/engine.ts";
import type { RunEvent } from "../shared/events.ts";
import type { Report } from "../shared/report.ts";

export interface HeldReports {
  /** undefined: there is none that could still hold. */
  find(engine: Engine, request: RunRequest): HeldReport | undefined;
  /** Call it before a run looks at its files. @returns is to be told the run's events */
  follow(engine: Engine, request: RunRequest): (event: RunEvent) => void;
  forget(): void;
}

interface Held extends HeldReport {
  readonly engine: Engine;
  readonly asked: string;
  readonly changes: number;
}

/** @param countChanges how often the editor has told of changed files so far */
export function createHeldReports(countChanges: () => number): HeldReports {
  let held: Held | undefined;
  return {
    find(engine, request) {
      const isSame = held?.engine === engine && held.asked === JSON.stringify(request);
      return isSame && held?.changes === countChanges() ? held : undefined;
    },
    follow(engine, request) {
      // What changes while its files are looked at may be missing in its report.
      const changes = countChanges();
      const asked = JSON.stringify(request);
      const summaries: Record<string, string> = {};
      held = undefined;
      return (event) => {
        if (event.type === "file-end" && event.summary !== null) summaries[event.path] = event.summary;
        else if (event.type === "unchanged") Object.assign(summaries, event.summaries);
        else if (event.type === "run-end" && isWhole(request, event.report))
          held = { engine, asked, changes, report: event.report, summaries };
      };
    },
    forget() {
      held = undefined;
    },
  };
}

function isWhole({ only, under, since, storedOnly }: RunRequest, { run }: Report): boolean {
  return run.complete && !only && !under && since === undefined && !storedOnly;
}
