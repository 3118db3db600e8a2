/** Kits that are known by where they lie: a chip maker's, what Arduino's and Unity's tools unpack. */
import type { NamesIn } from "./vendoredFolders.ts";

/** Folders of STMicroelectronics' generator; `Drivers/BSP` is often the team's own. */
const CHIP_KIT = /^(CMSIS|\w+_HAL_Driver|\w+_StdPeriph_(Driver|Lib\w*)|STM32_USB\w*_(Library|Driver)|mbed-os|esp-idf)$/;
const MIDDLEWARE = /(^|\/)Middlewares\/(ST|Third_Party)$/;
/** At the root of a chip maker's own package. */
const OWN_KIT = /^(Release_Notes\.html|_htmresc\/|.+\.pdsc)$/;

/** What the library manager puts beside a library's manifest; one that was never published has none. */
const PUBLISHED = /^(licen[sc]e(\.\w+)?|keywords\.txt|examples\/)$/i;
/** A board's support, whose libraries are its own but for what is built elsewhere. */
const BOARD_SUPPORT = /^(boards|platform)\.txt$/;

/** Folders of `Assets/Plugins` that are no libraries but systems and kinds of code. */
const UNITY_PLATFORM =
  /^(Android|iOS|tvOS|macOS|OSX|Windows|Linux|Metro|WSA|WP8|WebGL|x86(_64)?|x64|Editor|Runtime|Scripts|Native)\/$/i;
const UNITY_TOGETHER = 3;
/** What games get from the store or from an advertiser, by the folder that it comes in. */
const UNITY_KNOWN =
  /^(TextMesh ?Pro|Standard ?Assets|GooglePlayGames|GoogleMobileAds|PlayServicesResolver|ExternalDependencyManager|PlayFabSDK|PlayFabEditorExtensions|GameAnalytics|GameSparks|Appodeal|OneSignal|FairyGUI|Photon|Demigiant|DOTween|FacebookSDK|UniRx|UniTask|Zenject|SteamVR)$/;
const UNITY_GAME = /^(_?scenes?|_?scripts?|prefabs?|resources|settings|materials)\/$/i;

/** @param root names of what lies at the top of the workspace */
export const isChipMakers = (root: readonly string[]): boolean => root.some((name) => OWN_KIT.test(name));

/** @param folder below the top of the workspace */
export function isKit(folder: string, namesIn: NamesIn): boolean {
  const [parent, own] = [parentOf(folder), folder.slice(folder.lastIndexOf("/") + 1)];
  if (CHIP_KIT.test(own) || MIDDLEWARE.test(folder)) return true;
  if (parent.endsWith("Assets/Plugins")) return isUnityLibrary(own, namesIn(parent));
  if (UNITY_KNOWN.test(own) && /(^|\/)Assets$/.test(parent)) return isGame(namesIn(parent));
  if (own === "sdk" && /(^|\/)tools$/.test(parent)) return isBoardSupport(namesIn(parentOf(parent)));
  const names = namesIn(folder);
  if (!names.includes("library.properties") || !names.some((name) => PUBLISHED.test(name))) return false;
  return !isBoardSupport(namesIn(parentOf(parent)));
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const isBoardSupport = (names: readonly string[]) => names.some((name) => BOARD_SUPPORT.test(name));

/** One alone may be the very library that the repository is about. */
function isUnityLibrary(own: string, siblings: readonly string[]): boolean {
  const libraries = siblings.filter((name) => name.endsWith("/") && !UNITY_PLATFORM.test(name));
  return libraries.includes(`${own}/`) && libraries.length >= UNITY_TOGETHER;
}

const isGame = (names: readonly string[]) => names.some((name) => UNITY_GAME.test(name));
