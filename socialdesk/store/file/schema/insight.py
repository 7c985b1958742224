"""What the program understood of a mention, and what it learned from corrections."""

TABLES = """
CREATE TABLE insight ( -- what the program understood of a mention; all but own_* can be made anew
  mention_id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL, -- of the analysis that made it; an older one is read again
  lang TEXT NOT NULL DEFAULT '', -- '' = unsure
  sentiment INTEGER NOT NULL DEFAULT 0, -- 0 not rated, 1 unsure, 2 negative, 3 neutral, 4 positive
  confidence INTEGER NOT NULL DEFAULT 0, -- percent
  p_negative INTEGER NOT NULL DEFAULT -1, -- percent, -1 = not rated
  intent INTEGER NOT NULL DEFAULT 0, -- 0 unsure; see domain/mentions/insight.py
  intent_confidence INTEGER NOT NULL DEFAULT 0, -- percent
  copy_of INTEGER NOT NULL DEFAULT 0, -- the first mention with nearly the same words, 0 = none
  parts TEXT NOT NULL DEFAULT '[]', -- JSON list of [code, points, fact]: the priority's parts
  own_lang TEXT NOT NULL DEFAULT '', -- corrected by a person; '' = not
  own_sentiment INTEGER NOT NULL DEFAULT 0, -- 0 = not
  own_intent INTEGER NOT NULL DEFAULT 0, -- 0 = not
  own_at INTEGER NOT NULL DEFAULT 0, -- when it was last corrected
  label_id INTEGER NOT NULL DEFAULT 0 -- a label it may want, learned from those put on; 0 = none
);

CREATE TABLE learned ( -- weights learned from corrections; deleting them resets the learning
  key TEXT PRIMARY KEY, -- sentiment:LANG, intent, label:ID, priority
  at INTEGER NOT NULL,
  n_examples INTEGER NOT NULL,
  report TEXT NOT NULL, -- JSON: how well it did, the words that counted
  weights BLOB NOT NULL -- zlib, see analysis/learner.py
) WITHOUT ROWID;
"""

# An index ends with the rowid by itself: naming the id again would store it twice (8 bytes a row).
INDEXES = """
CREATE INDEX insight_version ON insight(version, mention_id); -- what is to be read again
CREATE INDEX insight_own ON insight(own_at) WHERE own_at > 0; -- corrections to learn from
CREATE INDEX insight_copy ON insight(copy_of) WHERE copy_of > 0; -- near-duplicates of a mention
-- What holds: corrected, else read. store/insight/insight_words.py says it in the same words.
CREATE INDEX insight_sentiment ON insight(
  CASE own_sentiment WHEN 0 THEN sentiment ELSE own_sentiment END); -- sentiment:
CREATE INDEX insight_intent ON insight(
  CASE own_intent WHEN 0 THEN intent ELSE own_intent END); -- kind:
"""
