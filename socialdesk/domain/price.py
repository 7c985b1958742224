"""Money in millionths of a US dollar, and what posting costs where a network takes money."""

from typing import Final

from socialdesk.domain.frozen import frozen

DOLLAR: Final = 1_000_000


@frozen
class PostPrices:
    """`answer`: a reply; `own`: a post of our own; `with_link`: either, when it holds a link."""

    answer: int
    own: int
    with_link: int

    def of(self, text: str, *, is_answer: bool = True) -> int:
        """What posting `text` costs at most."""
        if has_link(text):
            return self.with_link
        return self.answer if is_answer else self.own


def has_link(text: str) -> bool:
    """Whether a network would make a link of something in the text."""
    from socialdesk.domain.length.weighted import has_link as found  # only for who pays for posts

    return found(text)


def dollars(micros: int) -> str:
    """For people: "$4.13"; small amounts to the tenth of a cent, so that they are not nothing."""
    if 0 < micros < DOLLAR // 100:
        return f"${micros / DOLLAR:.3f}"
    return f"${micros / DOLLAR:,.2f}"
