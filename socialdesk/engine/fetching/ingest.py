"""From a network's page to the queue: what is filed how, and one transaction per page."""

from datetime import datetime

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.engine.intake import Intake
from socialdesk.networks.base import Page
from socialdesk.store.mentions.pages import PageToSave

SMALL_PAGE = 200  # mentions a transaction: a longer one would hold up a person's click


@frozen
class Filing:
    """How new mentions are filed: before `connected_at` as done, before `started_at` (the gap
    while the program was closed) as open, else new."""

    connected_at: datetime
    started_at: datetime

    def of(self, mention: Mention) -> tuple[Status, Disposition]:
        if mention.published_at < self.connected_at:
            return Status.DONE, Disposition.BACKFILL
        if mention.published_at < self.started_at:
            return Status.OPEN, Disposition.NONE
        return Status.NEW, Disposition.NONE


def pages_to_save(
    page: Page, *, account_id: int, watch_id: int, network: str, filing: Filing, intake: Intake
) -> list[PageToSave]:
    """The page in transactions of at most SMALL_PAGE mentions; the cursor goes with the last, so
    that a crash in between fetches the page again."""
    parts = [
        page.mentions[i : i + SMALL_PAGE] for i in range(0, len(page.mentions), SMALL_PAGE)
    ] or [()]
    last, due_at = len(parts) - 1, intake.due_on(network)
    return [
        PageToSave(
            account_id=account_id,
            watch_id=watch_id,
            network=network,
            mentions=part,
            rejects=tuple((r.raw, r.reason) for r in page.rejects) if n == last else (),
            cursor=page.cursor if n == last else None,
            gone=page.gone if n == last else (),
            filing=filing.of,
            due_at=due_at,
            finish=intake.prepare(network, part),
        )
        for n, part in enumerate(parts)
    ]
