import { hash } from "node:crypto";
import fc from "fast-check";
import { rules as presetRules } from "@secretlint/secretlint-rule-preset-recommend";
import { beforeAll, describe, expect, it } from "vitest";
import { createAnalyzer, type Analyzer } from "../../../../src/core/offline/analyzer.ts";
import { mayHoldProviderKey } from "../../../../src/core/offline/providerHints.ts";
import { redact } from "../../../../src/core/offline/redact.ts";
import { createSecretDetector, type SecretDetector } from "../../../../src/core/offline/secrets.ts";

let detector: SecretDetector;
let analyzer: Analyzer;
beforeAll(async () => {
  detector = await createSecretDetector();
  analyzer = await createAnalyzer();
});

// Put together at run time, so that no scanner takes this file for a leak.
const noise = (length: number, seed = "s", alphabet = "A-Za-z0-9") => {
  let text = "";
  for (let round = 0; text.length < length; round++) {
    text += hash("sha512", `${seed}${round}`, "base64").replace(new RegExp(`[^${alphabet}]`, "g"), "");
  }
  return text.slice(0, length);
};
const hex = (length: number) => hash("sha512", `hex${length}`, "hex").slice(0, length);
const join = (...parts: string[]) => parts.join("");

const pem = (kind: string) =>
  [
    `-----BEGIN ${kind}PRIVATE KEY-----`,
    "MIIE" + noise(60),
    noise(64, "b"),
    noise(64, "c"),
    `-----END ${kind}PRIVATE KEY-----`,
  ].join("\n");

const PROVIDER_KEYS: Record<string, string> = {
  google: join("AI", "za", noise(35)),
  googleOauth: join("GOC", "SPX-", noise(28)),
  awsId: join("AK", "IA", noise(16, "a", "A-Z2-7")),
  github: join("gh", "p_", noise(36)),
  githubFineGrained: join("github", "_pat_", noise(82)),
  gitlab: join("gl", "pat-", noise(20)),
  slack: join("xo", "xb-", "123456789012-", "123456789012-", noise(24)),
  slackHook: join("https://hooks.sl", "ack.com/services/T", noise(8), "/B", noise(8), "/", noise(24)),
  stripe: join("sk", "_live_", noise(24)),
  openai: join("sk", "-", noise(20), "T3Blbk", "FJ", noise(20)),
  openaiProject: join("sk", "-proj-", noise(74), "T3Blbk", "FJ", noise(74)),
  anthropic: join("sk", "-ant-api03-", noise(93), "AA"),
  groq: join("gs", "k_", noise(52)),
  huggingface: join("h", "f_", noise(34, "h", "A-Za-z")),
  linear: join("lin", "_api_", noise(40)),
  notion: join("nt", "n_", "12345678901", noise(35)),
  npm: join("np", "m_", noise(36)),
  sendgrid: join("S", "G.", noise(22), ".", noise(43, "g")),
  shopify: join("shp", "at_", hex(32)),
  grafana: join("gl", "sa_", noise(32), "_", hex(8)),
  vault: join("hv", "s.", noise(95)),
  vercel: join("vc", "p_", noise(24)),
  databricks: join("da", "pi", hex(32)),
  docker: join("dckr", "_pat_", noise(27)),
  figma: join("fig", "d_", noise(40)),
  cloudflare: join("cf", "ut_", noise(40), hex(8)),
  tailscale: join("ts", "key-auth-", noise(16), "-", noise(32)),
  azureStorage: join("Account", "Key=", noise(86), "=="),
  npmrc: join("//registry.example.org/:_auth", "Token=", noise(40)),
};

