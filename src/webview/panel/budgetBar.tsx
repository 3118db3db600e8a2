import type { JSX } from "preact";
import type { RunView } from "../../shared/runView.ts";
import { formatPercent, formatUsd } from "../../shared/format.ts";

/** Will the budget hold? Spent, reserved by requests under way, and marks for what the quote said. */
export function BudgetBar({
  view,
  budgetUsd,
}: {
  readonly view: RunView;
  readonly budgetUsd: number;
}): JSX.Element | null {
  if (budgetUsd <= 0) return null;
  const { spentUsd, reservedUsd, quote } = view;
  const share = (amountUsd: number) => Math.min(1, amountUsd / budgetUsd);
  const reserved = reservedUsd > 0 ? ` + ${formatPercent(share(reservedUsd))} reserved` : " used";
  const said = [
    `${formatUsd(spentUsd)} of the ${formatUsd(budgetUsd)} budget spent`,
    ...(reservedUsd > 0 ? [`${formatUsd(reservedUsd)} reserved for requests in flight`] : []),
    ...(quote ? [`quoted ${formatUsd(quote.likelyUsd)}, at most ${formatUsd(quote.atMostUsd)}`] : []),
  ].join(", ");
  return (
    <div class="budget">
      <div class="pair">
        <h3>Budget {formatUsd(budgetUsd)}</h3>
        <span>
          {formatPercent(share(spentUsd))}
          {reserved}
        </span>
      </div>
      <div class="track" role="img" aria-label={said}>
        <i class="fill-paid" ref={(element) => setWidth(element, share(spentUsd))} />
        <i
          class="fill-reserved"
          ref={(element) => setWidth(element, Math.min(share(reservedUsd), 1 - share(spentUsd)))}
        />
        {quote && <u ref={(element) => setStart(element, share(quote.likelyUsd))} />}
        {quote && <u class="most" ref={(element) => setStart(element, share(quote.atMostUsd))} />}
      </div>
      {quote && (
        <ul class="legend">
          <li>
            <u /> likely {formatUsd(quote.likelyUsd)}
          </li>
          <li>
            <u class="most" /> at most {formatUsd(quote.atMostUsd)}
          </li>
        </ul>
      )}
    </div>
  );
}

function setWidth(element: HTMLElement | null, share: number) {
  if (element) element.style.width = `${share * 100}%`;
}

function setStart(element: HTMLElement | null, share: number) {
  if (element) element.style.insetInlineStart = `${share * 100}%`;
}
