"""What is asked of Neo4j, in Cypher: every value is a parameter, every label a constant.

The live map is a graph that Neo4j Browser shows as people think of it:

    (holder)-[:HOLDS]->(:Accountability)-[:TO]->(body)      (:Accountability)-[:REPORTS_TO]->(…)
    (:Leader)-[:RELATES]->(:Leader or :Organisation)        (:Assessment)-[:ABOUT]->(:Leader)
    (:Organisation)-[:SUCCEEDED_BY]->(:Organisation)        (:Map), what the map says of itself

Beside it, and not linked to it, stand one `:Ledger` a map, its log (`:Change`), the requests it
has answered (`:Request`), kept drawings (`:Arrangement`), what people ask again
(`:SavedQuestion`) and which papers they made (`:Paper`). Each record is whole in `data`; its
other properties are for people, for their queries and for the indexes.
"""

from typing import LiteralString

from powermap.vocabulary import RecordKind

# Every look-up names its index: a plan made while the database was nearly empty would otherwise
# go through all records, and be kept for the import that follows.

# -- the layout -------------------------------------------------------------------------------

SCHEMA_RULES: dict[str, LiteralString] = {
    "about_name": "CREATE CONSTRAINT about_name IF NOT EXISTS "
    "FOR (n:About) REQUIRE n.name IS UNIQUE",
    "ledger_map": "CREATE CONSTRAINT ledger_map IF NOT EXISTS "
    "FOR (n:Ledger) REQUIRE n.map IS UNIQUE",
    "record_id": "CREATE CONSTRAINT record_id IF NOT EXISTS "
    "FOR (n:Record) REQUIRE (n.map, n.id) IS UNIQUE",
    "relates_id": "CREATE CONSTRAINT relates_id IF NOT EXISTS "
    "FOR ()-[r:RELATES]-() REQUIRE (r.map, r.id) IS UNIQUE",
    "change_version": "CREATE CONSTRAINT change_version IF NOT EXISTS "
    "FOR (n:Change) REQUIRE (n.map, n.id, n.version) IS UNIQUE",
    "change_revision": "CREATE INDEX change_revision IF NOT EXISTS "
    "FOR (n:Change) ON (n.map, n.revision)",
    "request_key": "CREATE CONSTRAINT request_key IF NOT EXISTS "
    "FOR (n:Request) REQUIRE (n.map, n.actor, n.key) IS UNIQUE",
    "request_revision": "CREATE CONSTRAINT request_revision IF NOT EXISTS "
    "FOR (n:Request) REQUIRE (n.map, n.revision) IS UNIQUE",
    "arrangement_slice": "CREATE CONSTRAINT arrangement_slice IF NOT EXISTS "
    "FOR (n:Arrangement) REQUIRE (n.map, n.slice) IS UNIQUE",
    "saved_question_name": "CREATE CONSTRAINT saved_question_name IF NOT EXISTS "
    "FOR (n:SavedQuestion) REQUIRE (n.map, n.viewer, n.name) IS UNIQUE",
    "paper_id": "CREATE CONSTRAINT paper_id IF NOT EXISTS "
    "FOR (n:Paper) REQUIRE (n.map, n.viewer, n.id) IS UNIQUE",
}

SCHEMA_RULES_THERE: LiteralString = "SHOW INDEXES YIELD name RETURN collect(name) AS names"

ABOUT: LiteralString = "MATCH (about:About {name: 'powermap'}) RETURN about.schema AS schema"

INTRODUCE: LiteralString = """
MERGE (about:About {name: 'powermap'})
SET about.schema = CASE WHEN about.schema > $schema THEN about.schema ELSE $schema END
RETURN about.schema AS schema"""

SERVER: LiteralString = """
CALL dbms.components() YIELD name, versions, edition
WHERE name = 'Neo4j Kernel' RETURN versions[0] + ' ' + edition AS version"""

# -- what a viewer may see --------------------------------------------------------------------

SEEN: LiteralString = """(record.sensitivity IN $levels
  OR (record.sensitivity = 'private' AND record.author = $author))"""

# The latest version as of a settled revision; a version is shown to those who may see both.
_LATEST_OF_RECORD: LiteralString = """
  MATCH (latest:Change) USING INDEX SEEK latest:Change(map, id, version)
  WHERE latest.map = record.map AND latest.id = record.id
    AND latest.version >= record.version AND latest.revision <= $settled
  RETURN latest ORDER BY latest.map DESC, latest.id DESC, latest.version DESC LIMIT 1"""
