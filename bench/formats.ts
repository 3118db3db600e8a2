/** How the figures of a table are written. */

export const milliseconds = (value: number): string =>
  value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
export const megabytes = (value: number): string => `${Math.round(value / 2 ** 20)} MB`;
export const dollars = (value: number): string => `$${value.toFixed(6)}`;
export const times = (value: number): string => `${value.toFixed(2)}×`;
export const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
export const seconds = (value: number): string => `${(value / 1_000).toFixed(2)} s`;
