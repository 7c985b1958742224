"""An approved text through a notify service on loopback; anything else is refused. Where its answer
was lost, a person decides."""

import json
import os
import signal
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError
from socialdesk.engine.commands.statements import (
    NoteAudienceTold,
    NotifyAudience,
    SaveAudience,
    SetNotifyAddress,
)
from socialdesk.engine.crisis import notify
from socialdesk.engine.crisis.service_call import Outcome
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries.crisis import ListAudiences
from socialdesk.networks import http
from socialdesk.store import journal
from tests.engine.keyring import Keyring
from tests.fakes import HandClock

HASH = "a" * 64
HANGS_UP = 0  # in place of a status: the words came, and their sender never hears of it
needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the killed engine is a fork; this system has none"
)


class Service(BaseHTTPRequestHandler):
    """What came, and how it is answered."""

    came: list[dict[str, str]]
    code: int
    address: str

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).came.append(json.loads(body))
        if type(self).code == HANGS_UP:
            return
        self.send_response(type(self).code)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service():
    class Handler(Service):
        pass

    Handler.came, Handler.code = [], 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    Handler.address = f"json://user:geheim@127.0.0.1:{server.server_port}/hook"
    yield Handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def kept() -> Keyring:
    return Keyring()


def open_desk(folder: Path, kept: Keyring) -> InlineDesk:
    outside = Outside({}, http.session, lambda name: kept)
    return InlineDesk(folder / "w.db", folder / "backups", HandClock(), outside)


@pytest.fixture
def desk(tmp_path, kept):
    made = open_desk(tmp_path, kept)
    yield made
    made.close()


@pytest.fixture
def audience(desk) -> int:
    answer = desk.do(SaveAudience("Team", "staff")).result().answer
    return int(answer["audience_id"])


@pytest.fixture
def version(desk) -> int:
    """A statement whose text was approved."""

    def write(tx) -> None:
        tx.conn.execute("INSERT INTO incident(id, code, state) VALUES (1, 'INC-1', 'declared')")
        tx.conn.execute(
            "INSERT INTO statement(id, incident_id, kind, person_id, at)"
            " VALUES (1, 1, 'staff', 1, 1)"
        )
        tx.conn.execute(
            "INSERT INTO statement_version(id, statement_id, n, lang, text, person_id, edited_at,"
            " hash) VALUES (1, 1, 1, 'kk', 'Сату тоқтатылды.', 1, 1, ?)", (HASH,),
        )  # fmt: skip

    desk._writer.submit(write).result()
    return 1


def approve(desk) -> None:
    desk._writer.submit(
        lambda tx: tx.conn.execute(
            "INSERT INTO approval(subject, subject_id, hash, person_id, kind, at)"
            " VALUES ('statement', 1, ?, 1, 'person_here', 1)", (HASH,),
        ).close()
    ).result()  # fmt: skip


def told(desk: InlineDesk) -> int:
    (row,) = desk.ask(ListAudiences(1)).result()
    return row.told_at


def test_an_approved_text_goes_word_for_word_and_counts_as_told(
    desk, audience, version, service, kept, tmp_path
) -> None:
    shown = desk.do(SetNotifyAddress(audience, service.address)).result().answer["shown"]
    assert shown == "json://…" and "geheim" in kept.kept[f"notify-{audience}"].value
    approve(desk)
    desk.do(NotifyAudience(1, audience, version)).result()
    assert [sent["message"] for sent in service.came] == ["Сату тоқтатылды."]
    assert told(desk)
    desk.close()
    assert all(b"geheim" not in f.read_bytes() for f in tmp_path.rglob("*") if f.is_file())


def test_what_nobody_looked_at_does_not_leave(desk, audience, version, service) -> None:
    desk.do(SetNotifyAddress(audience, service.address)).result()
    with pytest.raises(CrisisRefusedError, match="R25"):
        desk.do(NotifyAudience(1, audience, version)).result()
    assert service.came == [] and not told(desk)


def test_a_service_that_refuses_leaves_nobody_told(desk, audience, version, service) -> None:
    service.code = 500
    desk.do(SetNotifyAddress(audience, service.address)).result()
    approve(desk)
    with pytest.raises(CommandError) as error:
        desk.do(NotifyAudience(1, audience, version)).result()
    assert error.value.facts["why"] == "refused" and not told(desk)


@pytest.mark.parametrize("address", ["https//nowhere", "hello", "x" * 3000])
def test_an_address_that_is_no_service_is_refused(desk, audience, kept, address) -> None:
    with pytest.raises(CommandError) as error:
        desk.do(SetNotifyAddress(audience, address)).result()
    assert error.value.facts["why"] == "address" and not kept.kept


def test_without_an_address_nothing_is_sent(desk, audience, version) -> None:
    approve(desk)
    with pytest.raises(CommandError) as error:
        desk.do(NotifyAudience(1, audience, version)).result()
    assert error.value.facts["why"] == "none"


# --- an answer that was lost ---


@pytest.fixture
def killed(desk, audience, version, kept, tmp_path, monkeypatch):
    """The next engine, and what the one before it sent: it was killed before it knew the outcome.
    That one is a fork: this process has no thread then."""
    desk.do(SetNotifyAddress(audience, "json://127.0.0.1")).result()
    approve(desk)
    desk.close()
    sent = tmp_path / "sent"
    sent.touch()

    def send(address: str, title: str, text: str) -> Outcome:
        with sent.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return Outcome.TAKEN

    here = os.getpid()
    asked = NotifyAudience(1, audience, version, is_sure=True)  # of what came before, not of this
    monkeypatch.setattr(notify, "send", send)
    child = os.fork()
    if child == 0:
        try:
            open_desk(tmp_path, kept).do(asked, "one").result()
        finally:
            os._exit(1)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    made = open_desk(tmp_path, kept)
    yield made, lambda: sent.read_text("utf-8").splitlines()
    made.close()


