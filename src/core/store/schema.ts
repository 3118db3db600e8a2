/**
 * The stored format. `PRAGMA user_version` counts the migrations that have run; each is applied once, in order,
 * inside one transaction. Blobs are raw-deflated JSON with a seal beside them (packedJson.ts).
 * Money is kept in whole nano-dollars, times in milliseconds since 1970.
 */

/**
 * Seals cover what a row is about, not its body alone. A damaged row keeps the digest that does not fit. Also for what
 * was saved of a damaged file that was older than that.
 */
export const RESEAL_SAVED = `
  UPDATE OR IGNORE reviews SET digest = reseal(digest, body, key, kind, list_price_nano);
  UPDATE OR IGNORE looks SET digest = reseal(digest, body, key, list_price_nano);
  UPDATE OR IGNORE batch_units SET digest = reseal(digest, body, request_id, batch_id, key);
  UPDATE OR IGNORE reports SET digest = reseal(digest, body, workspace);
  UPDATE reports SET repeated = pack_text(repeated, workspace, run_id) WHERE json_valid(repeated) AND typeof(repeated) = 'text';
  UPDATE ledger SET raw = seal_text(raw, request_id, key) WHERE raw IS NOT NULL;
`;

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
  -- Second looks at errors that a model has claimed, each by what was looked at.
  CREATE TABLE looks (
    key TEXT PRIMARY KEY,
    model TEXT NOT NULL,
    recipe TEXT NOT NULL,
    run_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- its share of what its request cost at list price; null: unknown
    list_price_nano INTEGER,
    digest BLOB NOT NULL,
    body BLOB NOT NULL
  ) WITHOUT ROWID;

  -- Where a stored review's claims found their looks, so that a plan knows without reading files.
  CREATE TABLE look_places (
    place TEXT PRIMARY KEY,
    key TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  -- Requests that were handed to a provider together, at half price and for later.
  CREATE TABLE batches (
    -- ours; the provider's copy carries it where its protocol has a place for it
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    -- for people: the folders' names
    workspace_name TEXT NOT NULL,
    owner TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    recipe TEXT NOT NULL,
    origin TEXT NOT NULL,
    -- null: the provider's own
    base_url TEXT,
    -- JSON: the user's own prices at that time
    prices TEXT NOT NULL,
    -- submitting: recorded, and about to be sent by its owner; unclear: it may have arrived; pending: the provider has
    -- it; cancelling: the provider was asked to stop; collected: every unit has its end; refused: the provider has none
    state TEXT NOT NULL CHECK (state IN ('submitting', 'unclear', 'pending', 'cancelling', 'collected', 'refused')),
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    expires_at INTEGER,
    -- the provider's own; null: not known
    remote_id TEXT,
    input_file_id TEXT,
    remote_state TEXT,
    remote_done INTEGER NOT NULL DEFAULT 0,
    problem TEXT,
    units INTEGER NOT NULL,
    reviewed INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    expired INTEGER NOT NULL DEFAULT 0,
    reserved_nano INTEGER NOT NULL,
    cost_nano INTEGER NOT NULL DEFAULT 0,
    maybe_nano INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE INDEX batches_by_time ON batches (created_at);

  -- What is still out: a unit leaves when its answer, or its failure, is in the ledger.
  CREATE TABLE batch_units (
    -- the ledger's, and the custom id in the batch
    request_id TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL,
    key TEXT NOT NULL,
    reserved_nano INTEGER NOT NULL,
    -- the unit as it was sent, by which findings are placed
    digest BLOB NOT NULL,
    body BLOB NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX batch_units_by_key ON batch_units (key);
  CREATE INDEX batch_units_by_batch ON batch_units (batch_id);
  `,
  `
  -- The units of a request about several; its row in the ledger has a key of its own.
  CREATE TABLE pack_units (
    key TEXT NOT NULL,
    request_id TEXT NOT NULL,
    -- 0-based, in the order of the request
    position INTEGER NOT NULL,
    -- how many there are
    units INTEGER NOT NULL,
    PRIMARY KEY (key, request_id)
  ) WITHOUT ROWID;
  CREATE INDEX pack_units_by_request ON pack_units (request_id);
  `,
  `
  ${RESEAL_SAVED}
  UPDATE OR IGNORE analyses SET digest = reseal(digest, body, key);
  UPDATE OR IGNORE outlines SET digest = reseal(digest, body, key);

  -- From here on reports.repeated is packed, with a seal of its own.

  -- What decides which rows go when there are too many: how often one was used, what making it took, and how long it
  -- stays without being used.
  ALTER TABLE analyses ADD COLUMN uses INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE analyses ADD COLUMN cost_ms REAL NOT NULL DEFAULT 0;
  ALTER TABLE analyses ADD COLUMN ttl_ms INTEGER NOT NULL DEFAULT 2592000000;
  ALTER TABLE outlines ADD COLUMN uses INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE outlines ADD COLUMN cost_ms REAL NOT NULL DEFAULT 0;
  ALTER TABLE outlines ADD COLUMN ttl_ms INTEGER NOT NULL DEFAULT 2592000000;

  -- crc32 of the other columns; null: written before this was kept.
  ALTER TABLE files ADD COLUMN crc INTEGER;
  ALTER TABLE contexts ADD COLUMN crc INTEGER;
  ALTER TABLE pack_units ADD COLUMN crc INTEGER;

  CREATE TABLE marks (
    -- 'reviews': how often reviews were taken back or replaced, so that copies of them elsewhere are given up;
    -- 'maintained': when the store was last looked after
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) WITHOUT ROWID;
  INSERT INTO marks VALUES ('reviews', 0), ('maintained', 0);
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
  -- how many of them; 0: a second look
  ALTER TABLE ledger ADD COLUMN asked_units INTEGER;
  -- the recipe of the answer
  ALTER TABLE ledger ADD COLUMN asked_recipe TEXT;
  CREATE INDEX ledger_by_model ON ledger (model, created_at);
  `,
];

/**
 * Beside the version in the file's header (`application_id`): a version that was changed by damage does not fit it.
 * 0 in files of before there was such a mark.
 */
export function formatMark(version: number): number {
  return 0x4f6e0000 + (((version + 1) * 40503) & 0xffff);
}
