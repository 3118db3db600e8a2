/** Files beside the product: what they hold is seldom shipped, often wrong on purpose, or not the team's to change. */

/**
 * `script`: a developer's own tool, run by hand or by the build. `vendored`: somebody else's code, kept as it came.
 * `frozen`: a step that ran once for each installation, such as a database migration.
 */
export type SideFile = "test" | "sample" | "script" | "vendored" | "frozen";

/** A folder of that name, also as a part of a longer one: `dubbo-demo`, `integration_tests`. */
const folderOf = (names: string) => new RegExp(`(^|/)(?:[^/]+[-_.])?(?:${names})(?:[-_.][^/]+)?/`, "i");

const TEST_FOLDER = folderOf("tests?|__tests?__|specs?|__mocks__|e2e|cypress");
const SAMPLE_FOLDER = folderOf("fixtures?|__fixtures__|testdata|examples?|samples?|demos?");
/** `tools/` deeper down often is a part of the product. */
const SCRIPT_FOLDER =
  /(^|\/)(scripts?|devscripts|dev-scripts|extra|hack|data[-_]generators?|lib\/tasks)\/|^tools\/|\.rake$|(^|\/)Rakefile$/i;
const TEST_NAME =
  /[._-](test|spec)\.[^/]+$|(^|\/)(test_[^/]+|conftest)\.py$|(^|\/)mock[-_][^/]+$|_test\.(go|py|rb|c|cc|cpp|dart)$|_test_\w+\.go$|_spec\.rb$|\.Tests\.ps1$|(^|[a-z0-9])Tests?(Case)?\.(java|cs|kt|php|swift|scala)$/;
const SAMPLE_NAME = /(^|[/_.-])(example|sample|demo)s?\.[^/.]+$/i;

/** `deps` and `external` are others' code only at the top; `vendors` deals with sellers but among what a page loads. */
const VENDORED_FOLDER =
  /(^|\/)(vendor|vendored|third[-_]?party|3rd[-_]?party|bower_components|node_modules|jspm_packages)\/|^(deps|externals?|extern)\/[^/]+\/|(^|\/)(js|javascripts?|css|static|assets|public)\/vendors\//i;
/** `codemirror-5.17.0/`: a library in the version that was taken. With two numbers it may be a module of the product (`spark-3.5`). */
const VERSIONED_FOLDER = /(^|\/)[a-z][\w.]*(-[a-z][\w.]*)*[-_@]v?\d+\.\d+\.\d+([-.][\w.]+)?\//i;
/** A well-known library in a folder of its own name, or what autotools puts beside a build. */
const KNOWN_FOLDER =
  /\/(codemirror|tiny_?mce|ckeditor\d?|jquery[-.]?ui|mathjax|ace-builds|pdf\.?js|select2|datatables|fullcalendar|highlight\.?js|plupload|jstree)\//i;
/** What Next.js, Nuxt and SvelteKit build, and what Laravel makes of its templates. */
const BUILT_FOLDER = /(^|\/)(\.next|\.nuxt|\.svelte-kit|storage\/framework\/views)\//;
const BUILD_AID = /(^|\/)(ltmain\.sh|libtool|config\.(guess|sub)|install-sh|depcomp)$/;
/** Packed, with a version in its name, or a well-known library under its own. */
const VENDORED_NAME =
  /[.-]min\.(js|mjs|cjs|css)$|(^|\/)[a-z][\w.-]*-v?\d+\.\d+(\.\d+)*\.(js|mjs|css)$|(^|\/)(jquery([-.](ui|slim))?|jquery(\.[\w-]+)+|lodash|underscore|backbone|handlebars|mustache|knockout|modernizr|mootools|codemirror|angular|raphael|tinymce|ckeditor|swfobject|zepto|select2|d3(\.[\w-]+)*)\.js$/i;
/** Named by a hash of what is in it: `main.3d575dc9.chunk.js`, `application-4e77…495d.js`. */
const HASHED_NAME = /(^|[./-])[0-9a-f]{20,64}\.(js|css)$|\.[0-9a-f]{8,20}\.(chunk|bundle|hot-update)\.(js|css)$/;
/** A library of one file under its own name; in its own repository it mostly lies at the top. */
const SINGLE_FILE =
  /\/(sqlite3(ext)?\.[ch]|cJSON\.[ch]|miniz\.[ch]|lodepng\.(c|cpp|h)|tinyxml2?\.(cpp|h)|stb_\w+\.h|jsmn\.[ch]|pb_(encode|decode|common)\.[ch]|(simple_html_dom|class\.(phpmailer|smtp)|PHPMailerAutoload|Smarty\.class)\.php)$/;
/**
 * What pages load, among what a server hands out; elsewhere a team's wrappers have these names. None after which a team
 * would name the script of a page: `echarts.js`.
 */
const PAGE_LIBRARY =
  /(^|\/)(static\w*|public|assets|wwwroot|webapp|media|Scripts)\/([^/]+\/)*(amcharts|bootbox|chosen\.jquery|echarts-all|editormd|excanvas|flexslider|highlight\.pack|html5shiv|moment-with-locales|nprogress|popper|prettify|prism|respond|sammy|webfont)\.js$/;

const VENDORED = [
  VENDORED_FOLDER,
  VERSIONED_FOLDER,
  KNOWN_FOLDER,
  BUILT_FOLDER,
  BUILD_AID,
  VENDORED_NAME,
  HASHED_NAME,
  SINGLE_FILE,
  PAGE_LIBRARY,
];

/** Steps are numbered or dated; what runs them is part of the product. */
const FROZEN_STEP = /(^|\/)(migrations?)(\/[^/]+)*\/[vm]?\d[^/]*$|(^|\/)upgrades?\/v?\d+(\.\d+)+\//i;
const FROZEN_FOLDER =
  /(^|\/)(db\/migrate|database\/migrations|alembic\/versions)\/|(^|\/)migrations\/[^/]+\.(py|sql)$/i;

/**
 * Unlike fileRole() it is no part of any key, so it may learn of more kinds without anything being reviewed again.
 * @param path relative to the workspace folder, with `/`
 */
export function sideFile(path: string): SideFile | undefined {
  if (VENDORED.some((pattern) => pattern.test(path))) return "vendored";
  if (SAMPLE_FOLDER.test(path) || SAMPLE_NAME.test(path)) return "sample";
  if (TEST_FOLDER.test(path) || lastName(path, TEST_NAME)) return "test";
  if (FROZEN_FOLDER.test(path) || FROZEN_STEP.test(path)) return "frozen";
  return SCRIPT_FOLDER.test(path) ? "script" : undefined;
}

const lastName = (path: string, pattern: RegExp) => pattern.test(path.slice(path.lastIndexOf("/") + 1));
