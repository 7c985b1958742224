"""Playbooks of a workspace: what ships, a person's own copies over it, and the way back."""

import json
import tomllib
import unicodedata
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.playbooks.playbook import COMMON_ID, LANGS, TYPES
from socialdesk.domain.playbooks.playbook_check import FaultKind
from socialdesk.domain.playbooks.playbook_texts import parts_of, with_texts
from socialdesk.engine import playbooks
from socialdesk.engine import queries as q
from socialdesk.engine.commands.playbooks import (
    DropLine,
    MarkPlaybookRead,
    RestorePlaybook,
    SaveOwnLine,
    SavePlaybook,
)
from socialdesk.engine.playbook_toml import playbook_text
from socialdesk.engine.queries.playbooks import (
    ListPlaybooks,
    ListPlaybookVersions,
    ReadPlaybookSheet,
    ReadPrepared,
)
from socialdesk.engine.words.playbooks import note_for
from tests.domain.playbooks.test_playbook_check import RAW, all_texts

SHORT = "Бізде ақау бар: {what}. Келесі хабарлама: {next_update_at}."


def prepared(bench):
    return bench.desk.ask(ReadPrepared()).result()


def sheet(bench, playbook):
    return bench.desk.ask(ReadPlaybookSheet(playbook)).result()


def save(bench, playbook="outage", base="1.0.0", **more):
    return bench.desk.do(SavePlaybook(playbook, base, **more)).result().answer


def refused(bench, command):
    with pytest.raises(CommandError) as told:
        bench.desk.do(command).result()
    return told.value


def test_a_fresh_workspace_has_the_eight_that_ship(bench):
    known = prepared(bench)
    assert [p.id for p in known.playbooks] == list(TYPES)
    assert {p.version for p in known.playbooks} == {known.common.version} == {"1.0.0"}
    rows = bench.desk.ask(ListPlaybooks()).result()
    assert [r.id for r in rows] == [*TYPES, COMMON_ID]
    assert not any(r.is_own or r.reviewed["kk"] for r in rows)


def test_every_text_that_ships_can_be_edited():
    for raw in RAW.values():
        listed = [w for p in parts_of(raw) for text in p.text.values() for w in text.split("\n")]
        assert sorted(listed) == sorted(t for t in all_texts(raw) if "\n" not in t)


def test_a_file_written_out_reads_back_the_same():
    for raw in RAW.values():
        assert tomllib.loads(playbook_text(raw)) == raw


@given(st.dictionaries(st.text(max_size=4), st.text(max_size=9) | st.integers() | st.booleans()))
def test_any_words_survive_the_file(words):
    made = {"a": words, "b": [words, words], "c": list(map(str, words.values()))}
    assert tomllib.loads(playbook_text(made)) == made


def test_an_own_copy_wins_by_its_id_and_others_stay(bench):
    answer = save(bench, texts=(("title", "kk", "Біздің ақау"), ("holding.short", "kk", SHORT)))
    assert answer == {"version": "1.0.0+1"}
    own = prepared(bench).find("outage")
    assert (own.title["kk"], own.holding["kk"].short) == ("Біздің ақау", SHORT)
    assert own.version == "1.0.0+1"
    assert own.title["ru"] == "Сбой сервиса"
    assert prepared(bench).find("recall").version == "1.0.0"


def test_severity_light_tone_and_minutes_are_ones_own_too(bench):
    save(bench, values=(("sev_default", 1), ("humour", 1), ("step.workaround.due_min", 5)))
    own = prepared(bench).find("outage")
    assert (own.sev_default, own.humour, own.steps[0].due_min) == (1, True, 5)
    assert own.steps[1].due_min == 60


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (("sev_default", 4), CommandFault.BAD_INPUT),
        (("step.workaround.due_min", -2), CommandFault.BAD_INPUT),
        (("step.nothing.due_min", 5), CommandFault.NOT_FOUND),
        (("cluster", 1), CommandFault.NOT_FOUND),
    ],
)
def test_a_value_that_cannot_be_is_refused(bench, value, fault):
    error = refused(bench, SavePlaybook("outage", "1.0.0", values=(value,)))
    assert error.fault is fault


