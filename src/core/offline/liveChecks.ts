/** Checks of whether what looks wrong ever runs, and whether it runs more than once. */
import { ancestors, capture, enclosingFunction, type Check } from "./checkParts.ts";

const SWITCHED_OFF = /^(x(it|test|describe|context)|(it|test|describe|context|suite)\.(skip|todo|fixme))\b/;

/** Neither it nor what it stands in is a test that is switched off. */
export const notSkipped: Check = (captures) => {
  for (const one of ancestors(capture(captures, "finding"))) {
    const called = one.type === "call_expression" ? one.childForFieldName("function") : null;
    if (called && SWITCHED_OFF.test(called.text)) return false;
  }
  return true;
};

/** What fills a page is mounted once and goes with the page: a webview's script, the file that renders, `App`. */
const FILLS_PAGE = /\b(acquireVsCodeApi|createRoot|hydrateRoot|ReactDOM\.(render|hydrate))\(/;
const ONCE = /,\s*\[\s*\]\s*,?\s*\)$/;

/** The effect runs again, or the component may go before the page does. */
export const notOfPage: Check = (captures, text) => {
  const effect = capture(captures, "finding");
  if (!ONCE.test(effect.text)) return true;
  const component = enclosingFunction(effect);
  const name = (component?.childForFieldName("name") ?? component?.parent?.childForFieldName("name"))?.text;
  return name !== "App" && !FILLS_PAGE.test(text);
};
