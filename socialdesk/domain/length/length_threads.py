"""How long a text is on Threads: an emoji counts as its UTF-8 bytes, all else as characters.

Source: Threads API, "Posts" page, 2026-04-14. It does not say which signs are emoji, so every sign
that can be drawn as one counts as one (©, ™ and ☎ too): a text is never longer than we say.
"""

_BREAKS = r"\X"
_EMOJI = r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\uFE0F|\u20E3"


def threads_length(text: str) -> int:
    """Bytes of the emoji, whole sequences with skin tones and joiners, plus all other characters
    (code points). "ы" and "語" count 1, "👍🏽" 8."""
    if text.isascii():
        return len(text)
    import regex  # type: ignore[import-untyped]  # 30 ms; plain English never needs it

    emoji = regex.compile(_EMOJI)
    return sum(
        len(sign.encode("utf-8", "surrogatepass")) if emoji.search(sign) else len(sign)
        for sign in regex.findall(_BREAKS, text)
    )
