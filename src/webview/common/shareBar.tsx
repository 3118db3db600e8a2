import { formatCount } from "../../shared/format.ts";
import type { JSX } from "preact";

export type FillName =
  | "reviewed"
  | "cached"
  | "inFlight"
  | "waiting"
  | "pending"
  | "skipped"
  | "failed"
  | "paid"
  | "saved"
  | "reserved";

export interface Share {
  readonly fill: FillName;
  /** Its part of the whole, in any unit. Nothing is drawn for 0. */
  readonly amount: number;
  readonly label: string;
}

export interface ShareBarProps {
  readonly shares: readonly Share[];
  /** One sentence with the figures. */
  readonly label: string;
  readonly tall?: boolean;
  /** Given while something advances: how much of the whole is done. */
  readonly progress?: { readonly done: number; readonly total: number } | undefined;
}

/** A whole and its parts. Widths are set on the elements: the content policy forbids style attributes. */
export function ShareBar({ shares, label, tall = false, progress }: ShareBarProps): JSX.Element {
  const meaning = progress
    ? ({
        role: "progressbar",
        "aria-valuemin": 0,
        "aria-valuenow": progress.done,
        "aria-valuemax": progress.total,
      } as const)
    : ({ role: "img" } as const);
  const present = shares.filter((share) => share.amount > 0);
  const whole = present.reduce((sum, share) => sum + share.amount, 0);
  return (
    <div class={tall ? "bar tall" : "bar"} aria-label={label} {...meaning}>
      {present.map((share) => (
        <i key={share.fill} class={`fill-${share.fill}`} ref={(element) => setShare(element, share.amount / whole)} />
      ))}
    </div>
  );
}

/** What the parts are called, with their numbers. */
export function Legend({ shares }: { readonly shares: readonly Share[] }): JSX.Element {
  return (
    <ul class="legend">
      {shares
        .filter((share) => share.amount > 0)
        .map((share) => (
          <li key={share.fill}>
            <i class={`swatch fill-${share.fill}`} />
            <span class="strong">{formatCount(share.amount)}</span> {share.label}
          </li>
        ))}
    </ul>
  );
}

function setShare(element: HTMLElement | null, share: number) {
  // In thousandths: growth factors that add up to less than 1 leave room empty.
  if (element) element.style.flex = `${share * 1000} 0 0`;
}
