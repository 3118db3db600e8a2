/** Folders that hold libraries which everybody knows, by the names of what lies in them. */

/** Folders in which libraries are put. */
export const SHELF =
  /^(libs?|library|libraries|ext_?libs?|externals?|extern|deps|dependencies|vendors?|site-packages)$/i;
/** Among what a page loads these are libraries as well; elsewhere they are parts of the product. */
const PAGE_SHELF = /^(plugins?|addons)$/i;

const namesOf = (lists: readonly string[]) => lists.join(" ").split(" ");

/** What pages load, by the names of folders and files. */
const FOR_PAGES = namesOf([
  "ace angular backbone bootstrap chartjs chartist ckeditor clockpicker codemirror d3 datatable datatables daterangepicker",
  "dropzone echarts fancybox filterizr flot fontawesome fullcalendar handlebars highcharts highlightjs icheck inputmask",
  "ionicons jquery jqueryui jqvmap jsgrid jstree jvectormap kindeditor knockout layui leaflet less lodash modernizr moment",
  "mootools mustache nprogress parsleyjs prettify prototype prototypejs raphael requirejs scriptaculous select2 sparklines",
  "summernote sweetalert sweetalert2 swfobject tempusdominus threejs tinymce toastr tweenmax ueditor underscore zepto",
]);
const OTHERS = namesOf([
  "apscheduler babelfish bencode beautifulsoup bottle bs4 cachecontrol certifi chardet cheroot cherrypy click colorama",
  "configobj dateutil decorator defusedxml dns docutils enzyme feedparser flask_login future guessit gntp hachoir_core",
  "hachoir_metadata hachoir_parser html5lib httplib2 idna imdb itsdangerous jinja2 jsonrpclib mako markdown markupsafe",
  "mutagen oauth2 oauthlib paramiko pbr peewee pkg_resources ply portend profilehooks psutil pyasn1 pycparser pyparsing",
  "pytz rarfile rebulk requests requests_oauthlib rsa simplejson six soupsieve stevedore subliminal suds tempora tmdbsimple",
  "tornado transmissionrpc tzlocal unidecode unrar2 urllib3 webencodings werkzeug xmltodict yaml zc",
  "catch2 fmtlib freetype glfw glm googletest gtest imgui jsoncpp libjpeg libpng libuv miniz nlohmann pugixml rapidjson",
  "spdlog stb tinyxml tinyxml2 zlib",
]);
const PAGE_NAMES = new Set(FOR_PAGES);
const ALL_NAMES = new Set([...FOR_PAGES, ...OTHERS]);
const KNOWN_TOGETHER = 3;
/** `moment.ts` is what the team wraps around it. */
const WRAPPER = /\.([mc]?tsx?|jsx|vue|svelte)$/;

/**
 * Whether a folder's name says that libraries are put there, and enough of them are known.
 * @param names of what lies in it
 */
export function isFullShelf(folder: string, names: readonly string[]): boolean {
  const own = folder.slice(folder.lastIndexOf("/") + 1);
  const wanted = SHELF.test(own) ? ALL_NAMES : PAGE_SHELF.test(own) ? PAGE_NAMES : undefined;
  if (!wanted) return false;
  const found = names
    .filter((name) => !WRAPPER.test(name))
    .map((name) => /^\w+/.exec(name.toLowerCase())?.[0] ?? "")
    .filter((name) => wanted.has(name));
  return new Set(found).size >= KNOWN_TOGETHER;
}
