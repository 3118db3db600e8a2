/** What a file handles that a mistake in is dear, told from its outline: from its content alone. */
import type { Outline } from "../workspace/outline/outline.ts";

interface Topic {
  readonly name: string;
  /** Of what is imported, as written. */
  readonly sources: RegExp;
  /** Names that are used without being declared or imported. */
  readonly free?: readonly string[];
}

const TOPICS: readonly Topic[] = [
  {
    name: "crypto",
    sources:
      /^(node:)?crypto$|^crypto\/|golang\.org\/x\/crypto|^(hashlib|hmac|secrets|ssl|cryptography|nacl|Crypto)(\.|$)|^javax?\.(crypto|security)|^System\.Security\.Cryptography|^(ring|openssl|rustls|sha2|aes)(::|$)|openssl\/|bcrypt|argon2|scrypt|(^|\/)jose$|jsonwebtoken|^jwt|\bjwt\b/,
    free: ["SubtleCrypto", "openssl_encrypt", "openssl_decrypt", "password_hash"],
  },
  {
    name: "processes",
    sources:
      /^(node:)?child_process$|^(subprocess|pty|pexpect)$|^os\/exec$|^syscall$|^execa$|^std::process|^java\.lang\.(ProcessBuilder|Runtime)|^System\.Diagnostics/,
    free: ["ProcessBuilder", "shell_exec", "proc_open", "passthru", "execvp", "popen", "CreateProcess"],
  },
  {
    name: "SQL",
    sources:
      /^(pg|mysql2?|better-sqlite3|sqlite3?|knex|typeorm|sequelize|drizzle-orm|@prisma\/client|node:sqlite|psycopg2?|pymysql|asyncpg|sqlalchemy|sqlx|rusqlite|diesel)(\.|\/|::|$)|^database\/sql|^java\.sql|^javax\.persistence|^System\.Data|jmoiron\/sqlx|gorm\.io/,
    free: ["mysqli_query", "PDO", "pg_query"],
  },
  {
    name: "dynamic code",
    sources: /^(node:)?vm$|^vm2$|^(importlib|runpy|marshal)$/,
    free: ["eval", "Function", "exec", "compile", "create_function"],
  },
  {
    name: "deserialization",
    sources: /^(pickle|dill|shelve|jsonpickle|marshal|node-serialize)$|^java\.io\.ObjectInputStream|BinaryFormatter/,
    free: ["unserialize", "ObjectInputStream"],
  },
  {
    name: "authentication",
    sources:
      /passport|oauth|openid|saml|^(next-auth|@auth\/|authlib|flask_login|django\.contrib\.auth)|spring.*security|^Microsoft\.AspNetCore\.Auth|keycloak/i,
  },
];

/** Names in English, in a fixed order. */
export function sensitiveTopics({ imports, free }: Pick<Outline, "imports" | "free">): string[] {
  const used = new Set(free);
  return TOPICS.filter(
    (topic) =>
      imports.some(({ source }) => topic.sources.test(source)) || (topic.free ?? []).some((name) => used.has(name)),
  ).map(({ name }) => name);
}
