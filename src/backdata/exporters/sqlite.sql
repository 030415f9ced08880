-- What every copy of the database has beside the tables of facts and terms: one list of what facts can be stated on,
-- full-text search, and views for what people ask. Filled by sqlite.py, which makes the other tables.

CREATE TABLE subjects (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('group', 'muscle', 'part')),
  name TEXT NOT NULL,
  position INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE documents (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  latin TEXT,
  synonyms TEXT,
  text TEXT,
  note TEXT
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
  kind UNINDEXED, id UNINDEXED, name, latin, synonyms, text, note,
  content = 'documents', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE data_dictionary (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  type TEXT NOT NULL,
  description TEXT NOT NULL,
  example TEXT,
  refers_to TEXT,
  PRIMARY KEY (table_name, column_name)
) STRICT;

CREATE TABLE value_labels (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  value TEXT NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name, value),
  FOREIGN KEY (table_name, column_name) REFERENCES data_dictionary
) STRICT;

CREATE TABLE metadata (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE VIEW overview AS
SELECT
  muscles.id, subjects.kind, printed."group" AS group_name, printed.muscle AS name, printed.latin, printed.origin,
  printed.insertion, printed.function, printed.innervation, printed.blood_supply, printed.notes
FROM muscles_overview AS printed
JOIN muscles ON muscles.name = printed.muscle
JOIN subjects ON subjects.id = muscles.id
ORDER BY subjects.position;

CREATE VIEW facts AS
WITH placed AS ( -- the parts that answer for their whole each count their own items
  SELECT fact.*, CASE WHEN part.part_of = fact.muscle THEN fact.stated_at ELSE '' END AS answering_part
  FROM muscle_facts AS fact
  LEFT JOIN muscles AS part ON part.id = fact.stated_at
)
SELECT
  fact.muscle, fact.muscle_name, fact.topic, fact.item, fact.text, fact.reading,
  EXISTS (
    SELECT 1 FROM placed AS other
    WHERE (other.muscle, other.topic, other.item, other.answering_part)
      = (fact.muscle, fact.topic, fact.item, fact.answering_part) AND other.reading = 'alternative'
  ) AS contested,
  structures.name AS structure_name, fact.levels, fact.part, fact.from_origin,
  fact.side, movements.name AS movement_name, fact."of" AS moved, fact.direction, fact.condition,
  nerves.name AS nerve_name, fact.segments, fact.role, vessels.name AS vessel_name,
  fact.constancy, fact.note, subjects.name AS stated_at_name, fact.stated_at <> fact.muscle AS inherited,
  sources.name AS source_name, fact.page, sources.citation, sources.url, fact.answering_part, fact.fact_id
FROM placed AS fact
JOIN subjects ON subjects.id = fact.stated_at
JOIN sources ON sources.id = fact.source
LEFT JOIN structures ON structures.id = fact.structure
LEFT JOIN movements ON movements.id = fact.movement
LEFT JOIN nerves ON nerves.id = fact.nerve
LEFT JOIN vessels ON vessels.id = fact.vessel;

CREATE VIEW contested AS
SELECT
  other.muscle, other.muscle_name, other.topic, other.item, taught.text AS what_we_teach,
  taught.source_name AS taught_after, other.text AS another_source_says, other.source_name AS other_source,
  other.page AS other_page, other.citation AS other_citation, other.note
FROM facts AS other
LEFT JOIN facts AS taught
  ON (taught.muscle, taught.topic, taught.item, taught.answering_part)
   = (other.muscle, other.topic, other.item, other.answering_part) AND taught.reading = 'preferred'
WHERE other.reading = 'alternative';

CREATE VIEW coverage AS
SELECT
  muscles.id, subjects.kind, muscles.name,
  count(CASE WHEN facts.topic = 'origin' THEN 1 END) AS origins,
  count(CASE WHEN facts.topic = 'insertion' THEN 1 END) AS insertions,
  count(CASE WHEN facts.topic = 'action' THEN 1 END) AS actions,
  count(CASE WHEN facts.topic = 'innervation' THEN 1 END) AS innervations,
  count(CASE WHEN facts.topic = 'blood_supply' THEN 1 END) AS blood_supply,
  count(CASE WHEN facts.contested THEN 1 END) AS contested,
  count(DISTINCT facts.source_name) AS sources,
  (muscles.ta2 IS NOT NULL) + (muscles.ta98 IS NOT NULL) + (muscles.fma IS NOT NULL) + (muscles.uberon IS NOT NULL)
    AS identifiers
FROM muscles
JOIN subjects ON subjects.id = muscles.id
LEFT JOIN facts ON facts.muscle = muscles.id AND facts.reading = 'preferred'
GROUP BY muscles.id
ORDER BY subjects.position;

CREATE VIEW fact_sources AS
SELECT fact.muscle, fact.muscle_name, fact.topic, fact.text, fact.reading, fact.fact_id, 1 AS read_there_first,
  sources.id AS source, sources.name AS source_name, fact.page, sources.citation, sources.licence, sources.url
FROM muscle_facts AS fact
JOIN sources ON sources.id = fact.source
UNION ALL
SELECT fact.muscle, fact.muscle_name, fact.topic, fact.text, fact.reading, fact.fact_id, 0,
  sources.id, sources.name, NULL, sources.citation, sources.licence, sources.url
FROM muscle_facts AS fact
JOIN muscle_facts_also AS further USING (muscle, fact_id, reading, source)
JOIN sources ON sources.id = further.value;
