"""What is asked of SQLite: every value is a parameter."""

TABLES = """
CREATE TABLE about (schema INTEGER NOT NULL);
CREATE TABLE ledger (
  map_id TEXT PRIMARY KEY, revision INTEGER NOT NULL, changed_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE record (
  map_id TEXT NOT NULL REFERENCES ledger, id TEXT NOT NULL, kind TEXT NOT NULL,
  version INTEGER NOT NULL, sensitivity TEXT NOT NULL, author TEXT NOT NULL,
  data TEXT NOT NULL CHECK (json_valid(data)),
  PRIMARY KEY (map_id, id)) WITHOUT ROWID;
CREATE INDEX record_by_kind ON record (kind, map_id);
CREATE TABLE naming (
  map_id TEXT NOT NULL, named TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (map_id, named, id),
  FOREIGN KEY (map_id, named) REFERENCES record DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (map_id, id) REFERENCES record DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID;
CREATE INDEX naming_by_id ON naming (map_id, id);
CREATE TABLE change (
  map_id TEXT NOT NULL REFERENCES ledger, revision INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  id TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL, op TEXT NOT NULL,
  at TEXT NOT NULL, actor TEXT NOT NULL, request TEXT NOT NULL, cause TEXT,
  sensitivity TEXT NOT NULL, author TEXT NOT NULL, data TEXT,
  PRIMARY KEY (map_id, revision, ordinal), UNIQUE (map_id, id, version));
CREATE TRIGGER change_is_kept BEFORE UPDATE ON change
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER change_stays BEFORE DELETE ON change
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TABLE request (
  map_id TEXT NOT NULL REFERENCES ledger, actor TEXT NOT NULL, key TEXT NOT NULL,
  digest TEXT NOT NULL, revision INTEGER NOT NULL,
  PRIMARY KEY (map_id, actor, key)) WITHOUT ROWID;
CREATE TABLE arrangement (
  map_id TEXT NOT NULL REFERENCES ledger, slice TEXT NOT NULL, positions TEXT NOT NULL,
  PRIMARY KEY (map_id, slice)) WITHOUT ROWID;
"""

UPGRADES = {
    2: """
CREATE TABLE saved_question (
  map_id TEXT NOT NULL REFERENCES ledger, viewer TEXT NOT NULL, name TEXT NOT NULL,
  id TEXT NOT NULL, version INTEGER NOT NULL, question TEXT NOT NULL,
  parameters TEXT NOT NULL CHECK (json_valid(parameters)), seen_revision INTEGER NOT NULL,
  saved_at TEXT NOT NULL, seen_at TEXT NOT NULL,
  PRIMARY KEY (map_id, viewer, name)) WITHOUT ROWID;
""",
    3: """
CREATE TABLE paper (
  map_id TEXT NOT NULL REFERENCES ledger, viewer TEXT NOT NULL, id TEXT NOT NULL,
  title TEXT NOT NULL, format TEXT NOT NULL, revision INTEGER NOT NULL, made_at TEXT NOT NULL,
  ceiling TEXT NOT NULL, pseudonyms INTEGER NOT NULL, digest TEXT NOT NULL,
  asked TEXT NOT NULL CHECK (json_valid(asked)),
  PRIMARY KEY (map_id, viewer, id));
""",
}
"""What each version of the layout adds to the one before; a new file is given all of it."""

# What a viewer may see; :levels is a JSON list, :author may be NULL.
SEEN = """(record.sensitivity IN (SELECT value FROM json_each(:levels))
   OR (record.sensitivity = 'private' AND record.author = :author))"""

LIVE_LEDGER = """
SELECT revision, changed_at FROM ledger JOIN record
ON record.map_id = ledger.map_id AND record.id = ledger.map_id
WHERE ledger.map_id = :map_id"""

MAPS = f"""
SELECT ledger.map_id, revision, changed_at, kind, count(*) AS count,
       max(CASE WHEN kind = 'map' THEN data END) AS header
FROM ledger JOIN record ON record.map_id = ledger.map_id AND {SEEN}
GROUP BY ledger.map_id, kind"""

READ = f"SELECT kind, data FROM record WHERE map_id = :map_id AND {SEEN} ORDER BY id"

WITHHELD = f"SELECT count(*) FROM record WHERE map_id = :map_id AND NOT {SEEN}"

GET = f"SELECT kind, data FROM record WHERE map_id = :map_id AND id = :id AND {SEEN}"

# A version is shown when it may be seen itself and the latest version may be seen too.
_LATEST = """
JOIN change AS latest ON latest.map_id = record.map_id AND latest.id = record.id
 AND latest.version = (SELECT max(version) FROM change AS c
                       WHERE c.map_id = record.map_id AND c.id = record.id)
 AND (latest.sensitivity IN (SELECT value FROM json_each(:levels))
      OR (latest.sensitivity = 'private' AND latest.author = :author))"""

