"""Brand words: which texts a watch keeps.

One rule a line. "acme" = any of these must occur · "+recall" = must occur · "-jobs" = must not
occur · "acme*" = a word that begins so · '"ACME"' = exactly as typed, case and accents counted.
Otherwise case never counts, and accents count only in a rule that has some itself: "cafe" finds
"Café", "café" does not find "cafe". A rule is a whole word or phrase, except at an edge written
in a script that puts no blanks between words.
"""

import re
import unicodedata
from functools import lru_cache

from socialdesk.domain.frozen import frozen

# й and ї are letters of their own, ё is е for most who type it: so only these lose their marks.
_ACCENTS = re.compile(r"(?<=[a-zα-ω])[\u0300-\u036f]+|(?<=е)\u0308")
# Thai, Lao, Myanmar, Khmer; kana, bopomofo, Han (with extensions)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)


@frozen
class Word:
    """One word or phrase to look for, already in the form its `form` compares in."""

    text: str
    form: int = 2  # index into `_forms`: 0 as typed, 1 case folded, 2 accents folded too
    is_start: bool = False

    def occurs_in(self, forms: tuple[str, str, str]) -> bool:
        """Whether it stands somewhere as a word of its own."""
        text, n = forms[self.form], len(self.text)
        at = text.find(self.text)
        while at >= 0:
            if _is_edge(text, at) and (self.is_start or _is_edge(text, at + n)):
                return True
            at = text.find(self.text, at + 1)
        return False


@frozen
class BrandWords:
    """The rules of one watch; with none at all every text is kept."""

    any: tuple[Word, ...] = ()
    must: tuple[Word, ...] = ()
    never: tuple[Word, ...] = ()

    def keep(self, text: str) -> bool:
        """Whether `text` passes all three."""
        if not (self.any or self.must or self.never):
            return True
        forms = _forms(text)
        return (
            all(word.occurs_in(forms) for word in self.must)
            and not any(word.occurs_in(forms) for word in self.never)
            and (not self.any or any(word.occurs_in(forms) for word in self.any))
        )


@lru_cache(64)
def read_brand_words(lines: str) -> BrandWords:
    """The rules as a person typed them; lines without a word in them are left out."""
    found: dict[str, list[Word]] = {"": [], "+": [], "-": []}
    for line in map(str.strip, lines.splitlines()):
        sign = line[:1] if line[:1] in {"+", "-"} else ""
        word = _read_word(line[len(sign) :].strip())
        if word.text:
            found[sign].append(word)
    return BrandWords(tuple(found[""]), tuple(found["+"]), tuple(found["-"]))


def _read_word(typed: str) -> Word:
    is_start = typed.endswith("*")
    bare = typed.rstrip("*").strip()
    if len(bare) > 2 and bare[0] == bare[-1] == '"':
        return Word(_forms(bare[1:-1].strip())[0], 0, is_start)
    _, folded, plain = _forms(bare)
    # ё alone is no accent that somebody meant to count
    has_accents = folded.replace("ё", "е") != plain
    return Word(folded, 1, is_start) if has_accents else Word(plain, 2, is_start)


@lru_cache(4)  # several rules ask about one text in a row
def _forms(text: str) -> tuple[str, str, str]:
    """NFKC; the same case folded; the same without accents. Blanks are single in all three."""
    if text.isascii():  # nothing to compose, nothing to strip: a tenth of the time
        plain = " ".join(text.split())
        return plain, plain.lower(), plain.lower()
    typed = " ".join(unicodedata.normalize("NFKC", text).split())
    folded = unicodedata.normalize("NFKC", typed.casefold())
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return typed, folded, unicodedata.normalize("NFC", bare)


def _is_edge(text: str, at: int) -> bool:
    """Whether a word may begin or end between the characters `at` - 1 and `at`."""
    if at in (0, len(text)):
        return True
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M":
        return False  # a vowel sign or an accent belongs to what stands before it
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return True
    return not (_is_letter(before) and _is_letter(after))


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"
