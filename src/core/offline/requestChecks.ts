/** Checks of where a value comes from: visibly from a request, a page's address or the command line, within one function. */
import type { Node } from "web-tree-sitter";
import { ancestors, capture, enclosingFunction, FUNCTIONS, type Check } from "./checkParts.ts";
import { makesHarmless, openParts } from "./stringChecks.ts";

/** What hands over text of somebody else's, by language. */
const OUTSIDE = new RegExp(
  [
    // Node, Express, Koa, Fastify, functions in the cloud
    String.raw`\b(req|request|ctx)\.(body|query|params?|headers?|cookies|url|originalUrl|path|files?|get\(|param\()`,
    String.raw`\bevent\.(queryStringParameters|pathParameters|body|headers)\b|\bprocess\.argv\b`,
    // the browser
    String.raw`\blocation\.(search|hash|href)\b|\bsearchParams\b|\bdocument\.(URL|referrer|cookie)\b|\bwindow\.name\b`,
    // Flask, Django, FastAPI, Tornado
    String.raw`\brequest\.(args|form|values|json|get_json|GET|POST|data|COOKIES|META|FILES|query_params|path_params)\b`,
    String.raw`\bself\.get_(query_|body_)?arguments?\(|\bsys\.argv\b|(?<![\w.])(raw_)?input\(`,
    // PHP
    String.raw`\$_(GET|POST|REQUEST|COOKIE|FILES)\b|\$_SERVER\[["'](HTTP_|REQUEST_URI|QUERY_STRING|PATH_INFO|PHP_SELF)|\$request->|\$this->input->(get|post|get_post|cookie)\(`,
    String.raw`\bRequest::(input|get|query|post)\(|php://input|\bfilter_input\(|\$argv\b`,
    // Ruby
    String.raw`(?<![\w.@])params(\[:|\[["']|\.(require|permit|fetch)\b)|(?<![\w.])cookies\[|\bARGV\b`,
    // Go
    String.raw`\b(r|req|request)\.(URL|FormValue|PostFormValue|Form|PostForm|Header|Body|PathValue|Cookie)\b`,
    String.raw`\bmux\.Vars\(|\bURLParam\(|\bc\.(Query|Param|PostForm|DefaultQuery|GetHeader|FormValue|QueryParam|Params)\(`,
    String.raw`\bos\.Args\b|\bflag\.Arg\(`,
    // Java
    String.raw`\.get(Parameter|ParameterValues|Header|QueryString|PathInfo|RequestURI|Cookies)\(|\bargs\[`,
    // C#
    String.raw`\bRequest\.(Query|Form|Params|Headers|Cookies|QueryString|Body|RouteValues)\b|\bRequest\[|\bConsole\.ReadLine\(`,
    // Rust
    String.raw`\benv::args\b|\bread_line\(`,
  ].join("|"),
);

/** The framework fills a parameter that is marked like this: Spring, JAX-RS, ASP.NET. */
const FILLED =
  /(?:@(?:RequestParam|PathVariable|RequestBody|RequestHeader|CookieValue|QueryParam|PathParam|FormParam|HeaderParam)|\[From(?:Query|Route|Body|Form|Header))\b[^,]*?(\w+)\s*(?:=[^,]*)?(?=,|\)|$)/g;
