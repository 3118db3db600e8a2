/** The few elements that a plot is made of, as text. Each picture draws its own ground, so that it is readable anywhere. */

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Two colours and two shapes, told apart without colour too. */
const STYLE = `
  .ground { fill: #ffffff } text { fill: #24292f; font: 12px system-ui, sans-serif }
  .title { font-weight: 600 } .quiet { fill: #57606a } .grid { stroke: #d8dee4 } .axis { stroke: #57606a }
  .first { fill: #0969da; stroke: #0969da } .second { fill: #bc4c00; stroke: #bc4c00 }
  polyline.line { fill: none; stroke-width: 2 } .faint { fill-opacity: 0.45 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } text { fill: #e6edf3 } .quiet { fill: #9198a1 } .grid { stroke: #30363d }
    .axis { stroke: #9198a1 } .first { fill: #4493f8; stroke: #4493f8 } .second { fill: #f0883e; stroke: #f0883e }
  }`;

export type Tone = "first" | "second";

/** @param description what the picture shows, for those who do not see it */
export function picture(width: number, height: number, description: string, parts: readonly string[]): string {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`;
  const ground = `<rect class="ground" width="${width}" height="${height}" rx="6"/>`;
  return [
    open,
    `<title>${escaped(description)}</title>`,
    `<style>${STYLE}</style>`,
    ground,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

export function label(
  at: Place,
  words: string,
  options: { anchor?: "start" | "middle" | "end"; kind?: string } = {},
): string {
  const { anchor = "start", kind } = options;
  const shape = kind === undefined ? "" : ` class="${kind}"`;
  return `<text x="${short(at.x)}" y="${short(at.y)}" text-anchor="${anchor}"${shape}>${escaped(words)}</text>`;
}

export function rule(from: Place, to: Place, kind: "grid" | "axis"): string {
  return `<line class="${kind}" x1="${short(from.x)}" y1="${short(from.y)}" x2="${short(to.x)}" y2="${short(to.y)}"/>`;
}

export function bar(at: Place, width: number, height: number, tone: Tone, isFaint = false): string {
  const kind = isFaint ? `${tone} faint` : tone;
  return `<rect class="${kind}" x="${short(at.x)}" y="${short(at.y)}" width="${short(width)}" height="${short(height)}"/>`;
}

/** A line through all places, each marked: by a circle, or by a square for the second tone. */
export function markedLine(places: readonly Place[], tone: Tone): string {
  const path = places.map(({ x, y }) => `${short(x)},${short(y)}`).join(" ");
  const marks = places.map(({ x, y }) =>
    tone === "first"
      ? `<circle class="first" cx="${short(x)}" cy="${short(y)}" r="3.5"/>`
      : `<rect class="second" x="${short(x - 3.5)}" y="${short(y - 3.5)}" width="7" height="7"/>`,
  );
  return [`<polyline class="${tone} line" points="${path}"/>`, ...marks].join("\n");
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const short = (value: number): string => String(Math.round(value * 10) / 10);
