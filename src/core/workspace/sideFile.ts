/** Files beside the product: what they hold is seldom shipped and often wrong on purpose. */

/** `script`: a developer's own tool, run by hand or by the build. */
export type SideFile = "test" | "sample" | "script";

/** A folder of that name, also as a part of a longer one: `dubbo-demo`, `integration_tests`. */
const folderOf = (names: string) => new RegExp(`(^|/)(?:[^/]+[-_.])?(?:${names})(?:[-_.][^/]+)?/`, "i");

const TEST_FOLDER = folderOf("tests?|__tests?__|specs?|__mocks__|e2e|cypress");
const SAMPLE_FOLDER = folderOf("fixtures?|__fixtures__|testdata|examples?|samples?|demos?");
const SCRIPT_FOLDER = /(^|\/)(scripts?|devscripts|dev-scripts|extra|hack)\//i;
const TEST_NAME =
  /[._-](test|spec)\.[^/]+$|(^|\/)(test_[^/]+|conftest)\.py$|_test\.(go|py|rb|c|cc|cpp|dart)$|_spec\.rb$|\.Tests\.ps1$|(^|[a-z0-9])Tests?(Case)?\.(java|cs|kt|php|swift|scala)$/;
const SAMPLE_NAME = /(^|[/_.-])(example|sample|demo)s?\.[^/.]+$/i;

/**
 * Unlike fileRole() it is no part of any key, so it may learn of more kinds without anything being reviewed again.
 * @param path relative to the workspace folder, with `/`
 */
export function sideFile(path: string): SideFile | undefined {
  if (SAMPLE_FOLDER.test(path) || SAMPLE_NAME.test(path)) return "sample";
  if (TEST_FOLDER.test(path) || lastName(path, TEST_NAME)) return "test";
  return SCRIPT_FOLDER.test(path) ? "script" : undefined;
}

const lastName = (path: string, pattern: RegExp) => pattern.test(path.slice(path.lastIndexOf("/") + 1));
