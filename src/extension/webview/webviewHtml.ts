import type { TranslationsInUse } from "../../shared/localize.ts";

export interface WebviewHtmlOptions {
  readonly title: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Fresh for every page. */
  readonly nonce: string;
  /** For the page's own texts, and their language; left out: English. */
  readonly translations?: TranslationsInUse | undefined;
}

/** The page of a webview: nothing inline, nothing remote; what is to be seen is made by the script. */
export function webviewHtml({
  title,
  scriptUri,
  styleUri,
  cspSource,
  nonce,
  translations,
}: WebviewHtmlOptions): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  // As data: a script element that holds it would need a hole in the policy.
  const words = translations
    ? `<meta name="onceover-translations" content="${escapeAttribute(JSON.stringify(translations.bundle))}">\n`
    : "";
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(translations?.language ?? "en")}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
${words}<link rel="stylesheet" href="${escapeAttribute(styleUri)}">
</head>
<body>
<div id="root"></div>
<script type="module" nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