_LATEST_SEEN: LiteralString = """(latest.sensitivity IN $levels
  OR (latest.sensitivity = 'private' AND latest.author = $author))"""

# -- reading a map ----------------------------------------------------------------------------

MAPS: LiteralString = f"""
MATCH (record:Record) WHERE {SEEN}
RETURN record.map AS map, record.record_kind AS kind, count(*) AS count
UNION ALL
MATCH ()-[record:RELATES]->() WHERE {SEEN}
RETURN record.map AS map, 'relationship' AS kind, count(*) AS count"""

HEADERS: LiteralString = """
MATCH (header:Map) MATCH (ledger:Ledger {map: header.map})
RETURN header.map AS map, header.data AS data,
  ledger.revision AS revision, ledger.changed_at AS changed_at"""

LEDGER: LiteralString = """
MATCH (ledger:Ledger {map: $map}) MATCH (:Record:Map {map: $map, id: $map})
RETURN ledger {.revision, .changed_at, .live, .stamps} AS ledger"""

# The log is whole up to the ledger's revision once all entries of that revision can be seen.
SETTLED: LiteralString = """
MATCH (ledger:Ledger {map: $map}) MATCH (:Record:Map {map: $map, id: $map})
OPTIONAL MATCH (change:Change {map: $map, revision: ledger.revision})
WITH ledger, count(change) AS seen
RETURN ledger.revision AS revision, ledger.entries = seen AS whole"""

READ_NODES: LiteralString = f"""
MATCH (record:Record) USING INDEX SEEK record:Record(map, id)
WHERE record.map = $map AND record.id > $after
WITH record ORDER BY record.map, record.id LIMIT $slice
WITH record, {SEEN} AS seen
RETURN collect(CASE WHEN seen THEN record.record_kind END) AS kinds,
  collect(CASE WHEN seen THEN record.data END) AS texts,
  count(record) AS live, sum(record.revision) AS stamps,
  max(record.revision) AS newest, max(record.id) AS last"""

READ_TIES: LiteralString = f"""
MATCH ()-[record:RELATES]->() USING INDEX SEEK record:RELATES(map, id)
WHERE record.map = $map AND record.id > $after
WITH record ORDER BY record.map, record.id LIMIT $slice
WITH record, {SEEN} AS seen
RETURN collect(CASE WHEN seen THEN 'relationship' END) AS kinds,
  collect(CASE WHEN seen THEN record.data END) AS texts,
  count(record) AS live, sum(record.revision) AS stamps,
  max(record.revision) AS newest, max(record.id) AS last"""

AS_OF: LiteralString = f"""
MATCH (change:Change) USING INDEX change:Change(map, id, version)
WHERE change.map = $map AND change.id > $after AND change.version = 1
WITH change.id AS id ORDER BY id LIMIT $slice
CALL (id) {{
  MATCH (record:Change) USING INDEX SEEK record:Change(map, id, version)
  WHERE record.map = $map AND record.id = id AND record.version > 0
    AND record.revision <= $revision
  RETURN record ORDER BY record.map DESC, record.id DESC, record.version DESC LIMIT 1 }}
CALL (record) {{ {_LATEST_OF_RECORD} }}
WITH record, latest, record.data IS NOT NULL AND {SEEN} AND {_LATEST_SEEN} AS seen
RETURN collect(CASE WHEN seen THEN record.kind END) AS kinds,
  collect(CASE WHEN seen THEN record.data END) AS texts,
  collect(CASE WHEN seen THEN latest.sensitivity END) AS levels, max(record.id) AS last"""

REVISION_AT: LiteralString = """
MATCH (request:Request {map: $map, revision: $revision}) RETURN request.at AS at"""

GET: LiteralString = f"""
MATCH (record:Record {{map: $map, id: $id}}) WHERE {SEEN}
RETURN record.record_kind AS kind, record.data AS data
UNION ALL
MATCH ()-[record:RELATES {{map: $map, id: $id}}]->() WHERE {SEEN}
RETURN 'relationship' AS kind, record.data AS data"""

SEEN_IDS: LiteralString = f"""
MATCH (record:Record) WHERE record.map = $map AND {SEEN} RETURN collect(record.id) AS ids"""

