"""A card laid out: everything on it with its place, made once for a row and painted many times.

Measured: of a frame after a jump among a million rows a half was measuring and shaping text, and a
quarter places and colours worked out anew for each paint. Names, ages and chips come back on card
after card, so they are shaped once; the words are measured no further than they can reach.
"""

from collections import OrderedDict
from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPixmap, QStaticText
from PySide6.QtWidgets import QStyle

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import QueueRow
from socialdesk.ui.icons import pixmap
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.text_size import at_size
from socialdesk.ui.theme import Tokens
from socialdesk.ui.words import MINUTE, Chip, age, chips

MARGIN, TOP, PAD, AVATAR, GAP, LINE, CHIP, CHIP_ICON = 6, 3, 10, 34, 9, 21, 19, 12  # px
SMALL = 8.5 / 9.5  # of the words of chips
KEPT = 300  # laid-out cards
CUT = 200  # characters that can ever fit on the line
NARROW = 5  # px of a letter: on average those of hardly any words are narrower
SHORT, KEPT_SHORT = 24, 1_000  # characters of what may be on other cards too; of those so many
LEAST_CHIP, CHIP_ROOM = 28, 200  # px that a chip's words are given, at least and at most
COUNT = 17  # px that the number of the left out takes beside its own width
_ELIDE, _PLAIN = Qt.TextElideMode.ElideRight, Qt.TextFormat.PlainText

Words = tuple[QStaticText, float, float]  # ready to paint, its width and its height in px
Placed = tuple[QColor, QPointF, QStaticText]
_NOWHERE = QRect()


@frozen
class Look:
    """What all cards of a list share; in another look each is another card. `width`: px."""

    width: int
    font: QFont
    direction: Qt.LayoutDirection
    colors: Tokens


@frozen
class LaidChips:
    """Those for which there is room. `rest`: the words of the others; `count`: where their number
    stands, empty where all are there."""

    grounds: tuple[tuple[QColor, QRect], ...] = ()
    icons: tuple[tuple[QRect, QPixmap], ...] = ()
    words: tuple[Placed, ...] = ()
    rest: tuple[str, ...] = ()
    count: QRect = _NOWHERE


@frozen
class LaidCard:
    """What is painted of `row` during one minute, in this order. Places are px from the corner of
    the row, mirrored already where the layout is. `rest`, `count`: as of `LaidChips`."""

    row: QueueRow
    minute: int
    discs: tuple[tuple[QColor, QRect], ...]
    grounds: tuple[tuple[QColor, QRect], ...]  # of the chips
    icons: tuple[tuple[QRect, QPixmap], ...]
    words: tuple[tuple[QFont, tuple[Placed, ...]], ...]
    rest: tuple[str, ...]
    count: QRect