@needs_fork
@pytest.mark.parametrize(("command_id", "is_sure"), [("one", True), ("another", False)])
def test_an_engine_killed_while_it_tells_is_asked_about_and_nothing_goes_twice(
    killed, audience, version, command_id, is_sure
) -> None:
    """The window asks again under the same id; a new window under another."""
    again, sent = killed
    with pytest.raises(CommandError) as error:
        again.do(NotifyAudience(1, audience, version, is_sure=is_sure), command_id).result()
    assert error.value.facts["why"] == "unclear"
    assert len(sent()) == 1 and not told(again)
    again.do(NotifyAudience(1, audience, version, is_sure=True)).result()
    assert len(sent()) == 2 and told(again)


@needs_fork
def test_somebody_who_asked_them_notes_it_and_it_is_settled(killed, audience, version) -> None:
    again, sent = killed
    again.do(NoteAudienceTold(1, audience, version, "asked by phone")).result()
    again.do(NotifyAudience(1, audience, version)).result()  # told once more, as a person wants
    assert len(sent()) == 2
    assert kinds(again)[-3:] == ["audience_told", "audience_telling", "audience_told"]


def kinds(desk: InlineDesk) -> list[str]:
    return [entry.kind for entry in desk._readers.here(lambda conn: list(journal.entries(conn)))]


def test_what_a_service_refused_may_be_sent_again(desk, audience, version, service) -> None:
    service.code = 500
    desk.do(SetNotifyAddress(audience, service.address)).result()
    approve(desk)
    with pytest.raises(CommandError):
        desk.do(NotifyAudience(1, audience, version)).result()
    service.code = 200
    desk.do(NotifyAudience(1, audience, version)).result()
    assert len(service.came) == 2 and told(desk)


def test_a_service_that_takes_it_and_never_answers_is_asked_again_only_by_who_is_sure(
    desk, audience, version, service, caplog
) -> None:
    service.code = HANGS_UP
    desk.do(SetNotifyAddress(audience, service.address)).result()
    approve(desk)
    for _ in range(2):
        with pytest.raises(CommandError) as error:
            desk.do(NotifyAudience(1, audience, version)).result()
        assert error.value.facts["why"] == "unclear"
    assert len(service.came) == 1 and not told(desk)
    service.code = 200
    desk.do(NotifyAudience(1, audience, version, is_sure=True)).result()
    assert len(service.came) == 2 and told(desk)
    assert "geheim" not in caplog.text


def test_a_service_that_takes_long_is_unclear(desk, audience, version, service) -> None:
    slow = socket.create_server(("127.0.0.1", 0))  # takes the words, and nobody reads them
    port = slow.getsockname()[1]
    desk.do(SetNotifyAddress(audience, f"json://127.0.0.1:{port}/?rto=0.2")).result()
    approve(desk)
    with pytest.raises(CommandError) as error:
        desk.do(NotifyAudience(1, audience, version)).result()
    slow.close()
    assert error.value.facts["why"] == "unclear"


@pytest.mark.parametrize(
    "address",
    ["json://127.0.0.1:{port}", "mailto://127.0.0.1:{port}?from=a@pond.example&to=b@pond.example"],
)
def test_where_no_service_answers_at_all_nothing_can_be_there(
    desk, audience, version, address
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    desk.do(SetNotifyAddress(audience, address.format(port=port))).result()
    approve(desk)
    with pytest.raises(CommandError) as error:
        desk.do(NotifyAudience(1, audience, version)).result()
    assert error.value.facts["why"] == "refused"


def test_pressed_twice_it_goes_once_and_a_closing_desk_waits_for_it(
    desk, audience, version, kept, tmp_path, monkeypatch
) -> None:
    began, goes_on, sent = Event(), Event(), []

    def send(address: str, title: str, text: str) -> Outcome:
        sent.append(text)
        began.set()
        assert goes_on.wait(60)
        return Outcome.TAKEN

    monkeypatch.setattr(notify, "send", send)
    desk.do(SetNotifyAddress(audience, "json://127.0.0.1")).result()
    approve(desk)
    first = desk.do(NotifyAudience(1, audience, version))
    assert began.wait(60)
    with pytest.raises(CommandError) as error:
        desk.do(NotifyAudience(1, audience, version)).result()
    assert error.value.facts["why"] == "unclear" and len(sent) == 1
    closing = Thread(target=desk.close)
    closing.start()
    with desk._turns._lock:
        assert desk._turns._lock.wait_for(lambda: desk._turns.is_closing, 60)
    goes_on.set()
    assert first.result().answer["n_sent"] == 1
    closing.join()
    again = open_desk(tmp_path, kept)
    assert told(again)
    again.close()


def test_for_one_session_the_address_is_kept_in_memory(desk, audience, kept, monkeypatch) -> None:
    passing: list[bool] = []

    def keep(owner, secret, *, session_only=False) -> None:
        passing.append(session_only)

    monkeypatch.setattr(kept, "keep", keep)
    desk.do(SetNotifyAddress(audience, "json://127.0.0.1", session_only=True)).result()
    assert passing == [True]
