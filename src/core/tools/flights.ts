/** One flight for all who ask the same. Who leaves does not end it for the others; when the last one leaves it ends. */
import { unlessAborted } from "../flow/unlessAborted.ts";
import { OnceoverError } from "../../shared/errors.ts";

export interface Flights<Result> {
  /** @returns what to wait for, and whether this call has started it */
  join(
    key: string,
    start: (signal: AbortSignal) => Promise<Result>,
    signal: AbortSignal | undefined,
  ): { readonly result: Promise<Result>; readonly isOwn: boolean };
  /** Ends all of them. */
  dispose(): void;
}

interface Flight<Result> {
  readonly result: Promise<Result>;
  readonly controller: AbortController;
  passengers: number;
}

export function createFlights<Result>(): Flights<Result> {
  const flights = new Map<string, Flight<Result>>();

  const launch = (key: string, start: (signal: AbortSignal) => Promise<Result>): Flight<Result> => {
    const controller = new AbortController();
    const result = start(controller.signal).finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    const flight: Flight<Result> = { result, controller, passengers: 0 };
    flights.set(key, flight);
    // Everybody may have left by the time it fails.
    result.catch(() => undefined);
    return flight;
  };

  const leave = (key: string, flight: Flight<Result>) => {
    if (--flight.passengers > 0) return;
    // Nobody may board what is being ended.
    if (flights.get(key) === flight) flights.delete(key);
    flight.controller.abort(ended());
  };

  return {
    join(key, start, signal) {
      const before = flights.get(key);
      const flight = before ?? launch(key, start);
      flight.passengers++;
      const result = unlessAborted(flight.result, signal).finally(() => leave(key, flight));
      return { result, isOwn: !before };
    },
    dispose() {
      for (const { controller } of flights.values()) controller.abort(ended());
      flights.clear();
    },
  };
}

function ended(): OnceoverError {
  return new OnceoverError("cancelled", "The tool was ended.");
}
