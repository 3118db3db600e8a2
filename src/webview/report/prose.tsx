import type { JSX } from "preact";
import { Marked } from "./marked.tsx";

/** Text by a model or a file: paragraphs and `code` alone, nothing in it is ever markup. */
export function Prose({ text, className }: { readonly text: string; readonly className?: string }): JSX.Element {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
  return (
    <div class={className ?? "prose"}>
      {paragraphs.map((paragraph, index) => (
        <p key={index}>{withCode(paragraph)}</p>
      ))}
    </div>
  );
}

/** Pieces between single backticks are code. */
export function withCode(text: string): JSX.Element[] {
  return text
    .split(/(`[^`\n]+`)/)
    .filter((piece) => piece !== "")
    .map((piece, index) =>
      /^`[^`\n]+`$/.test(piece) ? (
        <code key={index}>
          <Marked text={piece.slice(1, -1)} />
        </code>
      ) : (
        <Marked key={index} text={piece} />
      ),
    );
}
