"""People across networks: made lazily, changed, found, undone."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands import Undo
from socialdesk.engine.commands import contacts as c
from socialdesk.engine.handlers import HANDLERS
from socialdesk.store.contacts import contact_rows, contacts, merges
from socialdesk.store.triage import acts
from tests.makers import a_mention, an_author


def do(file, command, person=1):
    """The command's answer."""
    return file.write(lambda tx: HANDLERS[type(command)](tx, command, person))[1]


def undo(file, person=1):
    return file.write(lambda tx: acts.undo(tx, person))


def author_of(file, mention):
    return file.sql("SELECT author_id FROM mention WHERE id = ?", mention)[0][0]


@pytest.fixture
def ann(file):
    (id,) = file.save(a_mention("Is the rye bread back?", author="ann"))
    return author_of(file, id)


def tables(file):
    """All that is known of people, for before and after."""
    names = ("contact", "contact_field", "contact_label", "contact_note", "contact_merge")
    rows = {n: sorted(file.sql(f"SELECT * FROM {n}")) for n in names}
    rows["contact"] = [(*row[:5], *row[6:]) for row in rows["contact"]]  # without changed_at
    rows["author"] = file.sql("SELECT id, contact_id FROM author ORDER BY id")
    return rows


def test_a_note_makes_a_person_of_an_author(file, ann):
    before = tables(file)
    answer = do(file, c.AddContactNote("Prefers to be called", author_id=ann))
    who = file.read(contact_rows.read_person, author=ann)
    assert who.contact_id == answer["contact_id"] > 0
    assert who.profile.name == "Ann"
    assert [n.text for n in who.notes] == ["Prefers to be called"]
    undo(file)
    assert tables(file) == before


def test_an_author_without_a_contact_is_shown_too(file, ann):
    who = file.read(contact_rows.read_person, author=ann)
    assert who.contact_id == 0
    assert who.n_mentions == 1
    assert who.authors[0].handle == "@ann@pond.example"


def test_undo_goes_past_people_that_somebody_changed_since(file, ann):
    do(file, c.AddContactNote("Older", author_id=ann))
    contact = do(file, c.SaveContact("Ann Lee"))["contact_id"]
    do(file, c.AddContactNote("Ben's word", contact_id=contact), person=2)
    with pytest.raises(CommandError) as refused:
        undo(file)
    assert refused.value.fault is CommandFault.CHANGED_SINCE
    before = tables(file)
    past = file.write(lambda tx: acts.undo(tx, 1, past=int(refused.value.facts["act"])))
    assert past.n_left > 0
    assert tables(file) == before
    undo(file)
    assert file.sql("SELECT text FROM contact_note") == [("Ben's word",)]


def test_saving_replaces_fields_and_undo_gives_them_back(file):
    first = do(file, c.SaveContact("Ann Lee", fields=(("email", "Ann@Pond.example"),)))
    before = tables(file)
    id = first["contact_id"]
    fields = (("phone", "tel:+7 701 000"), ("url", "https://ann.example"))
    do(file, c.SaveContact("Ann B. Lee", "Bakers", "email", "", fields, contact_id=id))
    who = file.read(contact_rows.read_person, contact=id)
    assert who.profile.fields == (("phone", "+7 701 000"), ("url", "https://ann.example"))
    assert who.profile.org == "Bakers"
    undo(file)
    assert tables(file) == before
    file.write(lambda tx: acts.redo(tx, 1))
    assert file.read(contact_rows.read_person, contact=id).profile == who.profile


def test_labels_are_put_on_and_taken_off(file, ann):
    id = do(file, c.LabelContact("press", author_id=ann))["contact_id"]
    do(file, c.LabelContact("Regular", contact_id=id))
    assert file.read(contact_rows.read_person, contact=id).labels == ("press", "Regular")
    do(file, c.LabelContact("PRESS", is_on=False, contact_id=id))
    assert file.read(contact_rows.read_person, contact=id).labels == ("Regular",)
    undo(file)
    assert file.read(contact_rows.read_person, contact=id).labels == ("press", "Regular")