describe("provider keys", () => {
  it.each(Object.entries(PROVIDER_KEYS))("finds a key of %s in code", async (provider, key) => {
    const text = `const setting = call("${key}");\n`;
    const [span, ...more] = await detector.find(text);
    expect(more).toEqual([]);
    expect(span?.kind).toBe(provider === "google" ? "browser-key" : "provider-key");
    expect(key).toContain(text.slice(span!.start, span!.end));
    expect(span!.end - span!.start).toBeGreaterThanOrEqual(key.length / 3);
  });

  it("takes no key's id in a signed address for a key", async () => {
    const id = ["AKIA", "Q7ZJ4MWXK2PTN5RV"].join("");
    const addresses = [`?AWSAccessKeyId=${id}&Signature=x`, `?X-Amz-Credential=${id}%2F20260101`];
    for (const address of addresses) {
      expect(await detector.find(`const page = "https://files.acme.org/a.txt${address}";\n`)).toEqual([]);
    }
    expect(await detector.find(`const key = "${id}";\n`)).toHaveLength(1);
  });

  it("finds an AWS secret by the name that secretlint looks for", async () => {
    const spans = await detector.find(`aws_secret_access_key = ${noise(40)}\n`);
    expect(spans.length).toBe(1);
  });

  it("knows a hint for every rule of the preset: an upgrade must extend both lists", () => {
    const known =
      "aws gcp privatekey npm basicauth slack sendgrid shopify stripe github gitlab grafana openai anthropic groq huggingface linear notion 1password database-connection-string hashicorp-vault vercel databricks docker figma cloudflare tailscale filter-comments";
    const ids = presetRules.map(({ meta }) => meta.id.replace("@secretlint/secretlint-rule-", ""));
    expect(ids.toSorted()).toEqual(known.split(" ").toSorted());
  });

  it("does not call for secretlint where nothing hints at a key", () => {
    expect(mayHoldProviderKey("const url = `https://${host}:${port}/a`; // sk-notes, ghost, x@y.org")).toBe(false);
  });

  it("finds passwords in addresses, and only them", async () => {
    const password = noise(14, "url");
    for (const address of [
      `postgres://admin:${password}@db.internal:5432/app`,
      `https://bot:${password}@git.corp.io/x`,
    ]) {
      const text = `connect("${address}")`;
      const spans = await detector.find(text);
      expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([password]);
    }
    expect(await detector.find('connect("https://user:pass@example.org/")')).toEqual([]);
  });

  it("is not silenced by a comment of the repository", async () => {
    const key = PROVIDER_KEYS["github"]!;
    for (const comment of ["// secretlint-disable", "// secretlint-disable-next-line"]) {
      expect(await detector.find(`${comment}\nconst a = "${key}";\n`), comment).toHaveLength(1);
    }
  });
});

describe("private keys", () => {
  it.each(["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "])("hides the body of a %sPRIVATE KEY", async (kind) => {
    const text = `before\n${pem(kind)}\nafter`;
    const spans = await detector.find(text);
    expect(spans.map((span) => span.kind)).toEqual(["private-key"]);
    const hidden = redact(text, spans);
    expect(hidden).toContain("-----BEGIN");
    expect(hidden).toContain("-----END");
    expect(hidden).not.toContain("MIIE");
    expect(hidden.split("\n")).toHaveLength(text.split("\n").length);
  });

  it("finds one in a JSON string and one that is cut off", async () => {
    expect(await detector.find(JSON.stringify({ private_key: pem("") }))).toHaveLength(1);
    expect(await detector.find(pem("").slice(0, 150))).toHaveLength(1);
  });

  it("leaves code alone that only speaks of keys", async () => {
    expect(await detector.find('if (text.startsWith("-----BEGIN PRIVATE KEY-----")) load(text);')).toEqual([]);
    expect(await detector.find("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----")).toEqual([]);
  });
});

