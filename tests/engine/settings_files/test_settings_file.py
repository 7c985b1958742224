"""Settings as one file: whole, checked, all or nothing, taken back, and without a secret."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.targets import Targets
from socialdesk.domain.times.hours_text import HoursText
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import SaveView, SetSetting
from socialdesk.engine.commands.settings_file import (
    ExportSettings,
    ImportSettings,
    PreviewSettings,
    TakeBackSettings,
)
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListLabels, ListSavedViews, ReadJournal, ReadSettings
from socialdesk.engine.settings import KNOWN
from socialdesk.engine.settings_files.file import (
    CARRIED,
    STAYS,
    SettingsFileError,
    SetUp,
    ViewText,
    changes,
    packed,
    parsed,
)
from socialdesk.engine.settings_files.words import fault
from socialdesk.networks import http
from socialdesk.store import people
from socialdesk.store import settings as stored
from socialdesk.store.triage import labels
from tests.fakes import HandClock

CANARY = "canary-5e3f9a"
HOURS = HoursText("Asia/Almaty", ("09:00-18:00",) * 5 + ("", ""), ("2026-12-31",)).packed()
ONE = SetUp(
    {"theme": "dark", "hold_s": "20", "hours": HOURS},
    {"feeds": 1440},
    {"press": 15},
    {"next": "n"},
    (ViewText("Money", "refund", "", "once"), ViewText("Money", "invoice")),
)

NewDesk = Callable[[str], InlineDesk]


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[NewDesk]:
    made: list[InlineDesk] = []

    def make(name: str) -> InlineDesk:
        home = Path(tempfile.mkdtemp(prefix=name, dir=tmp_path))
        outside = Outside({}, http.session, lambda _: NoKeyring(""))  # type: ignore[arg-type]
        made.append(InlineDesk(home / "workspace.db", home / "backups", HandClock(), outside))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(new_desk: NewDesk) -> InlineDesk:
    return new_desk("a")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def exported(desk: InlineDesk, file: Path) -> bytes:
    desk.do(ExportSettings(str(file))).result()
    return file.read_bytes()


def brought_in(desk: InlineDesk, file: Path, content: SetUp | bytes) -> dict[str, Any]:
    file.write_bytes(packed(content) if isinstance(content, SetUp) else content)
    return dict(desk.do(ImportSettings(str(file))).result().answer)


def kept(desk: InlineDesk) -> dict[str, str]:
    """What a person set."""
    found = desk.ask(ReadSettings()).result()
    return {k: v for k, v in found.items() if k in KNOWN or k.startswith("keys.")}


def test_of_every_setting_it_was_decided_whether_it_goes_along() -> None:
    assert set(CARRIED) | set(STAYS) == set(KNOWN)
    assert not set(CARRIED) & set(STAYS)
    assert all(STAYS.values())


def test_a_file_brings_a_whole_set_up_to_a_new_workspace(desk: InlineDesk, file: Path) -> None:
    assert brought_in(desk, file, ONE)["n"] == 8
    label = desk.ask(ListLabels()).result()[0]
    assert (label.name, kept(desk)) == (
        "press",
        {"theme": "dark", "hold_s": "20", "hours": HOURS, "keys.next": "n",
         "targets": Targets((("feeds", 1440),), ((label.id, 15),)).packed()},
    )  # fmt: skip
    views = [(v.name, v.search, v.notice) for v in desk.ask(ListSavedViews()).result()]
    assert views == [("Money", "refund", "once"), ("Money", "invoice", "")]
    assert exported(desk, file) == packed(ONE)


def test_what_the_file_does_not_name_goes_back_to_its_default(desk: InlineDesk, file: Path) -> None:
    for key, value in (("policy", "templates"), ("keys.done", "d"), ("sender", "off")):
        desk.do(SetSetting(key, value)).result()
    brought_in(desk, file, SetUp({"theme": "dark"}))
    assert kept(desk) == {"theme": "dark", "sender": "off"}  # a switch of the moment stays


def test_a_part_that_is_left_out_stays(desk: InlineDesk, file: Path) -> None:
    brought_in(desk, file, ONE)
    before = kept(desk)
    brought_in(desk, file, b'{"socialdesk_settings": 1}')
    assert kept(desk) == before
    brought_in(desk, file, b'{"socialdesk_settings": 1, "keys": {}}')
    assert kept(desk) == {k: v for k, v in before.items() if not k.startswith("keys.")}


def test_a_preview_says_what_would_change_and_changes_nothing(desk: InlineDesk, file: Path) -> None:
    desk.do(SetSetting("theme", "light")).result()
    file.write_bytes(packed(SetUp({"theme": "dark"}, views=(ViewText("Money", "refund"),))))
    answer = desk.do(PreviewSettings(str(file))).result().answer
    assert answer["changes"] == [
        ["setting", "theme", "light", "dark"], ["view", "Money", "", "refund"],
    ]  # fmt: skip
    assert kept(desk) == {"theme": "light"}
    desk.do(ImportSettings(str(file), answer["digest"])).result()
    assert kept(desk) == {"theme": "dark"}


@pytest.mark.parametrize("what", ["file", "settings"])
def test_what_was_not_looked_at_is_not_brought_in(desk: InlineDesk, file: Path, what: str) -> None:
    file.write_bytes(packed(ONE))
    digest = desk.do(PreviewSettings(str(file))).result().answer["digest"]
    if what == "file":
        file.write_bytes(packed(SetUp({"theme": "light"})))
    else:
        desk.do(SetSetting("hold_s", "5")).result()
    before = kept(desk)
    with pytest.raises(CommandError) as refused:
        desk.do(ImportSettings(str(file), digest)).result()
    assert "Look again" in str(refused.value.facts["what"])
    assert kept(desk) == before


def test_an_import_is_taken_back_as_a_whole(desk: InlineDesk, file: Path) -> None:
    desk.do(SetSetting("policy", "templates")).result()
    desk.do(SaveView("Money", "cash")).result()
    before = exported(desk, file)
    brought_in(desk, file, ONE)
    desk.do(TakeBackSettings()).result()
    assert exported(desk, file) == before
    with pytest.raises(CommandError) as refused:
        desk.do(TakeBackSettings()).result()
    assert refused.value.fault is CommandFault.NOTHING_TO_UNDO


def test_what_was_changed_since_is_not_taken_back(desk: InlineDesk, file: Path) -> None:
    brought_in(desk, file, ONE)
    desk.do(SetSetting("theme", "light")).result()
    before = kept(desk)
    with pytest.raises(CommandError) as refused:
        desk.do(TakeBackSettings()).result()
    assert refused.value.fault is CommandFault.CHANGED_SINCE
    assert kept(desk) == before


def test_the_journal_says_that_it_was_done(desk: InlineDesk, file: Path) -> None:
    brought_in(desk, file, ONE)
    (entry,) = desk.ask(ReadJournal(kind="settings_imported")).result()
    assert json.loads(entry.data) == {"n": 8}


def test_the_same_again_changes_nothing(desk: InlineDesk, file: Path) -> None:
    brought_in(desk, file, ONE)
    n = len(desk.ask(ReadJournal()).result())
    assert brought_in(desk, file, ONE) == {"n": 0}
    assert len(desk.ask(ReadJournal()).result()) == n


BAD = {
    b"": "line 1 is not JSON",
    b'{"socialdesk_settings": 1,\n"keys": {],}': "line 2 is not JSON",
    b"[1]": "another version",
    b"{}": "another version",
    b'{"socialdesk_settings": 2}': "another version",
    b'{"socialdesk_settings": true}': "another version",
    b'{"socialdesk_settings": 1, "rules": []}': "«rules» is nothing",
    b'{"socialdesk_settings": 1, "views": {}}': "«views» is nothing",
    b'{"socialdesk_settings": 1, "settings": {"sender": "on"}}': "«sender» is nothing",
    b'{"socialdesk_settings": 1, "settings": {"release_feed": "https://a.example"}}': "nothing",
    b'{"socialdesk_settings": 1, "settings": {"theme": "blue"}}': "system, light, dark",
    b'{"socialdesk_settings": 1, "settings": {"hold_s": "500"}}': "from 0 to 120",
    b'{"socialdesk_settings": 1, "settings": {"crisis_mute_h": "169"}}': "from 1 to 168",
    b'{"socialdesk_settings": 1, "settings": {"crisis_post_red_percent": "20"}}': (
        "«crisis_post_red_percent» lies below «crisis_post_amber_percent»"
    ),
    b'{"socialdesk_settings": 1, "settings": {"hold_s": 5}}': "«hold_s» cannot be «5»",
    b'{"socialdesk_settings": 1, "settings": {"hours": "9-5"}}': "set it in Settings",
    b'{"socialdesk_settings": 1, "settings": {"alarm_words": "a\\u0000"}}': "alarm_words",
    b'{"socialdesk_settings": 1, "settings": {"alarm_words": "\\ud800"}}': "alarm_words",
    b'{"socialdesk_settings": 1, "settings": {"theme": "dark", "theme": "light"}}': "twice",
    b'{"socialdesk_settings": 1, "targets": {"networks": {"feeds": 3}}}': "5 to 10080",
    b'{"socialdesk_settings": 1, "targets": {"labels": {"": 30}}}': "5 to 10080",
    b'{"socialdesk_settings": 1, "keys": {"next": ""}}': "the key of «next»",
    b'{"socialdesk_settings": 1, "views": [{"name": "A"}]}': "saved view 1",
    b'{"socialdesk_settings": 1, "views": [{"name": "A", "search": "", "order": "up"}]}': "view 1",
    b" " * 1_048_577: "too large",
}


@pytest.mark.parametrize(("content", "said"), BAD.items(), ids=range(len(BAD)))
def test_a_bad_file_is_refused_with_the_line_that_is_wrong(content: bytes, said: str) -> None:
    with pytest.raises(SettingsFileError) as refused:
        parsed(content)
    assert said in fault(refused.value)


def test_limits_that_fit_together_come_in_whatever_was_before(
    desk: InlineDesk, file: Path
) -> None:  # fmt: skip
    low = {"crisis_post_amber_percent": "10", "crisis_post_red_percent": "20"}
    high = {"crisis_post_amber_percent": "60", "crisis_post_red_percent": "70",
            "crisis_post_inviting_percent": "60"}  # fmt: skip
    for wanted in (low, high, low):
        brought_in(desk, file, SetUp(wanted))
        assert kept(desk) == wanted


def test_of_a_bad_file_nothing_is_brought_in(desk: InlineDesk, file: Path) -> None:
    desk.do(SetSetting("theme", "light")).result()
    half = b'{"socialdesk_settings": 1, "settings": {"hold_s": "5"}, "views": [{"name": "A"}]}'
    with pytest.raises(CommandError) as refused:
        brought_in(desk, file, half)
    assert "saved view 1" in str(refused.value.facts["what"])
    assert kept(desk) == {"theme": "light"}


def test_a_file_that_is_not_there_is_named(desk: InlineDesk, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        desk.do(ImportSettings(str(tmp_path / "none.json"))).result()
    assert "«none.json» cannot be read" in str(refused.value.facts["what"])


# --- any set-up, any file ---

_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)
_NAME = _TEXT.map(lambda text: " ".join(text.split())).filter(bool)
_LABEL = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
_MINUTES = st.one_of(st.just(0), st.integers(5, 10_080))
_VALUES = {
    "theme": st.sampled_from(["light", "dark"]),
    "hold_s": st.integers(0, 120).map(str),
    "notice_reach": st.integers(0, 10**9).map(str),
    "crisis_mute_h": st.integers(1, 168).map(str),
    "crisis_post_red_percent": st.integers(30, 90).map(str),
    "alarm_words": _TEXT,
    "hours": st.just(HOURS),
    "quiet_hours": st.just(HOURS),
    "careful_days": st.just("12-16 Independence Day\n01-01 New Year"),
}
SET_UPS = st.builds(
    SetUp,
    st.fixed_dictionaries({}, optional=_VALUES).map(
        lambda d: {k: v for k, v in d.items() if v != KNOWN[k].default}
    ),
    st.dictionaries(_NAME, _MINUTES, max_size=3),
    st.dictionaries(_LABEL, _MINUTES, max_size=3),
    st.dictionaries(st.sampled_from(["next", "done", "reply"]), _NAME, max_size=3),
    st.lists(st.builds(ViewText, _NAME, _TEXT, st.sampled_from(["", "newest"]),
                       st.sampled_from(["", "once", "repeat"])), max_size=4).map(tuple),
)  # fmt: skip


@given(SET_UPS)
def test_what_is_written_is_read_the_same(made: SetUp) -> None:
    assert parsed(packed(made)) == made
    assert changes(made, parsed(packed(made))) == []


@given(SET_UPS)
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture],
          deadline=None)  # fmt: skip
def test_out_and_in_and_out_again_is_the_same_file(
    new_desk: NewDesk, tmp_path: Path, made: SetUp
) -> None:
    one, other, file = new_desk("one"), new_desk("other"), tmp_path / "round.json"
    brought_in(one, file, made)
    first = exported(one, file)
    other.do(ImportSettings(str(file))).result()
    assert exported(other, file) == first == packed(made)
    for desk in (one, other):
        desk.close()


@given(SET_UPS, st.data())
def test_a_file_that_was_changed_anywhere_is_read_or_refused_in_words(
    made: SetUp, data: st.DataObject
) -> None:
    raw = bytearray(packed(made))
    for at in data.draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=4)):
        raw[at] = data.draw(st.integers(0, 255))
    try:
        parsed(bytes(raw))
    except SettingsFileError as e:
        assert fault(e)


@pytest.mark.promise(13)
def test_no_secret_of_the_workspace_is_in_the_file(desk: InlineDesk, file: Path) -> None:
    """Every setting that stays, what the program keeps for itself, and a PIN's hash."""

    def fill(tx: Any) -> None:
        for key in (*STAYS, "workspace_id", "settings_before", "release_seen", "oauth_client"):
            tx.conn.execute(
                "INSERT OR REPLACE INTO setting(key, value) VALUES (?, ?)",
                (key, f"{CANARY}-{key}"),
            )  # fmt: skip
        tx.conn.execute("UPDATE person SET name = ?", (CANARY,))
        labels.find_or_make(tx, CANARY)  # no target: a label's name alone does not go along
        stored.put(tx, "here", "1")

    desk._writer.submit(fill).result()
    assert desk._readers.here(lambda conn: people.list_people(conn))[0].name == CANARY
    desk.do(SetSetting("theme", "dark")).result()
    written = exported(desk, file)
    assert CANARY.encode() not in written and b"dark" in written
    assert file.stat().st_mode & 0o077 == 0
