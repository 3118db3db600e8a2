/** Checks of random values that have to stay secret. */
import { capture, enclosingFunction, type Check } from "./checkParts.ts";
import { entriesAround, marksNewest } from "./reasonChecks.ts";

const DRAWS =
  /\bMath\.random\(|\brandom\.(random|randint|choice|choices|randrange|getrandbits|sample)\(|\brand\.(Int|Intn|Int31|Int31n|Int63|Int63n|Read|Uint32|Uint64)\w*\(|\bnew Random\(|\bThreadLocalRandom\.|\brandom\.next\w+\(|\bRandomStringUtils\.random/;

/** The random value in `@value` is what the name says, not an index, a delay or a separator. */
export const drawsRandom: Check = (captures) => {
  const node = capture(captures, "value");
  const at = node.text.search(DRAWS);
  if (at === -1 || /SystemRandom|SecureRandom|crypto/i.test(node.text)) return false;
  // An entry of something larger that bears the name: `token = request({"nonce": random()})`.
  if (/["']\s*:\s*[^,}]*$/.test(node.text.slice(0, at))) return false;
  const around = enclosingFunction(node)?.childForFieldName("name")?.text ?? "";
  if (/boundary|multipart|mime/i.test(`${around} ${node.text}`)) return false;
  const name = captures.get("name")?.text ?? "";
  // In a signed request a nonce only has to be new: the signature protects it.
  if (/nonce$/i.test(name) && /signature/i.test(`${name} ${entriesAround(node)}`)) return false;
  if (picksOne(node.text)) return false;
  if (marksNewest(name, enclosingFunction(node)?.text ?? "")) return false;
  // Tells one answer from the next in the same program: nobody outside has to guess it.
  return !/^_?(current_?)?(fetch|request|cancel|render)_?token$/i.test(name);
};

/** One of several keys that are there: nothing is made. */
const picksOne = (code: string) => {
  const draws = [...code.matchAll(new RegExp(DRAWS, "g"))].map(([draw]) => draw);
  return draws.every((draw) => draw === "random.choice(") && !/\bfor\b|\bjoin\(|\brange\(|\bwhile\b|\*/.test(code);
};

/** Go: `rand` is math/rand, not crypto/rand. */
export const importsMathRand: Check = (_, text) => /"math\/rand(\/v2)?"/.test(text) && !/"crypto\/rand"/.test(text);

/** Java: the `random` that is asked is not a SecureRandom. */
export const notSecureRandom: Check = (_, text) => !/\bSecureRandom\b/.test(text);