# -- reading the log --------------------------------------------------------------------------

# Who did it, when and by which request is said once a revision, on the `:Request`.
_ENTRY: LiteralString = """
record {.*, at: request.at, actor: request.actor, request: request.key} AS entry"""

HISTORY: LiteralString = f"""
MATCH (record:Change) USING INDEX SEEK record:Change(map, id, version)
  WHERE record.map = $map AND record.id = $id AND record.version > 0
  AND record.revision <= $settled AND {SEEN}
CALL (record) {{ {_LATEST_OF_RECORD} }}
WITH record, latest WHERE {_LATEST_SEEN}
MATCH (request:Request {{map: $map, revision: record.revision}})
RETURN {_ENTRY} ORDER BY record.version"""

REVISIONS: LiteralString = f"""
MATCH (request:Request) WHERE request.map = $map
  AND request.revision > $after AND request.revision <= $settled
  AND EXISTS {{ MATCH (record:Change {{map: $map, revision: request.revision}}) WHERE {SEEN} }}
WITH request.revision AS revision ORDER BY revision LIMIT $limit
RETURN collect(revision) AS revisions"""

CHANGES: LiteralString = f"""
UNWIND $revisions AS revision
MATCH (request:Request {{map: $map, revision: revision}})
MATCH (record:Change {{map: $map, revision: revision}})
  USING INDEX SEEK record:Change(map, revision)
  WHERE {SEEN}
WITH request, record
CALL (record) {{ {_LATEST_OF_RECORD} }}
WITH request, record, latest WHERE {_LATEST_SEEN}
RETURN {_ENTRY} ORDER BY record.revision, record.ordinal"""

SEEN_ENTRIES: LiteralString = f"""
MATCH (request:Request {{map: $map, revision: $revision}})
MATCH (record:Change {{map: $map, revision: $revision}})
  USING INDEX SEEK record:Change(map, revision)
  WHERE {SEEN}
RETURN {_ENTRY} ORDER BY record.ordinal"""

ENTRIES: LiteralString = f"""
MATCH (request:Request {{map: $map, revision: $revision}})
MATCH (record:Change {{map: $map, revision: $revision}})
  USING INDEX SEEK record:Change(map, revision)
RETURN {_ENTRY} ORDER BY record.ordinal"""

LAST: LiteralString = f"""
UNWIND $ids AS id
CALL (id) {{
  MATCH (record:Change) USING INDEX SEEK record:Change(map, id, version)
  WHERE record.map = $map AND record.id = id AND record.version > 0
  RETURN record ORDER BY record.map DESC, record.id DESC, record.version DESC LIMIT 1 }}
MATCH (request:Request {{map: $map, revision: record.revision}})
RETURN {_ENTRY}"""

VERSIONS: LiteralString = f"""
UNWIND $wanted AS wanted
MATCH (record:Change {{map: $map, id: wanted[0], version: wanted[1]}})
  USING INDEX SEEK record:Change(map, id, version)
MATCH (request:Request {{map: $map, revision: record.revision}})
RETURN {_ENTRY}"""

# -- what a change of the map needs to know -----------------------------------------------------

LIVE_NODES: LiteralString = """
UNWIND $ids AS id MATCH (record:Record {map: $map, id: id})
  USING INDEX SEEK record:Record(map, id)
RETURN collect(record.record_kind) AS kinds, collect(record.data) AS texts"""

LIVE_TIES: LiteralString = """
UNWIND $ids AS id MATCH ()-[record:RELATES {map: $map, id: id}]->()
  USING INDEX SEEK record:RELATES(map, id)
RETURN collect('relationship') AS kinds, collect(record.data) AS texts"""

NAMING: LiteralString = """
UNWIND $ids AS id
MATCH (named:Record {map: $map, id: id})<-[:TO|REPORTS_TO|ABOUT|SUCCEEDED_BY]-(record:Record)
  USING INDEX SEEK named:Record(map, id)
RETURN record.record_kind AS kind, record.data AS data
UNION
UNWIND $ids AS id MATCH (named:Record {map: $map, id: id})-[:HOLDS]->(record:Record)
  USING INDEX SEEK named:Record(map, id)
RETURN record.record_kind AS kind, record.data AS data
UNION
UNWIND $ids AS id MATCH (named:Record {map: $map, id: id})-[record:RELATES]-()
  USING INDEX SEEK named:Record(map, id)
RETURN 'relationship' AS kind, record.data AS data"""

