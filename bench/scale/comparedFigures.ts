import { megabytes, seconds } from "../formats.ts";
import type { BenchFigure } from "../harness.ts";

export const ofPredicted = (value: number) => `${value.toFixed(2)}×`;

/** What a run took, each figure beside what the model of `constants.ts` had predicted. */
export const comparedFigures: readonly BenchFigure[] = [
  { key: "cpuMs", heading: "CPU", format: seconds },
  { key: "cpuOfPredicted", heading: "÷ predicted", format: ofPredicted },
  { key: "peakRssBytes", heading: "peak RSS", format: megabytes },
  { key: "peakOfPredicted", heading: "÷ predicted", format: ofPredicted },
  { key: "storeBytes", heading: "store", format: megabytes },
  { key: "storeOfPredicted", heading: "÷ predicted", format: ofPredicted },
];