class CardLayout:
    """Lays cards of one look out, and keeps the latest."""

    def __init__(self, look: Look) -> None:
        # A copy of our own: the font inside an option is gone with the option.
        look = self.look = replace(look, font=QFont(look.font))
        self._cards: OrderedDict[int, LaidCard] = OrderedDict()
        self._plain, self._bold, self._small = (QFont(look.font) for _ in range(3))
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small.setPointSizeF(look.font.pointSizeF() * SMALL)
        px, avatar = self._px, self._px(AVATAR)
        left = MARGIN + PAD + avatar + GAP
        self._right = right = look.width - 1 - MARGIN - PAD
        self._room = look.width - left - MARGIN - PAD
        self._n_near = max(0, self._room // px(NARROW))  # characters that reach the line's end
        self._chip_room, self._icon = px(CHIP_ROOM), px(CHIP_ICON)
        # Where things are on every card; worked out card by card it took a tenth of laying it out.
        self._is_mirrored = look.direction is Qt.LayoutDirection.RightToLeft
        self._face = self.mirrored(QRect(MARGIN + PAD, TOP + px(10), avatar, avatar))
        self._dot = self.mirrored(QRect(MARGIN + 1, TOP + px(24), px(7), px(7)))
        self._first, self._second, self._chip_line = (
            QRect(left, TOP + px(y), right - left, px(high))
            for y, high in ((7, LINE), (29, LINE), (56, CHIP))
        )

    def card(self, row: QueueRow, now: int) -> LaidCard:
        """As `row` is shown at `now`, ms UTC."""
        card = self._cards.get(row.id)
        if card is None or card.row is not row or card.minute != now // MINUTE:
            card = self._cards[row.id] = self._lay(row, now)
            if len(self._cards) > KEPT:
                self._cards.popitem(last=False)
        return card

    def mirrored(self, place: QRect) -> QRect:
        """Where `place` lies in a layout from right to left."""
        if not self._is_mirrored:
            return place
        return QStyle.visualRect(self.look.direction, QRect(0, 0, self.look.width, 1), place)

    def _lay(self, row: QueueRow, now: int) -> LaidCard:
        t, face = self.look.colors, self._face
        discs = [(face_color(row.author, t), face)]
        if row.status is Status.NEW:
            discs.append((_color(t.accent), self._dot))
        initial = next((c for c in one_line(row.author) if c.isalnum()), "?").upper()
        letter = _fitting(initial, self._bold, face.width())
        passed = _fitting(age(row.at, now) if row.author else "", self._plain, self._room)
        wide = int(passed[1])
        name = _fitting(isolated(row.author or row.handle), self._bold, self._room - wide - 8)
        first, ink = self._first, _color(t.text)
        corner = QRect(self._right - wide, first.y(), wide + 1, first.height())
        laid = self._lay_chips(chips(row, now)) if row.author else LaidChips()
        middle = QPointF(face.center().x() - letter[1] / 2, _middle(letter, face))
        bold = ((ink, middle, letter[0]), self._placed(name, first, ink))
        plain = (
            self._placed(passed, corner, _color(t.dim)),
            self._placed(self._first_words(row.body), self._second, ink),
        )
        return LaidCard(
            row, now // MINUTE, tuple(discs), laid.grounds, laid.icons,
            ((self._bold, bold), (self._plain, plain), (self._small, laid.words)),
            laid.rest, laid.count,
        )  # fmt: skip

    def _lay_chips(self, wanted: tuple[Chip, ...]) -> LaidChips:
        """As many as there is room for. Where all fit nothing is done for those that do not."""
        laid, _ = self._fill(wanted, self._room)
        return laid if len(laid.words) == len(wanted) else self._numbered(wanted, laid)

    def _numbered(self, wanted: tuple[Chip, ...], laid: LaidChips) -> LaidChips:
        """Fewer of them, and the number of the others; as `laid` where that leaves none."""
        most = _fitting(f"+{len(wanted)}", self._small, self._room)
        fewer, x = self._fill(wanted, self._room - int(most[1]) - COUNT)
        n_fewer = len(fewer.words)
        if not n_fewer:
            return replace(laid, rest=_texts(wanted[len(laid.words) :]))
        number = _fitting(f"+{len(wanted) - n_fewer}", self._small, self._room)
        y, high, wide = self._chip_line.y(), self._chip_line.height(), int(number[1])
        ground, ink = chip_colors("", self.look.colors)
        spot = self.mirrored(QRect(x, y, wide + 16, high))
        placed = self._placed(number, QRect(x + 8, y, wide + 1, high), _color(ink))
        return LaidChips(
            (*fewer.grounds, (_color(ground), spot)), fewer.icons, (*fewer.words, placed),
            _texts(wanted[n_fewer:]), spot,
        )  # fmt: skip

    def _fill(self, wanted: tuple[Chip, ...], room: int) -> tuple[LaidChips, int]:
        """As many as `room` px hold, and where the next would begin."""
        grounds, icons, words = [], [], []
        widest, size, line = self._chip_room, self._icon, self._chip_line
        x, y, high = line.left(), line.y(), line.height()
        for chip in wanted:
            icon = size + 4 if chip.icon else 0
            left = room - 23 - icon
            if left < LEAST_CHIP:
                break
            text = _fitting(chip.text, self._small, min(widest, left))
            wide = int(text[1])
            if wide <= 0:
                break
            room -= wide + 23 + icon
            ground, ink = chip_colors(chip.tone, self.look.colors)
            grounds.append((_color(ground), self.mirrored(QRect(x, y, wide + 16 + icon, high))))
            if chip.icon:
                spot = self.mirrored(QRect(x + 7, y + (high - size) // 2, size, size))
                icons.append((spot, pixmap(chip.icon, ink, size)))
            place = QRect(x + 8 + icon, y, wide + 1, high)
            words.append(self._placed(text, place, _color(ink)))
            x += wide + 16 + icon + 6
        return LaidChips(tuple(grounds), tuple(icons), tuple(words)), x

    def _first_words(self, body: str) -> Words:
        """So much of `body` as fits, measured whole only where its letters are very narrow."""
        font = self._plain
        near = isolated(body[: self._n_near])
        cut = _elided(near, font, self._room)
        if cut == near:
            cut = _elided(isolated(body[:CUT]), font, self._room)
        return _shaped(cut, font)

    def _placed(self, words: Words, line: QRect, ink: QColor) -> Placed:
        """At the beginning of `line`: its left, or its right in a mirrored layout."""
        place = self.mirrored(line)
        x = place.right() + 1 - words[1] if self._is_mirrored else float(place.left())
        return ink, QPointF(x, _middle(words, place)), words[0]

    def _px(self, at_100: float) -> int:
        return at_size(at_100, self.look.font)


def _texts(left_out: tuple[Chip, ...]) -> tuple[str, ...]:
    return tuple(one_line(chip.text) for chip in left_out)


def face_color(author: str, t: Tokens) -> QColor:
    """A colour that stays with a name; the letter on it stands out by 4.5:1 in every hue."""
    hue = sum(ord(c) * 37 for c in author) % 360
    return QColor.fromHsl(hue, 70, 80 if t.is_dark else 180)


def chip_colors(tone: str, t: Tokens) -> tuple[str, str]:
    """Ground and ink of a chip."""
    return {
        "danger": (t.danger_back, t.danger), "warn": (t.warn_back, t.warn),
        "ok": (t.ok_back, t.ok), "accent": (t.accent_back, t.accent),
    }.get(tone, (t.chip, t.dim))  # fmt: skip


def _fitting(text: str, font: QFont, room: int) -> Words:
    """`text`, cut with … to `room` px."""
    if len(text) > SHORT:
        return _shaped(_elided(text, font, room), font)
    words = _shaped_short(text, font)
    return words if words[1] <= room else _shaped_short(_elided_short(text, font, room), font)


def _elided(text: str, font: QFont, room: int) -> str:
    return QFontMetrics(font).elidedText(text, _ELIDE, max(0, room))


def _shaped(text: str, font: QFont) -> Words:
    made = QStaticText(text)
    made.setTextFormat(_PLAIN)
    made.prepare(font=font)
    size = made.size()
    return made, size.width(), size.height()


_elided_short, _shaped_short = lru_cache(KEPT_SHORT)(_elided), lru_cache(KEPT_SHORT)(_shaped)


@lru_cache(64)
def _color(name: str) -> QColor:
    return QColor(name)  # lru_cache(QColor) would ask PySide6 to write its docstring: 15 ms


def _middle(words: Words, line: QRect) -> float:
    """Where words begin to stand in the middle of the height of `line`."""
    return line.y() + (line.height() - words[2]) / 2