def test_words_are_kept_composed(bench):
    apart = unicodedata.normalize("NFD", "Сбой: ёлка й")
    save(bench, texts=(("title", "ru", apart),))
    assert prepared(bench).find("outage").title["ru"] == "Сбой: ёлка й"


def test_restore_gives_the_one_that_ships_and_keeps_the_versions(bench):
    save(bench, texts=(("title", "en", "Our outage"),), reviewed=("en", "ru"))
    bench.desk.do(RestorePlaybook("outage")).result()
    assert prepared(bench).find("outage") == playbooks.shipped_playbook("outage")
    versions = bench.desk.ask(ListPlaybookVersions("outage")).result()
    assert [(v.n, v.is_restore) for v in versions] == [(2, True), (1, False)]
    assert [(c.key, c.lang, c.old, c.new) for c in versions[1].changes] == [
        ("title", "en", "Service outage", "Our outage")
    ]
    assert versions[0].changes[0].new == "Service outage"
    assert refused(bench, RestorePlaybook("outage")).fault is CommandFault.NOTHING_TO_UNDO
    assert save(bench, texts=(("title", "en", "Again"),)) == {"version": "1.0.0+3"}


def test_the_shared_texts_are_ones_own_too(bench):
    save(bench, "common", texts=(("lint.blame", "en", "sabotage\n their fault \n"),))
    assert prepared(bench).common.lint["blame"]["en"] == ("sabotage", "their fault")
    assert prepared(bench).common.version == "1.0.0+1"
    assert len(prepared(bench).playbooks) == 8


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((("holding.sorry", "en", "Sorry."),), "same places"),
        ((("holding.sorry", "en", "Sorry: {what"),), "brace"),
        ((("holding.sorry", "en", "Sorry: {whatever}."),), "{whatever}"),
        ((("title", "en", " "),), "empty"),
        ((("holding.short", "en", "{what} {next_update_at} " + "a" * 280),), "280"),
        ((("watch", "en", ""),), "watch"),
    ],
)
def test_what_the_load_check_refuses_is_not_saved(bench, texts, said):
    error = refused(bench, SavePlaybook("outage", "1.0.0", texts))
    assert error.fault is CommandFault.BAD_INPUT
    assert said in error.facts["what"]
    assert bench.desk.ask(ListPlaybookVersions("outage")).result() == []


def test_a_place_can_leave_all_languages_together(bench):
    edits = tuple(("holding.sorry", lang, "Sorry.") for lang in LANGS)
    save(bench, texts=edits)
    assert prepared(bench).find("outage").holding["ru"].sorry == "Sorry."


def test_two_people_do_not_overwrite_each_other(bench):
    save(bench, texts=(("title", "en", "First"),))
    error = refused(bench, SavePlaybook("outage", "1.0.0", (("title", "en", "Second"),)))
    assert error.fault is CommandFault.CHANGED_SINCE
    assert prepared(bench).find("outage").title["en"] == "First"


@pytest.mark.parametrize(
    "command",
    [
        SavePlaybook("flood", "1.0.0"),
        SavePlaybook("outage", "1.0.0", (("holding.nothing", "en", "x"),)),
        SavePlaybook("outage", "1.0.0", (("title", "de", "x"),)),
        RestorePlaybook("../outage"),
        MarkPlaybookRead("flood", "1.0.0"),
        DropLine("outage", "1.0.0", "nothing"),
    ],
)
def test_what_is_not_there_is_not_found(bench, command):
    assert refused(bench, command).fault is CommandFault.NOT_FOUND


def test_a_native_speaker_is_noted_for_this_playbook_alone(bench):
    save(bench, reviewed=("en", "ru", "kk"))
    assert prepared(bench).find("outage").is_reviewed("kk")
    assert not prepared(bench).find("recall").is_reviewed("kk")
    assert not prepared(bench).common.is_reviewed("kk")
    save(bench, base="1.0.0+1", texts=(("title", "kk", "Ақау!"),), reviewed=("en", "ru"))
    assert not prepared(bench).find("outage").is_reviewed("kk")


def test_the_note_stays_until_both_files_were_read(bench):
    def note():
        known = prepared(bench)
        return note_for("kk", known.common, known.find("outage"))

    assert note() == "not yet read by a native speaker" == note_for("kk", prepared(bench).common)
    save(bench, reviewed=LANGS)
    assert note()
    save(bench, "common", reviewed=LANGS)
    assert note() == "" == note_for("ru", prepared(bench).common)


