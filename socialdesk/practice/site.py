"""What every handler of the practice server gets."""

from collections.abc import Callable

from socialdesk.domain.frozen import frozen
from socialdesk.practice.entities import Entities
from socialdesk.practice.network import PracticeNetwork
from socialdesk.practice.sign_ins import SignIns
from socialdesk.practice.wire import Ask, Reply


@frozen
class Site:
    """One running server."""

    network: PracticeNetwork
    entities: Entities
    sign_ins: SignIns


Handler = Callable[[Site, Ask, str], Reply]
"""Answers one route; the text is the id in its path, "" where it has none."""