AS_OF = f"""
SELECT record.kind, record.data, latest.sensitivity FROM change AS record {_LATEST}
WHERE record.map_id = :map_id AND record.data IS NOT NULL AND {SEEN}
  AND record.version = (SELECT max(version) FROM change AS c WHERE c.map_id = record.map_id
                        AND c.id = record.id AND c.revision <= :revision)
ORDER BY record.id"""

REVISION_AT = "SELECT max(at) FROM change WHERE map_id = :map_id AND revision = :revision"

HISTORY = f"""
SELECT record.* FROM change AS record {_LATEST}
WHERE record.map_id = :map_id AND record.id = :id AND {SEEN} ORDER BY record.version"""

CHANGES = f"""
SELECT record.* FROM change AS record {_LATEST}
WHERE record.map_id = :map_id AND {SEEN} AND record.revision IN (
  SELECT DISTINCT record.revision FROM change AS record {_LATEST}
  WHERE record.map_id = :map_id AND record.revision > :after AND {SEEN}
  ORDER BY record.revision LIMIT :limit)
ORDER BY record.revision, record.ordinal"""

LIVE = """
SELECT kind, data FROM record
WHERE map_id = :map_id AND id IN (SELECT value FROM json_each(:ids))"""

NAMING = """
SELECT DISTINCT kind, data FROM naming
JOIN record ON record.map_id = naming.map_id AND record.id = naming.id
WHERE naming.map_id = :map_id AND named IN (SELECT value FROM json_each(:ids))
ORDER BY record.id"""

EVERYTHING = "SELECT kind, data FROM record WHERE map_id = :map_id ORDER BY id"

LAST = """
SELECT * FROM change WHERE map_id = :map_id AND id IN (SELECT value FROM json_each(:ids))
AND version = (SELECT max(version) FROM change AS c
               WHERE c.map_id = change.map_id AND c.id = change.id)"""

# CROSS JOIN keeps the order: each wanted version is looked up, instead of each version of the map.
VERSIONS = """
SELECT change.* FROM json_each(:wanted) AS wanted CROSS JOIN change
ON change.map_id = :map_id AND change.id = wanted.value ->> 0
AND change.version = wanted.value ->> 1"""

ENTRIES = "SELECT * FROM change WHERE map_id = :map_id AND revision = :revision ORDER BY ordinal"

SEEN_ENTRIES = f"""
SELECT * FROM change AS record WHERE map_id = :map_id AND revision = :revision AND {SEEN}
ORDER BY ordinal"""

KNOWN_REQUEST = """
SELECT digest, revision FROM request
WHERE map_id = :map_id AND actor = :actor AND key = :key"""

LOCK = "SELECT revision, changed_at FROM ledger WHERE map_id = :map_id"

ADVANCE = """
INSERT INTO ledger VALUES (:map_id, :revision, :at)
ON CONFLICT (map_id) DO UPDATE SET revision = excluded.revision, changed_at = excluded.changed_at"""

APPEND = """
INSERT INTO change VALUES (:map_id, :revision, :ordinal, :id, :version, :kind, :op, :at, :actor,
                           :request, :cause, :sensitivity, :author, :data)"""

REMEMBER = "INSERT INTO request VALUES (:map_id, :actor, :key, :digest, :revision)"

UNNAME = "DELETE FROM naming WHERE map_id = :map_id AND id = :id"
REMOVE = "DELETE FROM record WHERE map_id = :map_id AND id = :id"
PUT = """
INSERT INTO record VALUES (:map_id, :id, :kind, :version, :sensitivity, :author, :data)
ON CONFLICT (map_id, id) DO UPDATE SET version = excluded.version,
  sensitivity = excluded.sensitivity, author = excluded.author, data = excluded.data"""
NAME = "INSERT OR IGNORE INTO naming VALUES (:map_id, :named, :id)"

SEEN_IDS = f"""
SELECT id FROM record WHERE map_id = :map_id AND kind <> 'relationship' AND {SEEN}"""

ARRANGEMENT = "SELECT positions FROM arrangement WHERE map_id = :map_id AND slice = :slice"
ARRANGE = "INSERT OR REPLACE INTO arrangement VALUES (:map_id, :slice, :positions)"

SAVED = "SELECT * FROM saved_question WHERE map_id = :map_id AND viewer = :viewer"
SAVE = """
INSERT OR REPLACE INTO saved_question VALUES (:map_id, :viewer, :name, :id, :version, :question,
                                              :parameters, :seen_revision, :saved_at, :seen_at)"""
FORGET = """
DELETE FROM saved_question WHERE map_id = :map_id AND viewer = :viewer AND name = :name"""
FORGET_ALL = "DELETE FROM saved_question WHERE map_id = :map_id"

PAPERS = "SELECT * FROM paper WHERE map_id = :map_id AND viewer = :viewer"
KEEP_PAPER = """
INSERT INTO paper VALUES (:map_id, :viewer, :id, :title, :format, :revision, :made_at, :ceiling,
                          :pseudonyms, :digest, :asked)"""
FORGET_PAPER = "DELETE FROM paper WHERE map_id = :map_id AND viewer = :viewer AND id = :id"
FORGET_PAPERS = "DELETE FROM paper WHERE map_id = :map_id"