/** `@app.route("/users/<name>")`: the parts of the address become parameters, `<int:id>` a number. */
const ROUTE = /@[\w.]+\.(route|get|post|put|patch|delete|websocket)\(/;

const MAX_STEPS = 4;
const MAX_FUNCTION_CHARACTERS = 20_000;

/**
 * A part that is not written in `@text`, `@sql` or else `@finding`, or a variable in it by way of assignments in the same
 * function, comes from a request, the page's address or the command line.
 */
export const requestInput: Check = (captures, text) => {
  const place = captures.get("text") ?? captures.get("sql") ?? capture(captures, "finding");
  const inserted = [...openParts(place), ...formatValues(place), captures.get("values")].flatMap(
    (one) => one?.text ?? [],
  );
  const around = outermostFunction(place);
  const before = text.slice(around?.startIndex ?? 0, place.startIndex);
  const filled = filledParameters(place);
  return inserted.some((code) => !makesHarmless(code) && comesFromOutside(code, before, filled));
};

/** What a format call inserts: the arguments behind the format. */
function formatValues(place: Node): Node[] {
  const list = place.parent;
  if (!list || !/^(argument_list|arguments|token_tree)$/.test(list.type)) return [];
  return /(\.Sprintf|\bString\.format|\bformat!)\s*$/.test(
    list.parent?.text.slice(0, list.startIndex - list.parent.startIndex) ?? "",
  )
    ? list.namedChildren.filter((one) => one.startIndex >= place.endIndex)
    : [];
}

function comesFromOutside(code: string, before: string, filled: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  let values = [code];
  for (let step = 0; step <= MAX_STEPS && values.length > 0; step++) {
    if (values.some((value) => OUTSIDE.test(value))) return true;
    const names = values.flatMap(namesIn).filter((name) => !seen.has(name));
    if (names.some((name) => filled.has(name))) return true;
    for (const name of names) seen.add(name);
    values = [...new Set(names)].flatMap((name) => valuesOf(name, before));
  }
  return false;
}

/** Variables in a piece of code; members and what stands in plain strings are left out. */
function namesIn(code: string): string[] {
  const open = code.replace(/(["'])[^"'${#\n]*\1/g, "");
  return [...open.matchAll(/(?<![\w.>])[A-Za-z_]\w*/g)].map(([name]) => name);
}

/** What the variable is given, loops over, or is filled by, line for line; nothing where it was escaped or made a number last. */
function valuesOf(name: string, before: string): string[] {
  const given = new RegExp(
    [
      String.raw`(?<![\w.>])[$]?${name}\s*(?::\s*[\w<>[\].| ]+|,[^=\n;(){}]*)?\s*[:.+]?=(?![=>~])\s*(?<value>[^\n;]*(?:(?<=[(,+.\\=])\n[^\n;]*){0,4})`,
      String.raw`\{[^{}=]*\b${name}\b[^{}=]*\}\s*=(?![=>])\s*(?<unpacked>[^\n;]*)`,
      String.raw`\bfor(?:each)?\b(?<looped>[^\n]*\b${name}\b[^\n]*)`,
      String.raw`(?<read>[^\n]*)&${name}\)`,
    ].join("|"),
    "g",
  );
  const values = [...before.matchAll(given)].map(({ groups }) =>
    Object.values(groups ?? {})
      .filter((one) => one !== undefined)
      .join(" "),
  );
  return makesHarmless(values.at(-1) ?? "") ? [] : values;
}

/** The whole of what a callback stands in, unless it is a wrapper around a module. */
function outermostFunction(node: Node): Node | undefined {
  let outermost: Node | undefined;
  for (const one of ancestors(node)) {
    if (FUNCTIONS.test(one.type) && one.endIndex - one.startIndex <= MAX_FUNCTION_CHARACTERS) outermost = one;
  }
  return outermost;
}

function filledParameters(node: Node): ReadonlySet<string> {
  const around = enclosingFunction(node);
  const parameters = around?.childForFieldName("parameters");
  if (!around || !parameters) return new Set();
  const marked = [...parameters.text.matchAll(FILLED)].map(([, name]) => name!);
  const decorators =
    around.parent?.type === "decorated_definition"
      ? around.parent.text.slice(0, around.startIndex - around.parent.startIndex)
      : "";
  if (!ROUTE.test(decorators)) return new Set(marked);
  const inAddress = [...decorators.matchAll(/<(?:(?:string|path):)?(\w+)>|\{(\w+)\}/g)].map(
    (match) => match[1] ?? match[2]!,
  );
  const numbers = new Set([...parameters.text.matchAll(/(\w+)\s*:\s*(?:int|float|bool)\b/g)].map(([, name]) => name!));
  return new Set([...marked, ...inAddress.filter((name) => !numbers.has(name))]);
}
