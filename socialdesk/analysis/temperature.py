"""Reads a planned post: what it is about, what about its shape invites trouble, and the verdict.

All three are rules anybody can retell, in English, Russian and Kazakh; nothing here is learned.
Source: crisis-mode specification, section 14.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from socialdesk.analysis.stop_words import STOP_WORDS
from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.domain.queue.search import Word
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.domain.temperature import Flag, Ground, Mood, Verdict

MIN_LETTERS: Final = 4
MAX_TERMS: Final = 40
SHORTEST_STEM: Final = 4

_LINK: Final = re.compile(r"https?://\S+|\bwww\.\S+", re.I)
_PERSON: Final = re.compile(r"(?<![\w/])@[\w.-]+(?:@[\w.-]+)?")
_TAG: Final = re.compile(r"(?<![\w&])[#＃](\w+)")
_HUMP: Final = re.compile(r"[^\W\d_]?[^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]+|[^\W\d_]+|\d+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ASKING: Final = re.compile(r"(?:ask|спроси|сұра)(?=\w{3})", re.I)
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")

# Words of four letters and more that invite or fill, and name no topic. What begins so is meant,
# for Russian and Kazakh words change at their end.
_FILLING: Final = tuple(
    "anything everything anyone everyone anybody everybody question answer tell share today"
    " tomorrow tonight join come welcome dear friends look happy"
    " вопрос ответ спрашива спрос задава задай расска подел друзья друзей дороги сегодня завтра"
    " ждём ждем наш ваш свои свое своё"
    " сұра жауап айтыңыз айтып жазыңыз бөліс қойыңыз достар құрметті бүгін ертең келіңіз біздің"
    " сіздің".split()
)

_INVITATION: Final = re.compile(
    r"\bask (?:us|me|our|your|him|her|them|away|anything|whatever)\b"
    r"|[#＃]ask\w+|\btell us\b|\bshare (?:your|with us)\b|\bsend us your\b|\bany questions\b"
    r"|\bwhat do you think\b|\bask me anything\b|\bama\b"
    r"|\bспрашивай(?:те)?\b|\bспроси(?:те)?\b|\bзада(?:вай|й)(?:те)?\b.{0,20}\bвопрос"
    r"|[#＃]спроси\w*|\bрасскажи(?:те)?\b|\b(?:по)?делитесь\b|\bнапишите нам\b|\bваши вопросы\b"
    r"|\bчто вы думаете\b"
    r"|\bсұраңыз(?:дар)?\b|\bсұрақ(?:тарыңызды)?\b.{0,20}\bқойыңыз|\bсұрақтарыңыз\w*"
    r"|[#＃]сұра\w*|\bайтыңыз(?:дар)?\b|\bайтып бер\w*|\bбөлісіңіз(?:дер)?\b|\bпікіріңіз\w*"
    r"|\bбізге жазыңыз\w*|\bне ойлайсыз\w*",
    re.I,
)
_JOKE: Final = re.compile(
    r"\bl+o+l+\b|\blmao\b|\brofl\b|\b(?:ha){2,}h?\b|\bjust kidding\b|\bjk\b|\bjok(?:e|es|ing)\b"
    r"|\bpun intended\b|\bapril fool"
    r"|\b(?:а?ха){2,}х?\b|\bлол\b|\bшут(?:ка|ки|ку|им|ят|ите)\b|\bприкол\w*|\bржу\b|\bрофл\b"
    r"|\bқалжың\w*|\bәзіл\w*|\bкүлкілі\b"
    r"|[😂🤣😜😝🤪😆😹🙃]",
    re.I,
)
_SMILES: Final = re.compile(r"\){2,}")  # as many write in Russian and Kazakh
_CELEBRATION: Final = re.compile(
    r"\bcelebrat\w+|\bcongrat\w*|\bhoora+y\b|\bhurra+h?\b|\bparty\b|\bfestiv\w+|\banniversary\b"
    r"|\bbirthday\b|\bcheers\b|\bproud\b|\bwe did it\b|\bwe won\b"
    r"|\bпраздн\w+|\bпоздравля\w+|\bс дн[её]м\b|\bура\b|\bюбилей\w*|\bотмеча\w+|\bвечеринк\w+"
    r"|\bгордимся\b|\bпобедил\w*"
    r"|\bқұттықта\w+|\bмереке\w*|\bмерейтой\w*|\bтойла\w+|\bалақай\b|\bтуған күн\w*|\bмақтан\w+"
    r"|[🎉🎊🥳🎈🍾🥂🎂🏆]",
    re.I,
)
_ENDS_ASKING: Final = re.compile(r"[?？؟][\s!.…\"'»”’)\]]*$")
_DAY: Final = re.compile(r"\s*(?:(\d{4})-)?(\d{1,2})-(\d{1,2})(?:\s+(.*))?$")


def topic_terms(text: str, names: Sequence[str] = ()) -> tuple[Word, ...]:
    """What the post is about, each once: hashtags and the words inside them, those of `names`
    (brand words as a watch has them) that stand in it, and its words of four letters and more."""
    found: dict[str, Word] = {}
    for word in _terms(unicodedata.normalize("NFC", text), names):
        found.setdefault(word.text, word)
    return tuple(found.values())[:MAX_TERMS]


def shown_term(word: Word) -> str:
    """The term as a person reads it."""
    return f"{word.text}*" if word.is_beginning else word.text


def shape_flags(text: str, *, is_after_stand_down: bool, has_date: bool) -> tuple[Flag, ...]:
    """What about the post invites trouble. `is_after_stand_down`: it would come within 72 hours of
    one; `has_date`: it would come on a day of the user's list."""
    text = unicodedata.normalize("NFC", text)
    is_joke = _JOKE.search(text) or (_SMILES.search(text) and "(" not in text)
    flags = {
        Flag.INVITATION: bool(_INVITATION.search(text)) or _is_bare_question(text),
        Flag.JOKE: bool(is_joke),
        Flag.CELEBRATION: is_after_stand_down and bool(_CELEBRATION.search(text)),
        Flag.DATE: has_date,
    }
    return tuple(flag for flag, is_set in flags.items() if is_set)


