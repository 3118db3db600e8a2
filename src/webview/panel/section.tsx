import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../common/glyph.tsx";
import { remember, remembered } from "../common/host.ts";

export interface SectionProps {
  /** Under which its being open is remembered: the same in every language. */
  readonly id: string;
  readonly title: string;
  /** Stands beside the title while the section is closed. */
  readonly headline: string;
  /** Until the user opens or closes it. */
  readonly isOpen: boolean;
  readonly children: ComponentChildren;
}

/** One question of the panel. What the user opened or closed stays so. */
export function Section({ id, title, headline, isOpen, children }: SectionProps): JSX.Element {
  const [chosen, setChosen] = useState(() => remembered()[`open.${id}`]);
  const open = typeof chosen === "boolean" ? chosen : isOpen;

  function toggle(event: MouseEvent) {
    // The state decides, not the browser: else a section that opens itself would count as the user's wish.
    event.preventDefault();
    setChosen(!open);
    remember({ [`open.${id}`]: !open });
  }

  return (
    <details class="section" open={open}>
      <summary onClick={toggle}>
        <Glyph name="chevron" tone="chevron" />
        <h2>{title}</h2>
        {!open && <span class="headline muted">{headline}</span>}
      </summary>
      {open && <div class="inside">{children}</div>}
    </details>
  );
}

/** A section that has nothing to say yet. */
export function EmptySection({ title, headline }: Pick<SectionProps, "title" | "headline">): JSX.Element {
  return (
    <section class="section empty">
      <h2>{title}</h2>
      <span class="headline muted">{headline}</span>
    </section>
  );
}
