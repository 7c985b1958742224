"""Crisis mode: alerts, incidents, facts, statements, audiences, playbooks of one's own, drills.

Texts are ours; no stranger's words or name stand here, so that erasing a person breaks nothing.
"""

TABLES = """
CREATE TABLE alert ( -- what the program noticed; it only suggests, a person declares
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL, -- volume, watch_words, waiting, slow_burn, copy
  series TEXT NOT NULL DEFAULT '', -- volume: negative, not_rated
  topic TEXT NOT NULL DEFAULT '', -- playbook id or topic phrase, '' = the whole brand
  level TEXT NOT NULL, -- watch, alert, crisis
  facts TEXT NOT NULL, -- JSON: the numbers it explains itself with
  incident_id INTEGER NOT NULL DEFAULT 0, -- the suspected incident it made or joined
  loud_at INTEGER NOT NULL DEFAULT 0, -- when it was last so
  cleared_at INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE alert_hour ( -- what was counted in each watched hour: the baseline is made of it
  series INTEGER NOT NULL, -- 2 negative, 0 not rated, as insight.sentiment
  hour INTEGER NOT NULL, -- its start, ms; no row = nobody watched
  n INTEGER NOT NULL, -- mentions, at most 2 of each author
  PRIMARY KEY(series, hour)
) WITHOUT ROWID;

CREATE TABLE alert_mute ( -- after a dismissal: the same kind and topic stay silent for a day
  kind TEXT NOT NULL,
  topic TEXT NOT NULL DEFAULT '',
  until INTEGER NOT NULL,
  PRIMARY KEY(kind, topic)
) WITHOUT ROWID;

CREATE TABLE incident ( -- a crisis, from alert to review; a drill that was played, too
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE, -- INC-2026-0001: what people see and the approval hash names
  title TEXT NOT NULL DEFAULT '',
  playbook TEXT NOT NULL DEFAULT '', -- its type: id of the playbook
  playbook_version TEXT NOT NULL DEFAULT '',
  cluster TEXT NOT NULL DEFAULT '', -- victim, accidental, preventable
  severity INTEGER NOT NULL DEFAULT 0, -- 1, 2, 3; 0 = not declared yet
  strategy TEXT NOT NULL DEFAULT 'proactive', -- inactive, reactive, proactive
  state TEXT NOT NULL, -- suspected, dismissed, declared, holding, responding, stand_down, review …
  scope TEXT NOT NULL DEFAULT '{}', -- JSON: accounts (ids), languages; empty = all
  roles TEXT NOT NULL DEFAULT '{}', -- JSON: role -> person id; commander, spokesperson, approver …
  baseline_15m REAL NOT NULL DEFAULT 0, -- mentions expected in 15 minutes when it was made
  alert_kind TEXT NOT NULL DEFAULT '', -- of the alert that made it, '' = by hand
  alert_topic TEXT NOT NULL DEFAULT '',
  began_solo INTEGER NOT NULL DEFAULT 1, -- team mode when it was declared
  gap_min INTEGER NOT NULL DEFAULT 0, -- stretched gap between updates, 0 = the severity's own
  detected_at INTEGER NOT NULL DEFAULT 0, -- first bad post, as far as collected
  suspected_at INTEGER NOT NULL DEFAULT 0,
  declared_at INTEGER NOT NULL DEFAULT 0,
  first_statement_at INTEGER NOT NULL DEFAULT 0,
  holding_at INTEGER NOT NULL DEFAULT 0,
  responding_at INTEGER NOT NULL DEFAULT 0,
  stand_down_at INTEGER NOT NULL DEFAULT 0,
  review_at INTEGER NOT NULL DEFAULT 0,
  review_due_at INTEGER NOT NULL DEFAULT 0,
  closed_at INTEGER NOT NULL DEFAULT 0,
  dismissed_at INTEGER NOT NULL DEFAULT 0,
  n_told INTEGER NOT NULL DEFAULT 0, -- suspected: told again after 15 and 30 minutes
  is_serious_needed INTEGER NOT NULL DEFAULT 1, -- 0: SEV3, "none needed" was written
  is_light_locked INTEGER NOT NULL DEFAULT 1, -- its playbook has no light tone
  is_drill INTEGER NOT NULL DEFAULT 0,
  drill TEXT NOT NULL DEFAULT '{}', -- JSON: stream, speed, score and its parts, log
  review TEXT NOT NULL DEFAULT '{}', -- JSON: cause, went_well, went_badly, public_message …
  report_hash TEXT NOT NULL DEFAULT '' -- SHA-256 of the frozen report
);

CREATE TABLE incident_mention ( -- what belongs to an incident
  incident_id INTEGER NOT NULL REFERENCES incident(id),
  mention_id INTEGER NOT NULL,
  how TEXT NOT NULL, -- alert, rule, hand
  category TEXT NOT NULL DEFAULT '', -- safety, complaint, question … '' = not said
  is_asked INTEGER NOT NULL DEFAULT 0, -- they asked, we promised
  outbox_id INTEGER NOT NULL DEFAULT 0, -- the reply that answered
  at INTEGER NOT NULL,
  PRIMARY KEY(incident_id, mention_id)
) WITHOUT ROWID;

CREATE TABLE fact_item ( -- what has to be known before it is said
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident(id),
  key TEXT NOT NULL, -- of the playbook, or own:N
  gate TEXT NOT NULL, -- holding, serious
  question TEXT NOT NULL,
  answer TEXT NOT NULL DEFAULT '',
  claim TEXT NOT NULL DEFAULT '', -- the sentence that may be published once it is confirmed
  state TEXT NOT NULL DEFAULT 'open', -- open, confirmed, false, unknowable
  checks_after INTEGER NOT NULL DEFAULT 0, -- checks up to this id were of other words
  UNIQUE(incident_id, key)
);

CREATE TABLE fact_check ( -- one look at a fact
  id INTEGER PRIMARY KEY,
  fact_id INTEGER NOT NULL REFERENCES fact_item(id),
  at INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  source_kind TEXT NOT NULL, -- seen, document, person, authority, system, post
  source_ref TEXT NOT NULL, -- two checks with the same one count once
  says TEXT NOT NULL -- yes, no, unclear
);

CREATE TABLE statement ( -- a text for many, in one or several languages
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident(id),
  kind TEXT NOT NULL, -- first, update, nochange, serious, correction, resolution, staff, oneoff
  audience_id INTEGER NOT NULL DEFAULT 0, -- 0 = the public
  mention_id INTEGER NOT NULL DEFAULT 0, -- a one-off answer in a thread
  supersedes_id INTEGER NOT NULL DEFAULT 0, -- a correction: the statement that was wrong
  posture TEXT NOT NULL DEFAULT '',
  posture_reason TEXT NOT NULL DEFAULT '',
  person_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  dropped_at INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE statement_version ( -- immutable once it was approved; a draft is the newest one
  id INTEGER PRIMARY KEY,
  statement_id INTEGER NOT NULL REFERENCES statement(id),
  n INTEGER NOT NULL, -- per statement and language, from 1
  lang TEXT NOT NULL,
  text TEXT NOT NULL, -- as it will be posted
  blocks TEXT NOT NULL DEFAULT '[]', -- JSON list of [block key, text with its slots]
  slot_values TEXT NOT NULL DEFAULT '[]', -- JSON list of [placeholder, value]
  accounts TEXT NOT NULL DEFAULT '[]', -- JSON list of account ids that will speak
  media TEXT NOT NULL DEFAULT '', -- as outbox.attachments
  next_update_at INTEGER NOT NULL DEFAULT 0,
  person_id INTEGER NOT NULL,
  edited_at INTEGER NOT NULL,
  hash TEXT NOT NULL, -- approval hash, kind = the statement's, with the incident's code
  UNIQUE(statement_id, lang, n)
);

CREATE TABLE statement_fact ( -- which text leans on which fact
  version_id INTEGER NOT NULL REFERENCES statement_version(id),
  fact_id INTEGER NOT NULL REFERENCES fact_item(id),
  PRIMARY KEY(version_id, fact_id)
) WITHOUT ROWID;

CREATE TABLE line_approval ( -- an approved reply line, per incident and language
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL DEFAULT 0, -- 0 = in quiet times, for readiness
  playbook TEXT NOT NULL, -- id, or common
  line TEXT NOT NULL, -- key
  lang TEXT NOT NULL,
  text TEXT NOT NULL, -- with its slots, as it was approved
  hash TEXT NOT NULL, -- approval hash, kind "line"
  facts TEXT NOT NULL DEFAULT '[]', -- JSON list of fact_item ids a claim leans on
  at INTEGER NOT NULL,
  person_id INTEGER NOT NULL, -- who prepared it: in pair mode somebody else looks
  is_claim INTEGER NOT NULL DEFAULT 0,
  is_safety INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE silence ( -- the decision to say nothing, for a time
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident(id),
  reason TEXT NOT NULL,
  look_again_at INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE audience ( -- who must hear it from us; kept for all incidents
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  kind TEXT NOT NULL, -- affected, customers, staff, partners, authority, press, families …
  channel TEXT NOT NULL DEFAULT '', -- email, phone, messenger, in_person, notify
  address TEXT NOT NULL DEFAULT '',
  lang TEXT NOT NULL DEFAULT '',
  spokesperson TEXT NOT NULL DEFAULT '',
  contact TEXT NOT NULL DEFAULT '',
  tested_at INTEGER NOT NULL DEFAULT 0, -- when somebody last tried the contact
  is_archived INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE audience_notice ( -- who was told what and when
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident(id),
  audience_id INTEGER NOT NULL REFERENCES audience(id),
  version_id INTEGER NOT NULL DEFAULT 0, -- the text, 0 = in other words
  how TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL,
  person_id INTEGER NOT NULL
);

CREATE TABLE incident_audience ( -- who must be told in this incident
  incident_id INTEGER NOT NULL REFERENCES incident(id),
  audience_id INTEGER NOT NULL REFERENCES audience(id),
  PRIMARY KEY(incident_id, audience_id)
) WITHOUT ROWID;

CREATE TABLE step ( -- the checklist, copied from the playbook when it is declared
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident(id),
  key TEXT NOT NULL,
  phase TEXT NOT NULL,
  role TEXT NOT NULL,
  text TEXT NOT NULL,
  due_at INTEGER NOT NULL DEFAULT 0, -- 0 = no clock
  done_at INTEGER NOT NULL DEFAULT 0,
  person_id INTEGER NOT NULL DEFAULT 0, -- who did it
  note TEXT NOT NULL DEFAULT '',
  skipped_why TEXT NOT NULL DEFAULT ''
);

CREATE TABLE task ( -- what the review found to do
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident(id),
  text TEXT NOT NULL,
  owner_id INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL DEFAULT 0,
  done_at INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE incident_report ( -- written once: as it stood when the incident was closed
  incident_id INTEGER NOT NULL REFERENCES incident(id),
  shape TEXT NOT NULL, -- json, markdown, html
  at INTEGER NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL, -- SHA-256 of the body; in the log too
  PRIMARY KEY(incident_id, shape)
) WITHOUT ROWID;

CREATE TABLE incident_promise ( -- what the public or an audience was promised: the next update
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident(id),
  to_kind TEXT NOT NULL, -- public, audience, silence (to look again); to one asker: promise
  audience_id INTEGER NOT NULL DEFAULT 0,
  version_id INTEGER NOT NULL DEFAULT 0, -- the text that promised
  due_at INTEGER NOT NULL,
  state TEXT NOT NULL, -- open, kept, late, broken
  n_told INTEGER NOT NULL DEFAULT 0, -- signals: 1 ten minutes before, 2 due, 3 five minutes after
  kept_at INTEGER NOT NULL DEFAULT 0,
  kept_by_version INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE playbook_version ( -- a playbook or shared texts of one's own; the newest one counts
  id INTEGER PRIMARY KEY,
  playbook TEXT NOT NULL, -- id, or common
  n INTEGER NOT NULL,
  body TEXT NOT NULL, -- TOML; '' = the built-in one again
  person_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE(playbook, n)
);

CREATE TABLE playbook_read ( -- who has read a playbook to its end
  playbook TEXT NOT NULL,
  person_id INTEGER NOT NULL,
  version TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY(playbook, person_id)
) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX alert_at ON alert(at); -- newest alerts
CREATE INDEX alert_open ON alert(kind, topic) WHERE cleared_at = 0; -- what is loud now
CREATE INDEX alert_incident ON alert(incident_id) WHERE incident_id > 0; -- why it was suspected
CREATE INDEX incident_open ON incident(state)
  WHERE state NOT IN ('closed', 'dismissed'); -- the lock, the banner
CREATE INDEX incident_mention_mention ON incident_mention(mention_id); -- incidents of a row
CREATE INDEX fact_check_fact ON fact_check(fact_id, id); -- checks of a fact
CREATE INDEX statement_incident ON statement(incident_id); -- texts of an incident
CREATE INDEX statement_fact_fact ON statement_fact(fact_id); -- what leans on a fact
CREATE INDEX line_approval_line ON line_approval(incident_id, line, lang); -- is it approved?
CREATE INDEX step_incident ON step(incident_id); -- the checklist
CREATE INDEX task_incident ON task(incident_id); -- what the review found
CREATE INDEX audience_notice_incident ON audience_notice(incident_id); -- who was told
CREATE INDEX incident_promise_due ON incident_promise(due_at)
  WHERE state IN ('open', 'late'); -- signals
CREATE INDEX outbox_incident ON outbox(hold_incident, state)
  WHERE hold_incident IS NOT NULL; -- rows a lock holds
CREATE INDEX outbox_statement ON outbox(statement_version_id)
  WHERE statement_version_id > 0; -- where a statement was published
"""
