"""The queue file: one SQLite file per workspace, one writer, many readers.

2026-11, facts apart from state: `mention` and its versions hold what networks said; `triage`,
labels, notes hold what we decided, so a page fetched again never undoes a decision. Cost: one join
per row shown.
2026-11, the full-text index is contentless: its words are split for CJK before indexing, so they
are not the stored text, and a view with a Python function is refused under `trusted_schema = off`.
Cost: the writer itself sends the old words when a row changes.
2026-11, enums are stored as small integers or short codes; the view `queue_in_words` spells them
out for people who open the file with another tool.
"""
