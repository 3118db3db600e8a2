import type { ComponentChildren, JSX } from "preact";

export interface PhraseProps {
  /** Translated, with `{0}` where the value goes. */
  readonly text: string;
  readonly value: ComponentChildren;
}

/** A text around something that is more than text: where it goes is the language's own affair. */
export function Phrase({ text, value }: PhraseProps): JSX.Element {
  const [before = "", after = ""] = text.split("{0}");
  return (
    <>
      {before}
      {value}
      {after}
    </>
  );
}
