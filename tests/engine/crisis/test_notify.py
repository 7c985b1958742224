"""An approved text through a notify service on loopback; anything else is refused."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError
from socialdesk.engine.commands.statements import NotifyAudience, SaveAudience, SetNotifyAddress
from socialdesk.engine.inline import InlineDesk, Outside
from socialdesk.engine.queries.crisis import ListAudiences
from socialdesk.networks import http
from tests.engine.crisis.test_pins import Kept
from tests.fakes import HandClock

HASH = "a" * 64


class Service(BaseHTTPRequestHandler):
    """What came, and how it is answered."""

    came: list[dict[str, str]]
    code: int
    address: str

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).came.append(json.loads(body))
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
def kept() -> Kept:
    return Kept()


@pytest.fixture
def desk(tmp_path, kept):
    made = InlineDesk(
        tmp_path / "w.db", tmp_path / "backups", HandClock(),
        Outside({}, http.session, lambda name: kept),
    )  # fmt: skip
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
    assert shown == "json://…" and "geheim" in kept.secrets[f"notify-{audience}"]
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
    assert error.value.facts["why"] == "address" and not kept.secrets


def test_without_an_address_nothing_is_sent(desk, audience, version) -> None:
    approve(desk)
    with pytest.raises(CommandError) as error:
        desk.do(NotifyAudience(1, audience, version)).result()
    assert error.value.facts["why"] == "none"
