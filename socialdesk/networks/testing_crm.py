"""The contract every CRM connector (Can.CRM) passes, ours and third parties'. Needs pytest.

As `testing.ConnectorContract`, with a `CrmServer` and a `CrmContract`:

    class TestShed(CrmContract):
        secret = "shed-secret-1"

        @pytest.fixture
        def server(self):
            return FakeShed()

        @pytest.fixture
        def connector(self, server):
            return NETWORK.connect(session_with(server), SETTINGS, Secret(self.secret), keep)

The contract: one case per key whatever was lost on the way; what may be done is told as that; what
surely was not, too; an unreadable answer is no traceback; no secret in a log line, an exception or
a repr; nobody sleeps or starts a thread.
"""

import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any, ClassVar

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import (
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    UnreachableError,
)
from socialdesk.networks.base import Connector
from socialdesk.networks.crm import CaseKind, Crm, CrmCase, CrmPerson
from socialdesk.networks.scripted import START, ScriptedServer, everything
from socialdesk.networks.testing import BAD_PAGES, STATUS_ERRORS

__all__ = ["CrmContract", "CrmServer", "a_case"]

HOSTILE = (
    "' OR Name != '",
    "x' OR '1' = '1",
    "\\' OR Id != '",
    "a\\",
    "%",
    "*",
    "\x00",
    "\n' OR '",
)
PERSON = CrmPerson("Dana Flint", "dana@orchard.example")


class CrmServer(ScriptedServer):
    """A CRM in this process. Write `handle`, `add_person`, `n_cases`, `case_of`, `close_case`."""

    def add_person(self, name: str, email: str) -> str:
        """Somebody the CRM knows; their id there."""
        raise NotImplementedError

    def n_cases(self, subject: str) -> int:
        """How many cases and tasks have this subject."""
        raise NotImplementedError

    def case_of(self, subject: str) -> tuple[str, str]:
        """Words and person of the case with this subject; "" = nobody."""
        raise NotImplementedError

    def close_case(self, subject: str) -> str:
        """Somebody there gives it another state; that state's own name."""
        raise NotImplementedError

    def add_mention(self, text: str) -> str:
        raise NotImplementedError("a CRM has no mentions")


def a_case(kind: CaseKind = CaseKind.CASE, **facts: Any) -> CrmCase:
    """One to push, of an invented customer."""
    made = CrmCase(
        key="0c4f1d2e-5a77-4f2f-9d0e-3c2b8a6f1e90", kind=kind, subject="Order 1204 never came",
        body="“Where is it?” <b>&\nhttps://pond.example/posts/12", made_at=START,
    )  # fmt: skip
    return replace(made, **facts)