def test_undo_of_the_first_act_stops_where_somebody_added_more(file, ann):
    id = do(file, c.MakeContact(ann), person=1)["contact_id"]
    do(file, c.AddContactNote("By Ben", contact_id=id), person=2)
    with pytest.raises(CommandError) as caught:
        undo(file, person=1)
    assert caught.value.fault is CommandFault.CHANGED_SINCE
    assert file.read(contact_rows.read_person, contact=id).notes[0].text == "By Ben"


@pytest.mark.parametrize("name", ["", "  ", "\x00\x1f"])
def test_a_person_needs_a_name(file, name):
    with pytest.raises(CommandError) as caught:
        do(file, c.SaveContact(name))
    assert caught.value.fault is CommandFault.BAD_INPUT
    assert file.sql("SELECT count(*) FROM contact") == [(0,)]


def test_marks_go_to_all_authors_of_a_person(file, ann):
    (other,) = file.save(a_mention(author=an_author("ann2")))
    id = do(file, c.MakeContact(ann))["contact_id"]
    do(file, c.LinkAuthor(author_of(file, other), id))
    do(file, c.MarkContact(is_vip=1, contact_id=id))
    assert [a.is_vip for a in file.read(contact_rows.read_person, contact=id).authors] == [True] * 2
    undo(file)
    assert not file.read(contact_rows.read_person, contact=id).is_vip


def test_the_list_is_by_name_and_finds_names_fields_and_handles(file, ann):
    zoe = do(file, c.SaveContact("Zoë Ångström", "Ölmühle"))["contact_id"]
    boris = do(file, c.SaveContact("Ёлкин Борис", fields=(("email", "b@pond.example"),)))
    linked = do(file, c.MakeContact(ann))["contact_id"]
    find = lambda text="": list(file.read(contact_rows.list_ids, text))  # noqa: E731
    assert find() == [linked, zoe, boris["contact_id"]]
    assert find("zoe olmuhle") == [zoe]
    assert find("елкин") == [boris["contact_id"]]
    assert find("b@pond") == [boris["contact_id"]]
    assert find("@ann@pond") == [linked]
    assert find("100%_") == []
    do(file, c.LabelContact("two words", contact_id=zoe))
    assert find('label:"two words"') == [zoe]
    do(file, c.LabelContact("Әріптес", contact_id=zoe))
    assert find("label:ӘРІПТЕС") == [zoe]
    assert find("label:none") == []


def test_rows_show_the_last_words_and_gone_ones_blank(file, ann):
    file.save(a_mention("And the sourdough?", author="ann"))
    id = do(file, c.MakeContact(ann))["contact_id"]
    row, gone = file.read(contact_rows.read_rows, [id, 999])
    assert (row.name, row.n_mentions, row.networks) == ("Ann", 2, ("mastodon",))
    assert row.last_words == "And the sourdough?"
    assert gone.name == ""


def test_what_was_said_comes_in_pages_with_our_answers(file, ann):
    ids = [author_mention for author_mention in file.fill(7, author="ann")]
    file.execute(
        "INSERT INTO outbox(mention_id, account_id, state, text, hash, person_id, made_at,"
        " dedupe_key, checksum, sent_at) VALUES (?, 1, 'sent', 'Yes, daily.', '', 1, 5, 'k', 0, 9)",
        ids[3],
    )
    first = file.read(contact_rows.list_said, author=ann, limit=5)
    rest = file.read(contact_rows.list_said, author=ann, before=first[-1].mention_id, limit=5)
    said = [s.mention_id for s in (*first, *rest)]
    assert said == sorted(said, reverse=True)
    assert len(said) == 8
    assert {s.mention_id: s.replies for s in (*first, *rest)}[ids[3]] == ((9, "Yes, daily."),)


