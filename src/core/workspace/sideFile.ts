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
  /[._-](test|spec)\.[^/]+$|(^|\/)(test_[^/]+|conftest)\.py$|_test\.(go|py|rb|c|cc|cpp|dart)$|_spec\.rb$|\.Tests\.ps1$|(^|[a-z0-9])Tests?(Case)?\.(java|cs|kt|php|swift|scala)$/;
const SAMPLE_NAME = /(^|[/_.-])(example|sample|demo)s?\.[^/.]+$/i;

/** `deps` and `external` are others' code only at the top. */
const VENDORED_FOLDER =
  /(^|\/)(vendor|vendored|third[-_]?party|3rd[-_]?party|bower_components|node_modules|jspm_packages)\/|^(deps|externals?|extern)\/[^/]+\//i;
/** `codemirror-5.17.0/`: a library in the version that was taken. With two numbers it may be a module of the product (`spark-3.5`). */
const VERSIONED_FOLDER = /(^|\/)[a-z][\w.]*(-[a-z][\w.]*)*[-_@]v?\d+\.\d+\.\d+([-.][\w.]+)?\//i;
/** Packed, with a version in its name, or a well-known library under its own. */
const VENDORED_NAME =
  /[.-]min\.(js|mjs|cjs|css)$|(^|\/)[a-z][\w.-]*-v?\d+\.\d+(\.\d+)*\.(js|mjs|css)$|(^|\/)(jquery([-.](ui|slim))?|lodash|underscore|backbone|knockout|modernizr|mootools|codemirror|angular)\.js$/i;

/** Steps are numbered or dated; what runs them is part of the product. */
const FROZEN_STEP = /(^|\/)(migrations?)(\/[^/]+)*\/[vm]?\d[^/]*$|(^|\/)upgrades?\/v?\d+(\.\d+)+\//i;
const FROZEN_FOLDER =
  /(^|\/)(db\/migrate|database\/migrations|alembic\/versions)\/|(^|\/)migrations\/[^/]+\.(py|sql)$/i;

/**
 * Unlike fileRole() it is no part of any key, so it may learn of more kinds without anything being reviewed again.
 * @param path relative to the workspace folder, with `/`
 */
export function sideFile(path: string): SideFile | undefined {
  if (VENDORED_FOLDER.test(path) || VERSIONED_FOLDER.test(path) || VENDORED_NAME.test(path)) return "vendored";
  if (SAMPLE_FOLDER.test(path) || SAMPLE_NAME.test(path)) return "sample";
  if (TEST_FOLDER.test(path) || lastName(path, TEST_NAME)) return "test";
  if (FROZEN_FOLDER.test(path) || FROZEN_STEP.test(path)) return "frozen";
  return SCRIPT_FOLDER.test(path) ? "script" : undefined;
}

const lastName = (path: string, pattern: RegExp) => pattern.test(path.slice(path.lastIndexOf("/") + 1));