class CrmContract:
    """Subclass it with fixtures `server` and `connector`; see the module's docstring."""

    secret: ClassVar[str]
    status_errors: ClassVar[Mapping[int, type[ConnectorError]]] = STATUS_ERRORS
    n_mutations: ClassVar[int] = 300

    @pytest.fixture
    def server(self) -> CrmServer:
        raise NotImplementedError

    @pytest.fixture
    def connector(self, server: CrmServer) -> Connector:
        raise NotImplementedError

    @pytest.fixture
    def crm(self, connector: Connector) -> Crm:
        assert isinstance(connector, Crm)
        assert Can.CRM in connector.card().can
        return connector

    # --- making ---

    @pytest.mark.parametrize("kind", list(CaseKind))
    def test_a_case_is_made_and_found(self, server: CrmServer, crm: Crm, kind: CaseKind) -> None:
        case = a_case(kind)
        assert crm.find_case(case) is None
        pushed = crm.push(case)
        found = crm.find_case(case)
        assert server.n_cases(case.subject) == 1
        assert found is not None
        assert (found.remote_id, found.url) == (pushed.remote_id, pushed.url)
        assert pushed.url.startswith("https://")

    def test_what_the_person_saw_is_what_is_there(self, server: CrmServer, crm: Crm) -> None:
        person = server.add_person("Dana Flint", "dana@orchard.example")
        case = a_case(person_remote_id=person)
        crm.push(case)
        words, whose = server.case_of(case.subject)
        assert words.removesuffix(f"[socialdesk:{case.key}]").removesuffix(
            f"SocialDesk: {case.key}"
        ).rstrip() == case.body  # fmt: skip
        assert whose == person

    @pytest.mark.parametrize("kind", list(CaseKind))
    def test_a_time_out_after_the_case_was_stored_makes_no_second_one(
        self, server: CrmServer, connector: Connector, crm: Crm, kind: CaseKind
    ) -> None:
        case = a_case(kind)
        server.lose_answers()
        with pytest.raises(UnreachableError) as caught:
            crm.push(case)
        assert caught.value.maybe_done
        found = crm.find_case(case)
        assert found is not None
        if connector.card().repeat_safe_s:
            assert crm.push(case).remote_id == found.remote_id
        assert server.n_cases(case.subject) == 1

    def test_the_same_words_under_another_key_are_another_case(
        self, server: CrmServer, crm: Crm
    ) -> None:
        case, other = a_case(), a_case(key="77d1a3c5-2f0b-4b7e-8a55-9e1d0c6b4f21")
        first = crm.push(case)
        assert crm.find_case(other) is None
        assert crm.push(other).remote_id != first.remote_id
        assert server.n_cases(case.subject) == 2

    def test_an_unreadable_answer_to_a_case_is_doubtful(self, server: CrmServer, crm: Crm) -> None:
        for status, body in ((200, b"<html>"), (200, b"[]"), (500, b""), (502, b"<html>")):
            server.always_to_writes(status, body)
            with pytest.raises(UnreachableError) as caught:
                crm.push(a_case())
            assert caught.value.maybe_done
        server.recover()

    def test_states_are_told_in_the_crms_own_words(self, server: CrmServer, crm: Crm) -> None:
        case, task = a_case(), a_case(CaseKind.TASK, key="k2-0000", subject="Call them")
        ids = [crm.push(case).remote_id, crm.push(task).remote_id]
        state = server.close_case(case.subject)
        states = crm.states([*ids, "gone/1"])
        assert set(states) == set(ids)
        assert states[ids[0]] == state

    # --- looking up ---

    def test_a_person_is_found_by_address_first(self, server: CrmServer, crm: Crm) -> None:
        server.add_person("Dana Flint", "other@hill.example")
        person = server.add_person("D. Flint", "dana@orchard.example")
        found = crm.look_up(PERSON)
        assert found[0].remote_id == person
        assert len(found) <= 5
        assert all(one.url.startswith("https://") and one.name for one in found)

    def test_nobody_is_found_for_nothing(self, server: CrmServer, crm: Crm) -> None:
        server.add_person("Dana Flint", "dana@orchard.example")
        assert crm.look_up(CrmPerson()) == ()
        assert crm.look_up(CrmPerson("Nobody There")) == ()

    def test_what_people_type_is_never_a_command(self, server: CrmServer, crm: Crm) -> None:
        server.add_person("Dana Flint", "dana@orchard.example")
        person = server.add_person("Robert O'Brien", "rob@orchard.example")
        for typed in HOSTILE:
            assert crm.look_up(CrmPerson(typed, typed, typed, typed)) == ()
        assert [one.remote_id for one in crm.look_up(CrmPerson("Robert O'Brien"))] == [person]

    def test_an_unreadable_answer_is_a_bad_answer(self, server: CrmServer, crm: Crm) -> None:
        for body in BAD_PAGES:
            server.always(200, body)
            with pytest.raises((BadAnswerError, UnreachableError)):
                crm.look_up(PERSON)

    def test_mutated_answers_are_never_a_traceback(self, server: CrmServer, crm: Crm) -> None:
        server.add_person("Dana Flint", "dana@orchard.example")
        case = a_case()
        pushed = crm.push(case)
        for seed in range(self.n_mutations):
            server.mutate(Random(seed))
            for ask in (
                lambda: crm.look_up(PERSON),
                lambda: crm.find_case(case),
                lambda: crm.states([pushed.remote_id]),
            ):
                try:
                    ask()
                except ConnectorError:
                    continue

    # --- manners ---

    def test_each_status_is_the_error_it_should_be(self, server: CrmServer, crm: Crm) -> None:
        for status, error in self.status_errors.items():
            server.always(status, b"{}")
            with pytest.raises(error):
                crm.look_up(PERSON)
            with pytest.raises(error):
                crm.push(a_case())

    def test_the_wait_it_asks_for_is_told(self, server: CrmServer, crm: Crm) -> None:
        server.always(429, b"{}", Retry_After="77")
        with pytest.raises(RateLimitedError) as caught:
            crm.push(a_case())
        assert caught.value.retry_after_s == 77.0

    def test_no_secret_and_no_words_in_any_log_line_exception_or_repr(
        self, server: CrmServer, connector: Connector, crm: Crm, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        case = a_case(subject="zebra-subject", body="zebra-body")
        asks = (
            (lambda: crm.push(case), "zebra-subject zebra-body"),
            (lambda: crm.look_up(PERSON), PERSON.email),
        )
        shown = [repr(connector)]
        for ask, words in asks:
            said = f"{self.secret} {words}"
            echo = [{"errorCode": "STRING_TOO_LONG", "message": said, "fields": ["Subject"]}]
            for body in (echo, {"message": said, "error": said, "category": "VALIDATION_ERROR"}):
                for status in (400, 401, 403, 404, 409, 423, 429, 500):
                    server.always_to_writes(status, json.dumps(body).encode())
                    try:
                        shown.append(repr(ask() and None))
                    except ConnectorError as e:
                        shown.append(everything(e))
        everywhere = "\n".join((*shown, caplog.text))
        assert self.secret not in everywhere
        assert "zebra" not in everywhere
        assert PERSON.email not in everywhere

    def test_nobody_sleeps_or_starts_a_thread(
        self, server: CrmServer, crm: Crm, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def forbidden(*_: Any) -> None:
            raise AssertionError("a connector neither sleeps nor starts threads")

        monkeypatch.setattr("time.sleep", forbidden)
        monkeypatch.setattr(threading.Thread, "start", forbidden)
        crm.push(a_case())
        crm.look_up(PERSON)