# -- writing ----------------------------------------------------------------------------------

# The first statement of every write: it takes the ledger node's lock, so that writers of one map
# stand in line. What the map says is read by the statements after it, when the lock is held.
LOCK: LiteralString = "MATCH (ledger:Ledger {map: $map}) SET ledger.locked = true RETURN ledger.map"

LOCK_OR_BEGIN: LiteralString = """
MERGE (ledger:Ledger {map: $map})
ON CREATE SET ledger.revision = 0, ledger.live = 0, ledger.stamps = 0
SET ledger.locked = true RETURN ledger.map"""

LOCKED: LiteralString = """
MATCH (ledger:Ledger {map: $map})
OPTIONAL MATCH (request:Request {map: $map, actor: $actor, key: $key})
RETURN ledger.revision AS revision, ledger.changed_at AS changed_at,
  request.digest AS digest, request.revision AS answered"""

STAMPS: LiteralString = """
UNWIND $ids AS id MATCH (record:Record {map: $map, id: id})
  USING INDEX SEEK record:Record(map, id)
RETURN count(record) AS live, sum(record.revision) AS stamps
UNION ALL
UNWIND $ids AS id MATCH ()-[record:RELATES {map: $map, id: id}]->()
  USING INDEX SEEK record:RELATES(map, id)
RETURN count(record) AS live, sum(record.revision) AS stamps"""

ADVANCE: LiteralString = """
MATCH (ledger:Ledger {map: $map})
SET ledger.revision = $revision, ledger.changed_at = $at, ledger.entries = $entries,
  ledger.live = ledger.live + $live, ledger.stamps = ledger.stamps + $stamps
REMOVE ledger.locked
CREATE (:Request {map: $map, actor: $actor, key: $key, digest: $digest, revision: $revision,
  at: $at})"""

APPEND: LiteralString = "UNWIND $rows AS row CREATE (change:Change) SET change = row"

REMOVE_TIES: LiteralString = """
UNWIND $ids AS id MATCH ()-[record:RELATES {map: $map, id: id}]->()
  USING INDEX SEEK record:RELATES(map, id) DELETE record"""

REMOVE_NODES: LiteralString = """
UNWIND $ids AS id MATCH (record:Record {map: $map, id: id})
  USING INDEX SEEK record:Record(map, id) DETACH DELETE record"""

NEW_NODES: dict[RecordKind, LiteralString] = {
    RecordKind.MAP: """
UNWIND $rows AS row CREATE (record:Record:Map) SET record = row""",
    RecordKind.ORGANISATION: """
UNWIND $rows AS row CREATE (record:Record:Organisation) SET record = row""",
    RecordKind.LEADER: """
UNWIND $rows AS row CREATE (record:Record:Leader) SET record = row""",
    RecordKind.ACCOUNTABILITY: """
UNWIND $rows AS row CREATE (record:Record:Accountability) SET record = row""",
    RecordKind.ASSESSMENT: """
UNWIND $rows AS row CREATE (record:Record:Assessment) SET record = row""",
}

PUT_NODES: LiteralString = """
UNWIND $rows AS row MATCH (record:Record {map: row.map, id: row.id})
  USING INDEX SEEK record:Record(map, id) SET record = row"""

# A new tie is made between its ends; they never change, so a later version only has its words.
NEW_TIES: LiteralString = """
UNWIND $rows AS row
MATCH (source:Record {map: row.said.map, id: row.source})
  USING INDEX SEEK source:Record(map, id)
MATCH (target:Record {map: row.said.map, id: row.target})
  USING INDEX SEEK target:Record(map, id)
CREATE (source)-[record:RELATES]->(target) SET record = row.said"""

PUT_TIES: LiteralString = """
UNWIND $rows AS row MATCH ()-[record:RELATES {map: row.map, id: row.id}]->()
  USING INDEX SEEK record:RELATES(map, id)
  SET record = row"""

UNNAME: LiteralString = """
UNWIND $ids AS id MATCH (record:Record {map: $map, id: id})
  USING INDEX SEEK record:Record(map, id)
OPTIONAL MATCH (record)-[named:TO|REPORTS_TO|ABOUT|SUCCEEDED_BY]->()
OPTIONAL MATCH (record)<-[held:HOLDS]-()
DELETE named, held"""

