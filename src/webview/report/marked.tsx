import { createContext, type JSX } from "preact";
import { useContext } from "preact/hooks";
import { escapeText } from "../../shared/escapeText.ts";
import { markPieces } from "./foldCase.ts";

/** What is searched for, folded; empty: nothing. */
export const SearchedText = createContext("");

/** Others' text, hidden characters shown, and in it what is searched for; all of it text, whatever it looks like. */
export function Marked({ text }: { readonly text: string }): JSX.Element {
  const wanted = useContext(SearchedText);
  return (
    <>
      {markPieces(text, wanted).map((piece, index) =>
        piece.isMatch ? <mark key={index}>{escapeText(piece.text)}</mark> : escapeText(piece.text),
      )}
    </>
  );
}
