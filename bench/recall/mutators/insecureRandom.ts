import { declaration, withImport, type Mutator } from "../mutator.ts";

export const insecureRandom: Mutator = {
  rule: "insecure-random",
  promise: "A token, password, salt or key is drawn from a generator that is not made for secrets.",
  shapes: {
    ecmascript: [
      "const ‹value›Token = «Math.random().toString(36).slice(2)»;",
      'const password = «Array.from({ length: 12 }, () => Math.floor(Math.random() * 10)).join("")»;',
      "‹value›.sessionToken = «`${Date.now()}-${Math.random()}`»;",
      "const salt = «Math.floor(Math.random() * 1e9)»;",
      "return { ‹field›: 1, apiKey: «Math.random().toString(16)» };",
      declaration(
        'function generatePassword(length) {\n  let out = "";\n  for (let i = 0; i < length; i++) {\n    «out += letters[Math.floor(Math.random() * letters.length)];»\n  }\n  return out;\n}\n',
      ),
      declaration("const createToken = () => «Math.random().toString(36)»;\n"),
      'let secret = "";\nwhile (secret.length < 16) {\n  «secret += Math.random().toString(36)[2];»\n}',
    ],
    go: withImport('import "math/rand"', [
      "token := «rand.Int63()»\n‹call›(token)",
      'password := «fmt.Sprintf("%d", rand.Intn(1000000))»\n‹call›(password)',
      "salt := make([]byte, 16)\n«rand.Read(salt)»",
      "‹value›.SessionToken = «strconv.Itoa(rand.Int())»",
      declaration(
        "func generateToken(length int) string {\n  out := make([]byte, length)\n  for i := range out {\n    «out[i] = letters[rand.Intn(len(letters))]»\n  }\n  return string(out)\n}\n",
      ),
    ]),
    java: [
      "String token = «Long.toHexString(new Random().nextLong())»;",
      "int password = «random.nextInt(1000000)»;",
      "String salt = «String.valueOf(Math.random())»;",
      "this.sessionToken = «Integer.toString(new Random().nextInt())»;",
      "byte[] key = new byte[16];\n«new Random().nextBytes(key);»",
      "long apiKey = «ThreadLocalRandom.current().nextLong()»;",
      declaration(
        "private String generatePassword(int length) {\n  Random random = new Random();\n  StringBuilder out = new StringBuilder();\n  for (int i = 0; i < length; i++) {\n    «out.append(LETTERS.charAt(random.nextInt(LETTERS.length())));»\n  }\n  return out.toString();\n}\n",
      ),
    ],
    python: [
      "token = «random.random()»",
      'password = «"".join(random.choice(letters) for _ in range(12))»',
      "salt = «random.getrandbits(64)»",
      'self.session_token = «"%016x" % random.randint(0, 2 ** 64)»',
      "‹value› = {'api_key': «str(random.random())»}",
      "secret_key = «''.join(random.choices(string.ascii_letters, k=32))»",
      declaration(
        "def generate_token(length=20):\n  chars = string.ascii_letters + string.digits\n  «return ''.join(random.choice(chars) for _ in range(length))»\n",
      ),
    ],
  },
};
