/** The default reply to a second look: the same claim always gets the same verdict. */
import { fractionOf } from "./random.ts";

interface NumberedClaim {
  readonly number: number;
  readonly title: string;
  readonly quote: string;
}

/** About half are confirmed, a third is refuted with the quoted lines as evidence, the rest stays open. */
export function refuterReply(lastUserText: string): string {
  return JSON.stringify({ verdicts: claimsIn(lastUserText).map(verdictOn) });
}

/** The claims of a second look's request, as it numbers them. */
export function claimsIn(lastUserText: string): readonly NumberedClaim[] {
  const list = /<(claims-[0-9a-f]+)>\n([\s\S]*?)\n<\/\1>/.exec(lastUserText)?.[2];
  return list === undefined ? [] : (JSON.parse(list) as NumberedClaim[]);
}

function verdictOn({ number, title, quote }: NumberedClaim) {
  const fraction = fractionOf(title, quote, "verdict");
  if (fraction < 0.5) {
    return verdict(number, "confirmed", quote, "Nothing in this code keeps the unexpected value away.");
  }
  if (fraction < 0.8) return verdict(number, "refuted", quote, "The quoted lines themselves rule the scenario out.");
  return verdict(number, "undecided", null, "It depends on the callers, which are not shown.");
}

function verdict(claim: number, word: string, evidence: string | null, reason: string) {
  return { claim, verdict: word, evidence, reason };
}
