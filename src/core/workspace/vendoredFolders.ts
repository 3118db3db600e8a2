/**
 * Others' code that is kept in the repository under an ordinary name: its folder says so by what lies in it. Names alone
 * decide, so the answer needs no content and is the same on every machine.
 */

/** Whether a path, relative to the workspace folder and with `/`, lies in such a folder. */
export type VendoredCheck = (path: string) => boolean;

/** The names of what lies directly in a folder of the workspace, itself ""; folders with `/` at the end. */
export type NamesIn = (folder: string) => readonly string[];

/** `license.ts` is code about licences. */
const LICENCE =
  /^(licen[sc]e|copying|unlicense)([._-](md|txt|rst|html?|adoc|lesser|lib|(mit|bsd|apache|a?l?gpl|mpl|isc|bsl|zlib)[\w.-]*|\d[\d.]*))*$/i;
/** What only a package that was unpacked into its place carries. */
const UNPACKED = /^(PKG-INFO|\.bower\.json)$/;
/** A part of the product has one too, if it is a package of its own. */
const MANIFEST =
  /^(package\.json|composer\.json|Cargo\.toml|go\.mod|pyproject\.toml|setup\.(py|cfg)|pom\.xml|build\.gradle(\.kts)?|mix\.exs|pubspec\.yaml|Package\.swift|[^/]+\.(gemspec|csproj|fsproj|vbproj|podspec|cabal))$/;
/** The root lists its packages, wherever they lie. */
const WORKSPACE = /^(pnpm-workspace\.yaml|lerna\.json|nx\.json|turbo\.json|rush\.json|go\.work)$/;

/** Folders in which libraries are put. */
const SHELF = /^(libs?|library|libraries|ext_?libs?|externals?|extern|deps|dependencies|vendors?|site-packages)$/i;
/** What lies in these are parts of the product, with a licence of their own or not. */
const PARTS =
  /^(.+[-_])?(packages|apps?|applications|web|crates|modules|plugins?|extensions?|addons|themes?|skins?|templates?|tpl|services?|sdks?|clients?|projects?|components?|charts|integrations?|drivers|providers|contrib|bindings|connectors|functions|actions|src|sources?|main|java)$/i;
/** A licence in these is the product's, or that of pictures and texts. */
const NO_PACKAGE =
  /^(src|sources?|main|java|app|server|client|core|libs?|api|web|www|backend|frontend|public|static|assets|resources|res|images?|img|icons?|fonts?|media|docs?|documentation|META-INF|legal|licen[sc]es?|conf|config|etc|build|bin|dist|release|debian|packaging|installers?|data|tests?|ee|enterprise|pro|premium|cloud|commercial)$/i;

/** Libraries that are copied into repositories, by the names of their folders and files. */
const WELL_KNOWN = new Set(
  [
    "apscheduler babelfish bencode beautifulsoup bottle bs4 cachecontrol certifi chardet cheroot cherrypy click colorama",
    "configobj dateutil decorator defusedxml dns docutils enzyme feedparser flask_login future guessit gntp hachoir_core",
    "hachoir_metadata hachoir_parser html5lib httplib2 idna imdb itsdangerous jinja2 jsonrpclib mako markdown markupsafe",
    "mutagen oauth2 oauthlib paramiko pbr peewee pkg_resources ply portend profilehooks psutil pyasn1 pycparser pyparsing",
    "pytz rarfile rebulk requests requests_oauthlib rsa simplejson six soupsieve stevedore subliminal suds tempora tmdbsimple",
    "tornado transmissionrpc tzlocal unidecode unrar2 urllib3 webencodings werkzeug xmltodict yaml zc",
    "ace angular backbone bootstrap ckeditor codemirror d3 dropzone fancybox fullcalendar handlebars highcharts highlightjs jquery",
    "jqueryui jstree knockout less lodash modernizr moment mootools mustache prettify prototype prototypejs raphael requirejs",
    "scriptaculous select2 swfobject tinymce underscore zepto",
    "catch2 fmtlib freetype glfw glm googletest gtest imgui jsoncpp libjpeg libpng libuv miniz nlohmann pugixml rapidjson",
    "spdlog stb tinyxml tinyxml2 zlib",
  ]
    .join(" ")
    .split(" "),
);
const KNOWN_TOGETHER = 3;

/** @param namesIn asked once for each folder on the way to a path */
export function createVendoredCheck(namesIn: NamesIn): VendoredCheck {
  const root = namesIn("");
  const isWorkspace = root.some((name) => WORKSPACE.test(name));
  const rootManifests = new Set(root.filter((name) => MANIFEST.test(name)));
  const known = new Map<string, boolean>([["", false]]);

  const isVendored = (folder: string): boolean => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const answer = isVendored(parentOf(folder)) || isPackage(folder) || isFullShelf(folder, namesIn(folder));
    known.set(folder, answer);
    return answer;
  };

  const isPackage = (folder: string): boolean => {
    const names = namesIn(folder);
    if (names.some((name) => UNPACKED.test(name))) return true;
    const [own, parent] = [lastName(folder), lastName(parentOf(folder))];
    // Folders at the top are the product's parts.
    if (parent === "" || NO_PACKAGE.test(own) || PARTS.test(parent)) return false;
    if (!names.some((name) => LICENCE.test(name))) return false;
    const manifests = names.filter((name) => MANIFEST.test(name));
    if (manifests.length === 0) return true;
    return SHELF.test(parent) && !isWorkspace && !manifests.some((name) => rootManifests.has(name));
  };

  return (path) => isVendored(parentOf(path));
}

/** One whose name says what it is for, and that holds libraries which everybody knows. */
function isFullShelf(folder: string, names: readonly string[]): boolean {
  if (!SHELF.test(lastName(folder))) return false;
  const found = new Set(
    names.map((name) => /^\w+/.exec(name.toLowerCase())?.[0] ?? "").filter((name) => WELL_KNOWN.has(name)),
  );
  return found.size >= KNOWN_TOGETHER;
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const lastName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** Of a whole listing, relative to the workspace folder. */
export function namesOf(paths: readonly string[]): NamesIn {
  const names = new Map<string, Set<string>>();
  for (const path of paths) {
    let end = path.length;
    while (end > 0) {
      const slash = path.lastIndexOf("/", end - 1);
      const folder = path.slice(0, Math.max(0, slash));
      const known = names.get(folder) ?? new Set<string>();
      names.set(folder, known);
      const name = path.slice(slash + 1, end) + (end < path.length ? "/" : "");
      if (known.has(name)) break;
      known.add(name);
      end = slash;
    }
  }
  return (folder) => [...(names.get(folder) ?? [])];
}