def judge(
    month: Mood,
    lately: Mood,
    n_unresolved: int,
    flags: Sequence[Flag],
    n_incidents: int,
    limits: CrisisLimits,
) -> tuple[Verdict, tuple[Ground, ...]]:
    """The verdict and everything that led to it. The worse of month and last 72 hours counts."""
    if n_incidents:
        return Verdict.RED, (Ground.INCIDENT,)
    fewest = limits.post_fewest
    if month.n < fewest:
        return Verdict.LITTLE, (Ground.FEW,)
    invites = Flag.INVITATION in flags

    def reaches(percent: int) -> bool:
        return month.reaches(percent, fewest) or lately.reaches(percent, fewest)

    red = {
        Ground.NEGATIVE: reaches(limits.post_red_percent),
        Ground.INVITATION_NEGATIVE: invites and reaches(limits.post_inviting_percent),
        Ground.INVITATION_UNRESOLVED: invites and n_unresolved >= limits.post_inviting_unresolved,
    }
    if any(red.values()):
        return Verdict.RED, _held(red)
    amber = {
        Ground.SOME_NEGATIVE: reaches(limits.post_amber_percent),
        Ground.UNRESOLVED: n_unresolved >= limits.post_amber_unresolved,
        Ground.FLAG: bool(flags),
    }
    if any(amber.values()):
        return Verdict.AMBER, _held(amber)
    if month.n_rated < fewest:
        return Verdict.LITTLE, (Ground.NOT_RATED,)
    return Verdict.GREEN, ()


def days_on(lines: str, day: date) -> tuple[str, ...]:
    """Names of the user's days that fall on `day`. A line: "12-16 Independence Day" for every
    year, "2027-02-13 …" for one; others are passed over."""
    found = (_DAY.match(line) for line in lines.splitlines())
    return tuple(
        (match[4] or match[0]).strip()
        for match in found
        if match
        and (not match[1] or int(match[1]) == day.year)
        and (int(match[2]), int(match[3])) == (day.month, day.day)
    )


def is_list_of_days(lines: str) -> bool:
    """Whether every line that is not blank is a day of a calendar."""
    return all(_is_day(line) for line in lines.splitlines() if line.strip())


def _terms(text: str, names: Sequence[str]) -> Iterator[Word]:
    bare = _PERSON.sub(" ", _LINK.sub(" ", text))
    for tag in _TAG.findall(bare):
        yield Word(tag.casefold(), is_beginning=True)
    yield from _named(names, bare)
    for tag in _TAG.findall(bare):
        yield from _of_words(_HUMP.findall(_ASKING.sub("", tag, count=1)))
    yield from _of_words(_WORD.findall(_TAG.sub(" ", bare)))


def _named(names: Sequence[str], text: str) -> Iterator[Word]:
    for line in (line.strip() for name in names for line in name.splitlines()):
        if line and line[0] not in "+-" and read_brand_words(line).keep(text):
            yield Word(line.strip('"*#').casefold(), is_beginning=line.endswith("*"))


def _of_words(words: Iterable[str]) -> Iterator[Word]:
    for word in words:
        low = word.casefold().replace("’", "'")
        is_plain = low in STOP_WORDS or low.startswith(_FILLING) or _JOKE.fullmatch(low)
        if len(low) >= MIN_LETTERS and not is_plain:
            yield Word(_stem(low), is_beginning=True)


def _stem(word: str) -> str:
    """What its other forms begin with, roughly: Russian and Kazakh words change at their end."""
    if _CYRILLIC.search(word):
        return word[: max(SHORTEST_STEM, len(word) - 2)]
    for ending in ("'s", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _is_bare_question(text: str) -> bool:
    words = _TAG.sub(" ", _PERSON.sub(" ", _LINK.sub(" ", text)))
    end = "".join(c for c in words if unicodedata.category(c) not in ("So", "Sk", "Mn", "Cf"))
    return bool(_ENDS_ASKING.search(end.strip()))


def _held(grounds: dict[Ground, bool]) -> tuple[Ground, ...]:
    return tuple(ground for ground, holds in grounds.items() if holds)


def _is_day(line: str) -> bool:
    match = _DAY.match(line)
    if match is None:
        return False
    try:
        date(int(match[1] or 2028), int(match[2]), int(match[3]))  # 2028 has a 29 February
    except ValueError:
        return False
    return True