describe("secrets by name", () => {
  const value = ["hR7#kQ2", "vLp9wZx4"].join("");
  it.each([
    `const password = "${value}";`,
    `db_password: '${value}'`,
    `  client_secret => "${value}",`,
    `DB_PASSWORD=${value}`,
    `export API_TOKEN=${value}\n`,
    `  secret: ${value}\r\n`,
    `passphrase := "${value}"`,
    `connect("Server=db;Database=shop;User Id=app;Password=${value};")`,
  ])("finds the value in %s", async (text) => {
    const spans = await detector.find(text);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([value]);
    expect(spans[0]!.kind).toBe("generic");
  });

  it.each([
    `{ "apiKey": "${value}" }`,
    `const authToken: string = \`${value}\`;`,
    `String encryptionKey = "${value}";`,
    `setHeader("x-api-key", "${value}")`,
  ])("finds the value in %s, which visitors may have", async (text) => {
    const spans = await detector.find(text);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([value]);
    expect(spans[0]!.kind).toBe("client-key");
  });

  it.each([
    'password = "changeme"',
    'connect("Server=db;User Id=app;Password={password1};")',
    'password = "your-password-1"',
    'apiKey = "xxxxxxxx1234"',
    'token = "example-token-42"',
    "password = process.env.DB_PASSWORD1",
    'password = os.environ["DB_PASSWORD1"]',
    "const token = `${prefix}-${id}-9`;",
    'secret: "{{ vault.secret1 }}"',
    'passwordField = "user_password_2"',
    'tokenType: "access_token_v2"',
    'tokenUrl = "https://login.corp.io/oauth2/token"',
    'message = { password: "must have 8 characters or more" }',
    'token: "token_sha256_to_refresh"',
    'secretName = "prod-db-7f9c2e"',
    "token = parser.next2Token3Value4(input5)",
    '"AWS::SecretsManager::Secret": "c85175f0cbf9ef8a3cf7c1a2a0a1a4a5"',
    '("dfas", "keywords", "tokens", "symbol2label")',
    "['CURLOPT_PROXY_TLSAUTH_PASSWORD', 'CURLOPT_SSLKEYPASSWD', 'CURLOPTXy2b4TLS13']",
    "'Lock-Token': 'urn:uuid:a515cfa4-5da4-22e1-f5b5-00a0451e6bf7'",
  ])("leaves %s alone", async (text) => {
    expect(await detector.find(text)).toEqual([]);
  });
});

describe("redaction", () => {
  it("keeps length and line breaks, and hides every secret of any text around it", async () => {
    const piece = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom("\n", "\r\n", " = ", "{", "}", "😀", "é"));
    const secrets = fc.constantFrom(...Object.values(PROVIDER_KEYS).filter((key) => !key.includes("=")));
    await fc.assert(
      fc.asyncProperty(fc.array(piece), secrets, fc.array(piece), async (before, secret, after) => {
        const text = `${before.join("")}\n"${secret}"\n${after.join("")}`;
        const hidden = redact(text, await detector.find(text));
        expect(hidden).toHaveLength(text.length);
        expect(hidden.replace(/[^\r\n]/g, "")).toBe(text.replace(/[^\r\n]/g, ""));
        expect(hidden).not.toContain(secret);
      }),
      { numRuns: 60 },
    );
  });
});