def test_a_merge_shows_both_and_can_be_undone(file, ann):
    kept = do(file, c.SaveContact("Ann Lee", fields=(("email", "ann@pond.example"),)))["contact_id"]
    before = tables(file)
    do(file, c.MergePeople(contact_id=kept, from_author_id=ann, why="name"))
    who = file.read(contact_rows.read_person, author=ann)
    assert who.contact_id == kept
    assert [m.name for m in who.merges] == ["Ann"]
    assert len(who.authors) == 1
    undo(file)
    assert tables(file) == before


def test_nobody_is_merged_with_themselves(file, ann):
    id = do(file, c.MakeContact(ann))["contact_id"]
    with pytest.raises(CommandError):
        do(file, c.MergePeople(contact_id=id, from_author_id=ann))


def test_suggestions_say_why_and_change_nothing(file):
    one = do(file, c.SaveContact("Ann", fields=(("email", "ann@pond.example"),)))["contact_id"]
    two = do(file, c.SaveContact("A. Lee", fields=(("email", "ANN@pond.example"),)))["contact_id"]
    before = tables(file)
    (found,) = file.read(merges.suggest)
    assert {found.one.contact_id, found.other.contact_id} == {one, two}
    assert found.reasons == (("email", "ann@pond.example"),)
    assert tables(file) == before
    do(file, c.MergePeople(contact_id=one, from_contact_id=two))
    assert file.read(merges.suggest) == []


def test_the_same_handle_and_name_on_two_networks_is_suggested(file, ann):
    file.execute(
        "INSERT INTO author(network, remote_id, handle, name, first_seen_at)"
        " VALUES ('bluesky', 'did:x', 'annlee.sky.example', 'Ann Lee', 1),"
        " ('mastodon', 'https://m.example/1', '@annlee@m.example', 'Ann Lee', 1)"
    )
    (found,) = file.read(merges.suggest)
    assert found.reasons == (("handle", "annlee"), ("name", "Ann Lee"))
    assert {found.one.networks, found.other.networks} == {("bluesky",), ("mastodon",)}
    assert file.read(merges.suggest, author=ann) == []


def test_undo_is_one_word_away(file, ann):
    do(file, c.MakeContact(ann))
    assert do(file, Undo())["kind"] == "contact_saved"
    assert file.read(contacts.contact_of, ann) == 0


def test_saving_over_a_merged_person_takes_fields_from_where_they_lie(file, ann):
    kept = do(file, c.SaveContact("Ann", fields=(("email", "a@pond.example"),)))["contact_id"]
    other = do(file, c.SaveContact("Lee", fields=(("email", "b@pond.example"),)))["contact_id"]
    do(file, c.MergePeople(contact_id=kept, from_contact_id=other))
    do(file, c.SaveContact("Ann", fields=(("email", "a@pond.example"),), contact_id=kept))
    assert file.read(contacts.fields_of, kept) == (("email", "a@pond.example"),)
    undo(file)
    do(file, c.UnmergePeople(other))
    assert file.read(contacts.fields_of, other) == (("email", "b@pond.example"),)
    assert file.read(contact_rows.read_person, contact=kept).profile.name == "Ann"


@pytest.mark.parametrize(
    "statement",
    [
        contact_rows._LABELS,
        contact_rows._NOTES,
        contact_rows._MERGES,
        contact_rows._AUTHORS_OF_ROWS,
    ],
)
def test_nothing_about_a_page_of_people_walks_a_whole_table(file, statement):
    plan = file.read(
        lambda conn: conn.execute(
            f"EXPLAIN QUERY PLAN {statement}", {"ids": "[1, 2]", "most": 9}
        ).fetchall()
    )
    walked = {row[3].split()[1] for row in plan if row[3].startswith("SCAN")}
    assert not walked & {"a", "c", "f", "g", "l", "n", "x", "author", "contact", "mention"}
