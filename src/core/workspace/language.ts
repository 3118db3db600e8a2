/** What a file is, from its name alone. Ids are VS Code's language ids. */

export interface FileType {
  readonly language: string;
  /** `data` is checked for secrets alone and never sent to a model. */
  readonly kind: "source" | "data";
}

const SOURCE: Readonly<Record<string, string>> = {
  typescript: "ts mts cts",
  typescriptreact: "tsx",
  javascript: "js mjs cjs es6",
  javascriptreact: "jsx",
  vue: "vue",
  svelte: "svelte",
  astro: "astro",
  python: "py pyi pyw",
  go: "go",
  java: "java",
  kotlin: "kt kts",
  scala: "scala sc",
  groovy: "groovy gradle",
  rust: "rs",
  csharp: "cs csx",
  fsharp: "fs fsx",
  vb: "vb",
  c: "c h",
  cpp: "cc cpp cxx c++ hh hpp hxx ipp tpp cu cuh",
  "objective-c": "m",
  "objective-cpp": "mm",
  swift: "swift",
  dart: "dart",
  php: "php phtml",
  ruby: "rb rake",
  perl: "pl pm",
  lua: "lua",
  r: "r",
  julia: "jl",
  elixir: "ex exs",
  erlang: "erl hrl",
  clojure: "clj cljs cljc",
  haskell: "hs",
  ocaml: "ml mli",
  zig: "zig",
  nim: "nim",
  solidity: "sol",
  shellscript: "sh bash zsh ksh",
  powershell: "ps1 psm1",
  bat: "bat cmd",
  sql: "sql",
  css: "css",
  scss: "scss sass",
  less: "less",
  html: "html htm",
  handlebars: "hbs handlebars",
  terraform: "tf",
  graphql: "graphql gql",
  proto: "proto",
  glsl: "glsl vert frag",
  wgsl: "wgsl",
};

const DATA: Readonly<Record<string, string>> = {
  json: "json webmanifest",
  jsonc: "jsonc json5",
  yaml: "yml yaml",
  toml: "toml",
  ini: "ini cfg conf",
  properties: "properties",
  xml: "xml plist",
};

const NAMES: Readonly<Record<string, FileType>> = {
  dockerfile: { language: "dockerfile", kind: "source" },
  containerfile: { language: "dockerfile", kind: "source" },
  makefile: { language: "makefile", kind: "source" },
  gnumakefile: { language: "makefile", kind: "source" },
  rakefile: { language: "ruby", kind: "source" },
  gemfile: { language: "ruby", kind: "source" },
  jenkinsfile: { language: "groovy", kind: "source" },
  "cmakelists.txt": { language: "cmake", kind: "source" },
  ".npmrc": { language: "ini", kind: "data" },
  ".yarnrc": { language: "ini", kind: "data" },
  ".editorconfig": { language: "ini", kind: "data" },
};

function table(): Map<string, FileType> {
  const types = new Map<string, FileType>();
  for (const [kind, languages] of [
    ["source", SOURCE],
    ["data", DATA],
  ] as const) {
    for (const [language, extensions] of Object.entries(languages)) {
      for (const extension of extensions.split(" ")) types.set(extension, { language, kind });
    }
  }
  return types;
}

const types = table();

/** `path` with `/`; undefined where Onceover has no reviewer for such a file. */
export function fileType(path: string): FileType | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const named = NAMES[name];
  if (named) return named;
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? undefined : types.get(name.slice(dot + 1));
}

export type Role = "source" | "test" | "configuration";

const TEST =
  /(^|\/)(tests?|__tests__|specs?|e2e|fixtures?|testdata|__mocks__)\/|[._-](test|spec)\.[^/]+$|(^|\/)(test_[^/]+\.py|[^/]+_test\.(go|py|rb))$|Tests?\.(java|cs|kt)$/i;
const CONFIGURATION =
  /(^|\/)(\.github|\.ci|ci)\/|\.config\.[^/]+$|(^|\/)(dockerfile|makefile|jenkinsfile|cmakelists\.txt|setup\.py|conftest\.py)$|\.(tf|gradle|kts)$/i;

/** What part a file plays. It heads the unit instead of the path, so that a rename costs nothing. */
export function fileRole(path: string): Role {
  if (TEST.test(path)) return "test";
  return CONFIGURATION.test(path) ? "configuration" : "source";
}
