import type { ComponentChildren, JSX } from "preact";

export interface Fact {
  readonly name: string;
  readonly value: ComponentChildren;
}

/** Names and figures, one per line. */
export function Facts({ facts }: { readonly facts: readonly (Fact | null)[] }): JSX.Element {
  return (
    <dl class="facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
