"""An answer that cannot be written down is an error of that one command, and the link goes on."""

from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.desk import Done, Listener, Notice
from socialdesk.engine.process import codec, host
from tests.engine.process.test_host_turns import ASK, WAIT_S, NoDesk, linked

round_and_round: list[Any] = []
round_and_round.append(round_and_round)


def said(pipe: Any) -> dict[str, Any]:
    """What the engine says next."""
    assert pipe.poll(WAIT_S)
    return codec.from_bytes(pipe.recv_bytes())


@pytest.mark.parametrize(
    "value", [{1, 2}, Path("x"), round_and_round, "x" * 2_000], ids=["set", "path", "round", "long"]
)
def test_an_answer_that_cannot_be_written_is_an_error_of_that_command_alone(
    tmp_path, monkeypatch, expect_log, value
):
    expect_log(r"ERROR .* cannot be written \(id, seq, answer\)")
    monkeypatch.setattr(host, "MAX_MESSAGE_BYTES", 1_000)
    desk = NoDesk()
    with linked(tmp_path, desk) as (pipe, over):
        pipe.send_bytes(codec.to_bytes(ASK))
        assert desk.is_asked.wait(WAIT_S)
        first, desk.asked = desk.asked, Future()
        first.set_result(Done(7, {"it": cast(Any, value)}))
        assert said(pipe) == {"id": "a", "error": "EngineMuteError"}
        pipe.send_bytes(codec.to_bytes({**ASK, "id": "b"}))
        desk.asked.set_result(Done(8, {}))
        assert said(pipe) == {"id": "b", "seq": 8, "answer": {}}
        assert not over.is_set()
        pipe.close()


def test_facts_of_an_error_that_cannot_be_written_end_no_link_either(tmp_path, expect_log):
    expect_log(r"ERROR .* cannot be written \(id, error")
    desk = NoDesk()
    with linked(tmp_path, desk) as (pipe, _):
        pipe.send_bytes(codec.to_bytes(ASK))
        desk.asked.set_exception(CommandError(CommandFault.RULE, fact=cast(str, Path("x"))))
        assert said(pipe) == {"id": "a", "error": "EngineMuteError"}
        pipe.close()


class Telling(NoDesk):
    """Has listeners."""

    def listen(self, listener: object) -> Any:
        self.tell = cast(Listener, listener)
        return super().listen(listener)


def test_an_announcement_that_cannot_be_written_is_passed_over(tmp_path, expect_log):
    expect_log(r"ERROR .* cannot be written \(notice, facts\)")
    desk = Telling()
    with linked(tmp_path, desk) as (pipe, _):
        pipe.send_bytes(codec.to_bytes(ASK))
        assert desk.is_asked.wait(WAIT_S)
        desk.tell(Notice("told", cast(Any, {"where": Path("x")})))
        desk.tell(Notice("told", {}))
        assert said(pipe) == {"notice": "told", "facts": {}}
        pipe.close()
