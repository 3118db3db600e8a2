import type { JSX } from "preact";
import { t } from "../../shared/localize.ts";

export interface KeysHintProps {
  readonly singleKeys: boolean;
  readonly onSingleKeys: (areOn: boolean) => void;
}

/** What keys do here. Letters can be switched off, for those who speak to their computer or hit keys unawares. */
export function KeysHint({ singleKeys, onSingleKeys }: KeysHintProps): JSX.Element {
  return (
    <section class="keys" aria-label={t("Keys")}>
      <dl>
        {keys().map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input type="checkbox" checked={singleKeys} onChange={() => onSingleKeys(!singleKeys)} />
        {t("Letters and signs are keys")}
      </label>
    </section>
  );
}

function keys(): readonly (readonly [names: readonly string[], meaning: string])[] {
  return [
    [["/", "Ctrl+F"], t("Search")],
    [["Esc"], t("Clear the search and go back")],
    [["j", "↓"], t("Next finding")],
    [["k", "↑"], t("Previous finding")],
    [["Enter"], t("Open the code")],
    [["←", "→"], t("Fold and unfold")],
    [["c"], t("Copy as Markdown")],
    [["?"], t("Show or hide these keys")],
  ];
}
