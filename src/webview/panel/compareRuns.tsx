import type { JSX } from "preact";
import type { RunSummary } from "../../shared/panelProtocol.ts";
import { formatDuration, formatPercent, formatUsd } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";

/** What changed from one run to a later one. */
export function CompareRuns({
  before,
  after,
}: {
  readonly before: RunSummary;
  readonly after: RunSummary;
}): JSX.Element {
  return (
    <table class="history comparison">
      <caption class="hidden-text">{t("Two runs compared")}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t("Earlier")}</th>
          <th scope="col">{t("Later")}</th>
          <th scope="col">{t("Change")}</th>
        </tr>
      </thead>
      <tbody>
        {comparedFigures(before, after).map(({ name, was, is, change }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{was}</td>
            <td>{is}</td>
            <td>{change}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export interface ComparedFigure {
  readonly name: string;
  readonly was: string;
  readonly is: string;
  readonly change: string;
}

export function comparedFigures(before: RunSummary, after: RunSummary): readonly ComparedFigure[] {
  const isKnown = !before.costUnknown && !after.costUnknown;
  return [
    {
      name: t("Spent"),
      was: spentWords(before),
      is: spentWords(after),
      // A difference of lower bounds says nothing.
      change: isKnown ? signed(after.spentUsd - before.spentUsd, (usd) => formatUsd(usd)) : t("unknown"),
    },
    {
      name: t("Cached"),
      was: formatPercent(before.cachedShare),
      is: formatPercent(after.cachedShare),
      change: signed(Math.round(after.cachedShare * 100) - Math.round(before.cachedShare * 100), (points) =>
        t("{0} points", points),
      ),
    },
    {
      name: t("Time"),
      was: formatDuration(before.durationMs),
      is: formatDuration(after.durationMs),
      change: signed(after.durationMs - before.durationMs, formatDuration),
    },
  ];
}

export function spentWords({ model, costUnknown, spentUsd }: RunSummary): string {
  return model === null ? t("free") : `${costUnknown ? "≥ " : ""}${formatUsd(spentUsd)}`;
}

function signed(amount: number, format: (amount: number) => string): string {
  return amount === 0 ? "=" : `${amount < 0 ? "−" : "+"}${format(Math.abs(amount))}`;
}
