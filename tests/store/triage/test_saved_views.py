"""Saved views: their order in the list, and the order of their mentions."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands.views import OrderViews, SetViewOrder
from socialdesk.engine.handlers import HANDLERS
from socialdesk.store.triage import saved_views


def do(file, command):
    return file.write(lambda tx: HANDLERS[type(command)](tx, command, 1))


@pytest.fixture
def views(file):
    return [file.write(lambda tx, n=n: saved_views.save_view(tx, n, n, 1))[0] for n in "abc"]


def names(file):
    return "".join(v.name for v in file.read(saved_views.list_views))


def test_they_stand_as_they_were_put(file, views):
    do(file, OrderViews((views[2], views[0], views[1])))
    assert names(file) == "cab"
    file.write(lambda tx: saved_views.save_view(tx, "d", "d", 1))
    do(file, OrderViews((views[1],)))
    assert names(file) == "bcad"


def test_each_keeps_the_order_of_its_list(file, views):
    do(file, SetViewOrder(views[1], "longest"))
    assert [v.order for v in file.read(saved_views.list_views)] == ["", "longest", ""]
    do(file, SetViewOrder(views[1], ""))
    assert {v.order for v in file.read(saved_views.list_views)} == {""}


@pytest.mark.parametrize(
    ("command", "fault"),
    [(SetViewOrder(1, "sideways"), CommandFault.BAD_INPUT),
     (SetViewOrder(99, "need"), CommandFault.NOT_FOUND)],
)  # fmt: skip
def test_what_is_no_order_or_no_view_is_refused(file, views, command, fault):
    with pytest.raises(CommandError) as refused:
        do(file, command)
    assert refused.value.fault is fault