describe("findings about secrets", () => {
  it("never quote more than four characters of the secret, in any field", async () => {
    const samples = [
      ...Object.values(PROVIDER_KEYS).map((key) => ({ key, text: `a = "${key}"` })),
      { key: noise(64, "b"), text: pem("") },
    ];
    for (const { key, text } of samples) {
      const findings = await analyzer.analyzeText(text, "yaml", "data");
      expect(findings.length, text.slice(0, 12)).toBeGreaterThan(0);
      for (const finding of findings) {
        expect(finding.quote.length).toBeLessThanOrEqual(4);
        expect(JSON.stringify(finding)).not.toContain(key.slice(-12));
      }
    }
  });

  it("leave what tests call a password alone, but not a provider's key", async () => {
    const password = `const password = "${noise(20, "p")}";\n`;
    const key = `const a = "${PROVIDER_KEYS["github"]!}";\n`;
    const rulesIn = async (text: string) =>
      (await analyzer.analyzeText(text, "javascript", "source")).map((finding) => finding.rule);
    expect(await rulesIn(password)).toEqual(["hardcoded-secret"]);
    expect(await rulesIn(`import { it } from "vitest";\n${password}${key}`)).toEqual(["exposed-key"]);
  });

  it("are errors where a provider alone issues them", async () => {
    const value = noise(20, "p");
    const severityOf = async (text: string) =>
      (await analyzer.analyzeText(text, "javascript", "source")).map((finding) => finding.severity);
    expect(await severityOf(`const password = "${value}";`)).toEqual(["info"]);
    expect(await severityOf(`const clientSecret = "${value}";`)).toEqual(["info"]);
    expect(await severityOf(`const apiKey = "${value}";`)).toEqual(["info"]);
    expect(await severityOf(`const a = "${PROVIDER_KEYS["google"]!}";`)).toEqual(["info"]);
    expect(await severityOf(`const a = "${PROVIDER_KEYS["github"]!}";`)).toEqual(["error"]);
  });

  it("are remarks where the text calls them samples, or in code many stand together", async () => {
    const key = PROVIDER_KEYS["github"]!;
    const severities = async (text: string, kind: "source" | "data" = "source") =>
      [...new Set((await analyzer.analyzeText(text, "javascript", kind)).map((finding) => finding.severity))].join();
    expect(await severities(`// Sends what is latest to the release page\nconst a = "${key}";`)).toBe("error");
    for (const line of [
      `const fakeKey = "${key}";`,
      `const FAKE_KEY = "${key}";`,
      `const a = "${key}"; // only a sample`,
      `useTestKey("${key}");`,
    ])
      expect(await severities(line)).toBe("info");
    expect(await severities(`// Keys for tests\n${"a();\n".repeat(200)}const a = "${key}";`)).toBe("info");
    expect(await severities(`#[cfg(test)]\n${"a();\n".repeat(200)}const a = "${key}";`)).toBe("info");
    const many = ["a", "b", "c"].map((name) => `const ${name} = "${key.slice(0, -1)}${name}";`);
    expect(await severities(many.slice(1).join("\n"))).toBe("error");
    expect(await severities(many.join("\n"))).toBe("info");
    expect(await severities(many.join("\n"), "data")).toBe("error");
  });

  it("are none where words stand in for one, or where everybody has the same", async () => {
    const found = async (text: string) =>
      (await analyzer.analyzeText(text, "javascript", "source")).map((finding) => finding.rule);
    const token = `xoxb-${"1".repeat(11)}-${"2".repeat(11)}-${noise(24, "q")}`;
    expect(await found(`const token = "${token}";`)).toEqual(["exposed-key"]);
    expect(await found('const token = "xoxb-your-slack-token";')).toEqual([]);
    expect(await found('const token = "xoxb-not-a-token-at-all";')).toEqual([]);
    expect(await found(`const a = "xoxb-17653672481-19874698323-${noise(24, "q")}";`)).toEqual([]);
    const account = (begin: string) => `const a = "AccountKey=${begin}${noise(86 - begin.length, "r")}==";`;
    expect(await found(account("aB3dE6gH9/"))).toEqual(["exposed-key"]);
    expect(await found(account("C2y6yDjf5/"))).toEqual([]);
    expect(await found(account("Eby8vdM02x"))).toEqual([]);
  });

  it("keep secrets out of what other rules quote", async () => {
    const key = PROVIDER_KEYS["github"]!;
    const findings = await analyzer.analyzeText(
      `db.query("SELECT * FROM t WHERE k = '${key}' AND id = '" + id);`,
      "javascript",
      "source",
    );
    expect(findings.map((finding) => finding.rule).toSorted()).toEqual(["exposed-key", "sql-injection"]);
    for (const finding of findings) expect(finding.quote).not.toContain(key.slice(0, 8));
  });
});

describe("time", () => {
  const evil: Record<string, (length: number) => string> = {
    names: (length) => "password".repeat(length / 8),
    assignments: (length) => "password = ".repeat(length / 11),
    openQuotes: (length) => 'token="aB3'.repeat(length / 10),
    colons: (length) => `secret${":".repeat(length)}`,
    spaces: (length) => `secret ${" ".repeat(length)}`,
    tokens: (length) => "eyJ-".repeat(length / 4),
    dottedTokens: (length) => "eyJabcdefghijk.".repeat(length / 15),
    armour: (length) => "-----BEGIN PRIVATE KEY-----".repeat(length / 27),
    base64: (length) => `-----BEGIN PRIVATE KEY-----${"A".repeat(length)}`,
    addresses: (length) => "http://a:b".repeat(length / 10),
    slack: (length) => "xoxb-1-".repeat(length / 7),
    github: (length) => "ghs_1_".repeat(length / 6),
    letters: (length) => "a".repeat(length),
  };

  // No clock is read: a pattern that goes back over the text needs hours for this much of it, and the test never ends.
  it.each(Object.entries(evil))("passes a megabyte of %s once", async (_, make) => {
    expect(Array.isArray(await detector.find(make(1_000_000)))).toBe(true);
  });
});
