import type { JSX } from "preact";

// Drawn on a grid of 16: the few signs that the views need weigh a hundredth of an icon font.
const drawings = {
  pulse: "M1.5 8.500h2.800L6.200 3.500l3.300 9 2.200-4H14.500",
  play: "M5 3.200v9.600L12.800 8z",
  sync: "M13.300 7A5.400 5.400 0 0 0 3.500 5M2.700 9a5.400 5.400 0 0 0 9.800 2M3.300 2.200V5.200h3M12.700 13.800v-3h-3",
  passed: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.300 8.200l1.900 1.900 3.500-4",
  error: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.900 5.900l4.200 4.200M10.100 5.900l-4.200 4.200",
  warning: "M8 2.200 14.300 13.300H1.700zM8 6.500v3.300M8 11.600v.1",
  info: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 7.400v3.800M8 4.900v.1",
  stopped: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM3.900 12.100l8.200-8.200",
  clock: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.500V8l2.400 1.600",
  chevron: "M6 4l4 4-4 4",
  shield: "M8 1.900 13.300 4v3.900c0 3.200-2.200 5.200-5.300 6.300-3.100-1.100-5.300-3.100-5.300-6.300V4z",
  key: "M7.600 10.700a2.700 2.700 0 1 1-5.400 0 2.700 2.700 0 0 1 5.400 0zM6.900 8.800l6-6M10.900 4.800l2 2M9 6.700l1.300 1.300",
  search: "M11.200 6.700a4.500 4.500 0 1 1-9 0 4.500 4.500 0 0 1 9 0zM9.900 9.900l4 4",
} as const;

export type GlyphName = keyof typeof drawings;

export interface GlyphProps {
  readonly name: GlyphName;
  /** Class names that colour it. */
  readonly tone?: "error" | "warning" | "info" | "good" | "busy" | "chevron";
  /** Said by screen readers; without one the sign only repeats what stands beside it. */
  readonly label?: string;
}

export function Glyph({ name, tone, label }: GlyphProps): JSX.Element {
  const className = tone ? `glyph ${tone}` : "glyph";
  const meaning = label ? ({ role: "img", "aria-label": label } as const) : ({ "aria-hidden": true } as const);
  return (
    <svg class={className} viewBox="0 0 16 16" width="16" height="16" {...meaning}>
      <path d={drawings[name]} />
    </svg>
  );
}
