/** A quick look whether a text can hold anything that secretlint's patterns know: nearly all files cannot. */

/** One fixed part of each pattern. A test tries every pattern's sample against it. */
const HINTS = new RegExp(
  [
    "secret_?access_?key",
    ":x-oauth-basic@",
    "npm_[a-z0-9]",
    "xox[abopr]-",
    "xapp-",
    "hooks\\.slack\\.com",
    "T3BlbkFJ",
    "sk-ant-",
    "gsk_",
    "hf_",
    "lin_api_",
    "ntn_",
    "SG\\.\\w",
    "shp(pa|ca|at|ss)_",
    "[sr]k_(live|test)_",
    "gh[pousr]_",
    "github_pat_",
    "gl[a-z]{2,8}-",
    "gl(c|sa)_",
    "ops_ey",
    "hv[sbr]\\.",
    "vc[piark]_",
    "dapi[a-f0-9]",
    "dckr_",
    "figd_",
    "cf(k|ut|at)_",
    "tskey-",
    // User and password in an address, whatever its scheme.
    "://[^\\s:@/]{1,100}:[^\\s@/]{1,200}@",
  ].join("|"),
  "i",
);

export function mayHoldProviderKey(text: string): boolean {
  return HINTS.test(text);
}
