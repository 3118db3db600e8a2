import type { JSX } from "preact";
import type { RunView } from "../../shared/runView.ts";
import { formatPercent, formatUsd } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";

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
  const used = formatPercent(share(spentUsd));
  const said = [
    t("{0} of the {1} budget spent", formatUsd(spentUsd), formatUsd(budgetUsd)),
    ...(reservedUsd > 0 ? [t("{0} reserved for requests in flight", formatUsd(reservedUsd))] : []),
    ...(quote ? [t("quoted {0}, at most {1}", formatUsd(quote.likelyUsd), formatUsd(quote.atMostUsd))] : []),
  ].join(", ");
  return (
    <div class="budget">
      <div class="pair">
        <h3>{t("Budget {0}", formatUsd(budgetUsd))}</h3>
        <span>
          {reservedUsd > 0 ? t("{0} + {1} reserved", used, formatPercent(share(reservedUsd))) : t("{0} used", used)}
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
            <u /> {t("likely {0}", formatUsd(quote.likelyUsd))}
          </li>
          <li>
            <u class="most" /> {t("at most {0}", formatUsd(quote.atMostUsd))}
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