NAME: dict[str, LiteralString] = {
    "holder": """
UNWIND $rows AS row MATCH (record:Record {map: $map, id: row.id})
  USING INDEX SEEK record:Record(map, id)
MATCH (named:Record {map: $map, id: row.named})
  USING INDEX SEEK named:Record(map, id)
  CREATE (named)-[:HOLDS]->(record)""",
    "to": """
UNWIND $rows AS row MATCH (record:Record {map: $map, id: row.id})
  USING INDEX SEEK record:Record(map, id)
MATCH (named:Record {map: $map, id: row.named})
  USING INDEX SEEK named:Record(map, id)
  CREATE (record)-[:TO]->(named)""",
    "reports_to": """
UNWIND $rows AS row MATCH (record:Record {map: $map, id: row.id})
  USING INDEX SEEK record:Record(map, id)
MATCH (named:Record {map: $map, id: row.named})
  USING INDEX SEEK named:Record(map, id)
  CREATE (record)-[:REPORTS_TO]->(named)""",
    "leader": """
UNWIND $rows AS row MATCH (record:Record {map: $map, id: row.id})
  USING INDEX SEEK record:Record(map, id)
MATCH (named:Record {map: $map, id: row.named})
  USING INDEX SEEK named:Record(map, id)
  CREATE (record)-[:ABOUT]->(named)""",
    "succeeded_by": """
UNWIND $rows AS row MATCH (record:Record {map: $map, id: row.id})
  USING INDEX SEEK record:Record(map, id)
MATCH (named:Record {map: $map, id: row.named})
  USING INDEX SEEK named:Record(map, id)
  CREATE (record)-[:SUCCEEDED_BY]->(named)""",
}

ARRANGEMENT: LiteralString = """
MATCH (arrangement:Arrangement {map: $map, slice: $part})
RETURN arrangement.positions AS positions"""

ARRANGE: LiteralString = """
MERGE (arrangement:Arrangement {map: $map, slice: $part})
SET arrangement.positions = $positions"""

# The lock is set and let go within one transaction, which holds it to its end.
UNLOCK: LiteralString = "MATCH (ledger:Ledger {map: $map}) REMOVE ledger.locked"

# The name is sought too, so that the rule that keeps names apart is also the index in use.
SAVED: LiteralString = """
MATCH (question:SavedQuestion) USING INDEX SEEK question:SavedQuestion(map, viewer, name)
WHERE question.map = $map AND question.viewer = $viewer AND question.name > ''
RETURN question {.*} AS question"""

SAVE: LiteralString = """
MERGE (question:SavedQuestion {map: $map_id, viewer: $viewer, name: $name})
SET question.id = $id, question.version = $version, question.question = $question,
  question.parameters = $parameters, question.seen_revision = $seen_revision,
  question.saved_at = $saved_at, question.seen_at = $seen_at"""

FORGET: LiteralString = """
MATCH (question:SavedQuestion {map: $map_id, viewer: $viewer, name: $name}) DELETE question"""

FORGET_ALL: LiteralString = """
MATCH (question:SavedQuestion) USING INDEX SEEK question:SavedQuestion(map, viewer, name)
WHERE question.map = $map AND question.viewer > '' AND question.name > '' DELETE question"""

PAPERS: LiteralString = """
MATCH (paper:Paper) USING INDEX SEEK paper:Paper(map, viewer, id)
WHERE paper.map = $map AND paper.viewer = $viewer AND paper.id > ''
RETURN paper {.*} AS paper"""

KEEP_PAPER: LiteralString = """
MERGE (paper:Paper {map: $map_id, viewer: $viewer, id: $id})
SET paper.title = $title, paper.format = $format, paper.revision = $revision,
  paper.made_at = $made_at, paper.ceiling = $ceiling, paper.pseudonyms = $pseudonyms,
  paper.digest = $digest, paper.asked = $asked"""

FORGET_PAPER: LiteralString = """
MATCH (paper:Paper {map: $map_id, viewer: $viewer, id: $id})
DELETE paper RETURN count(*) AS forgotten"""

FORGET_PAPERS: LiteralString = """
MATCH (paper:Paper) USING INDEX SEEK paper:Paper(map, viewer, id)
WHERE paper.map = $map AND paper.viewer > '' AND paper.id > '' DELETE paper"""
