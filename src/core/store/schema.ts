/**
 * The stored format. `PRAGMA user_version` counts the migrations that have run; each is applied once, in order,
 * inside one transaction. Blobs are raw-deflated JSON with a sha256 of the uncompressed bytes beside them.
 * Money is kept in whole nano-dollars, times in milliseconds since 1970.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE reviews (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('review', 'verdict')),
    model TEXT NOT NULL,
    recipe TEXT NOT NULL,
    run_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    list_price_nano INTEGER,
    digest BLOB NOT NULL,
    body BLOB NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE analyses (
    key TEXT PRIMARY KEY,
    used_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX analyses_by_use ON analyses (used_at);

  CREATE TABLE ledger (
    request_id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL,
    key TEXT NOT NULL,
    owner TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    origin TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    -- intent: sent or about to be; received: the raw reply is here, not yet a review; settled: usage and review are
    -- stored; failed: ended without a usable reply
    state TEXT NOT NULL CHECK (state IN ('intent', 'received', 'settled', 'failed')),
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    reserved_nano INTEGER NOT NULL,
    -- null: not known
    cost_nano INTEGER,
    maybe_nano INTEGER NOT NULL DEFAULT 0,
    input_tokens INTEGER,
    cached_input_tokens INTEGER,
    cache_write_tokens INTEGER,
    output_tokens INTEGER,
    service_tier TEXT,
    provider_request_id TEXT,
    code TEXT,
    raw BLOB
  ) WITHOUT ROWID;
  CREATE INDEX ledger_by_key ON ledger (key);
  CREATE INDEX ledger_open ON ledger (state) WHERE state IN ('intent', 'received');
  CREATE INDEX ledger_by_time ON ledger (created_at);

  CREATE TABLE leases (
    key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX leases_by_owner ON leases (owner);

  CREATE TABLE files (
    path TEXT PRIMARY KEY,
    -- size:mtimeNs:ctimeNs:inode, compared for equality only
    stamp TEXT NOT NULL,
    -- 1: modified so shortly before it was read that a later change could carry the same stamp: read it again
    racy INTEGER NOT NULL,
    classifier INTEGER NOT NULL,
    hash TEXT NOT NULL,
    verdict TEXT NOT NULL,
    -- JSON array of [startLine, endLine, hash] for large files; null: one unit
    chunks TEXT
  ) WITHOUT ROWID;

  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    workspace TEXT NOT NULL,
    owner TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    state TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT
  ) WITHOUT ROWID;
  CREATE INDEX runs_by_workspace ON runs (workspace, started_at);

  CREATE TABLE reports (
    workspace TEXT PRIMARY KEY,
    run_id TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  -- What was last asked about a part of a file: by it a miss tells why it is one. Never part of a key.
  CREATE TABLE unit_history (
    path TEXT NOT NULL,
    -- 0 for a whole file, else the chunk's place in it
    ordinal INTEGER NOT NULL,
    key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    context_hash TEXT NOT NULL,
    recipe TEXT NOT NULL,
    model TEXT NOT NULL,
    PRIMARY KEY (path, ordinal)
  ) WITHOUT ROWID;
  -- Why it was sent; null: written before this was kept.
  ALTER TABLE ledger ADD COLUMN reason TEXT;
  `,
  `
  CREATE TABLE dismissals (
    -- real path of the workspace's folder, and the file's path in it with '/'
    folder TEXT NOT NULL,
    path TEXT NOT NULL,
    -- the finding's fingerprint, or 'rule:' and the rule's name for all of its findings in the file
    finding TEXT NOT NULL,
    rule TEXT NOT NULL,
    title TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('false-positive', 'wont-fix', 'later')),
    note TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (folder, path, finding)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE outlines (
    -- of content, language and the version of whoever makes outlines
    key TEXT PRIMARY KEY,
    used_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX outlines_by_use ON outlines (used_at);

  -- What the signatures that a file's requests carry came to. It holds while the file, all files that were looked at
  -- for it, and the workspace's paths and configuration are what they were.
  CREATE TABLE contexts (
    path TEXT PRIMARY KEY,
    content_hash TEXT NOT NULL,
    workspace_state TEXT NOT NULL,
    -- JSON array of [path in the folder, content hash]
    consulted TEXT NOT NULL,
    -- sha256; '' where there are no signatures
    context_hash TEXT NOT NULL
  ) WITHOUT ROWID;

  -- JSON: what context_hash was made of, by which a miss names the symbol that changed; null: not kept.
  ALTER TABLE unit_history ADD COLUMN context_parts TEXT;
  `,
  `
  -- Of all that the report rests on: while it is the same, so is the report. null: not known.
  ALTER TABLE reports ADD COLUMN state TEXT;
  -- JSON: what a later run that found nothing changed says of itself; null: there was none.
  ALTER TABLE reports ADD COLUMN repeated TEXT;
  `,
  `
  -- What a request was made of, in UTF-8 bytes: by it the next quote learns. null: written before this was kept.
  ALTER TABLE ledger ADD COLUMN prompt_bytes INTEGER;
  -- what it has in common with others of its folder
  ALTER TABLE ledger ADD COLUMN shared_bytes INTEGER;
  -- the units' part of the prompt, and the units themselves
  ALTER TABLE ledger ADD COLUMN own_bytes INTEGER;
  ALTER TABLE ledger ADD COLUMN unit_bytes INTEGER;
  ALTER TABLE ledger ADD COLUMN language TEXT;
  CREATE INDEX ledger_by_model ON ledger (model, created_at);
  `,
];
