"""Why it cannot be sent, in the bar above the text, for as long as that is true."""

from socialdesk.i18n import tr
from socialdesk.ui.compose import say
from socialdesk.ui.compose.parts import NoticeBar
from socialdesk.ui.compose.verdict import Fate, Verdict


class ToldFate:
    """What of the bar's words is ours to change or take away."""

    def __init__(self, bar: NoticeBar) -> None:
        self._bar, self._told = bar, ""

    def tell(self, said: Verdict) -> None:
        """Somebody tried to send."""
        self._told, tone = say.fate(said, came_from_template=False)
        self._bar.tell(self._told, tone=tone)

    def stops(self, said: Verdict, too_long: str) -> bool:
        """Whether it cannot be sent; told why. `too_long`: by how much, "" = it fits."""
        if said.fate in (Fate.SLOTS, Fate.REFUSED):
            self.tell(said)
        elif said.fate is Fate.EMPTY:
            self._bar.tell(tr("There is no text to send. Write something, or press Ctrl+T."))
        elif too_long:
            self._bar.tell(too_long, tone="danger")
        else:
            return False
        return True

    def follow(self, said: Verdict) -> None:
        """The bar says what is true now: fewer empty slots, or nothing any more."""
        if not self._told or self._bar.text != self._told:
            self._told = ""
        elif said.fate not in (Fate.SLOTS, Fate.REFUSED):
            self._bar.clear()
        elif (now := say.fate(said, came_from_template=False))[0] != self._told:
            self._told = now[0]
            self._bar.tell(self._told, tone=now[1])