def test_a_line_of_ones_own_comes_and_goes(bench):
    texts = ("{name}, we are open.", "{name}, мы открыты.", "{name}, біз ашықпыз.")
    bench.desk.do(SaveOwnLine("outage", "1.0.0", "open", texts, is_claim=True)).result()
    known = prepared(bench)
    line = known.find("outage").lines[-1]
    assert line.key == "open"
    assert (line.text["kk"], line.is_claim, line.is_safety) == (texts[2], True, False)
    bench.desk.do(SaveOwnLine("outage", "1.0.0+1", "open", texts, is_claim=False)).result()
    line = prepared(bench).find("outage").lines[-1]
    assert line.key == "open" and not line.is_claim
    assert not prepared(bench).find("outage").is_reviewed("en")  # new words
    assert len(prepared(bench).find("outage").lines) == 4
    bench.desk.do(DropLine("outage", "1.0.0+2", "open")).result()
    assert "open" not in {line.key for line in prepared(bench).find("outage").lines}


def test_a_line_in_two_languages_is_refused(bench):
    error = refused(bench, SaveOwnLine("outage", "1.0.0", "open", ("Open.", "Открыто.")))
    assert error.fault is CommandFault.BAD_INPUT
    assert "line.open.kk" in error.facts["what"]


def test_who_has_read_which_version_is_kept(bench):
    bench.desk.do(MarkPlaybookRead("outage", "1.0.0")).result()
    rows = {r.id: r for r in bench.desk.ask(ListPlaybooks()).result()}
    assert rows["outage"].read_by and rows["outage"].read_at == bench.clock.now
    assert rows["recall"].read_by == ()
    save(bench, texts=(("title", "en", "Changed"),))
    assert sheet(bench, "outage").row.read_by == ()  # these words nobody has read


def test_a_save_stands_in_the_journal_without_its_words(bench):
    save(bench, texts=(("title", "en", "Secret words"),))
    entry = bench.desk.ask(q.ReadJournal(1)).result()[0]
    assert entry.kind == "playbook_saved"
    data = json.loads(entry.data)
    assert data["playbook"] == "outage" and len(data["hash"]) == 64
    assert "Secret" not in str(entry.data)


def damaged(bench, body):
    def write(tx):
        tx.conn.execute(
            "INSERT INTO playbook_version(playbook, n, body, person_id, at, hash)"
            " VALUES ('outage', 1, ?, 1, 0, '')",
            (body,),
        )

    bench.desk._writer.submit(write).result()


def test_a_copy_that_cannot_be_read_leaves_the_one_that_ships_and_says_so(bench):
    damaged(bench, "schema = 1\nid = ")
    assert prepared(bench).find("outage").version == "1.0.0"
    assert sheet(bench, "outage").faults[0].kind is FaultKind.NOT_TOML
    assert save(bench, texts=(("title", "en", "New"),)) == {"version": "1.0.0+2"}
    assert sheet(bench, "outage").faults == ()


def test_an_incident_keeps_the_version_it_was_declared_with(bench):
    save(bench, texts=(("title", "en", "One"),))
    save(bench, base="1.0.0+1", texts=(("title", "en", "Two"),))

    def title(version):
        found = bench.desk._readers.here(
            lambda conn: playbooks.read_playbook_of(conn, "outage", version)
        )
        return found.title["en"]

    assert title("1.0.0") == "Service outage"
    assert title("1.0.0+1") == "One"
    assert title("1.0.0+9") == title("0.9.0") == title("") == "Two"


def test_asking_again_costs_no_parsing(bench):
    save(bench, texts=(("title", "en", "Own"),))
    first, again = prepared(bench), prepared(bench)
    assert all(a is b for a, b in zip(first.playbooks, again.playbooks, strict=True))
    assert first.common is again.common


def test_an_edit_touches_nothing_of_the_file_it_came_from():
    before = deepcopy(RAW["outage"])
    made = with_texts(RAW["outage"], [("line.back", "en", "x"), ("watch", "en", "x")])
    assert RAW["outage"] == before != made
