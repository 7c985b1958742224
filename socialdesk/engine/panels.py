"""What a source shows now, for the window alone.

2026-11: the terms of some networks let their words be shown and not kept. So this errand writes
nothing: no row, no journal entry, no answer kept under the command's id, no line in a log. A test
looks for a canary in every file of the workspace.
"""

import base64
from collections.abc import Callable, Mapping
from typing import Any, Final

from socialdesk.domain.errors import AuthExpiredError, CommandError, CommandFault, ConnectorError
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.panel import Panel, PanelReview, panel_json
from socialdesk.engine.commands.panels import ShowPanel
from socialdesk.engine.kit import Kit
from socialdesk.networks import http
from socialdesk.networks.base import ShowsPanel
from socialdesk.networks.panels import RATING, Credit, GivesCredit
from socialdesk.store import accounts

TURN_TIMEOUT_S: Final = 60.0
MAX_PICTURES: Final = 10  # ratings have five values, some in halves
MAX_PICTURE_BYTES: Final = 64 * 1024


class Panels:
    """`work`: what does which command. `account_dead` hears which account must sign in again."""

    def __init__(self, kit: Kit, account_dead: Callable[[int, BaseException], None]) -> None:
        self._kit, self._account_dead = kit, account_dead
        self.work: Mapping[type, Callable[[Any, str], dict[str, Any]]] = {ShowPanel: self._show}

    def _show(self, command: ShowPanel, _: str) -> dict[str, Any]:
        spec = self._kit.readers.here(lambda conn: accounts.read_account(conn, command.account_id))
        if spec is None:
            raise CommandError(CommandFault.NOT_FOUND)
        with self._kit.turns.turn(spec.id, TURN_TIMEOUT_S):
            try:
                connector = self._kit.connections.connector(spec)
                if not isinstance(connector, ShowsPanel):
                    raise CommandError(CommandFault.BAD_INPUT, what=spec.network)
                mentions = connector.panel()
            except AuthExpiredError as e:
                self._account_dead(spec.id, e)
                raise
        credit = connector.credit() if isinstance(connector, GivesCredit) else Credit("", "", "")
        pictures = self._pictures(mentions)
        reviews = tuple(_review(one, pictures.get(_picture_of(one), "")) for one in mentions)
        asked_at = self._kit.clock.now_ms()
        return panel_json(Panel(credit.text, credit.url, credit.inbox_url, asked_at, reviews))

    def _pictures(self, mentions: tuple[Mention, ...]) -> dict[str, str]:
        """The networks' own pictures of ratings, by address, in base64: its rules want them and no
        stars of ours. One that does not come is told in words."""
        session, found = self._kit.connections.new_session(), {}
        for url in [url for url in dict.fromkeys(map(_picture_of, mentions)) if url][:MAX_PICTURES]:
            try:
                body = http.get_bytes(session, url, max_bytes=MAX_PICTURE_BYTES).body
            except ConnectorError:
                continue
            found[url] = base64.b64encode(body).decode("ascii")
        return found


def _picture_of(mention: Mention) -> str:
    """Where the picture of its rating lies, "" = nowhere."""
    return next((one.url for one in mention.attachments if one.kind == RATING), "")


def _review(mention: Mention, rating_picture: str) -> PanelReview:
    return PanelReview(
        url=mention.url or mention.uri,
        author=mention.author.name or mention.author.handle,
        body=mention.body,
        at=int(mention.published_at.timestamp() * 1000),
        n_stars=mention.n_stars or 0,
        title=mention.title,
        lang=mention.lang,
        answers=mention.parent_uri,
        rating_picture=rating_picture,
    )
