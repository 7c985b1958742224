"""How a reply's words give a promise away: small rules for English, Russian and Kazakh.

They only offer: a person accepts. Opening hours ("we are open until 18:00") are no promise; a bare
day ("tomorrow") is one only beside a word such as "we will". Apart from the values, because the
patterns take some milliseconds to build and are needed only while somebody writes.
"""

import re
from datetime import datetime
from typing import Final

from socialdesk.domain.crisis.promise import MAX_WORDS
from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.when import parse_when

END_OF_DAY: Final = "18:00"  # what "tomorrow" and "by Friday" mean for a promise


@frozen
class FoundPromise:
    """A promise in a text: when it is due (in the zone of the `now` given), and its words."""

    due: datetime
    words: str


def find_promise(text: str, now: datetime) -> FoundPromise | None:
    """The first promise in `text`. `now`: aware, in the zone the person lives in."""
    for sentence in _SENTENCE.findall(text):
        if _HOURS.search(sentence):
            continue
        for pattern, template, needs_will in _RULES:
            found = pattern.search(sentence)
            if found is None or (needs_will and not _WILL.search(sentence)):
                continue
            due = parse_when(template.format(found[1] or ""), now)
            if due is not None:
                return FoundPromise(due, " ".join(found[0].split())[:MAX_WORDS])
    return None


_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.:](?=\d)[^.!?\n]+)*")
# Said of a shop's hours, not to anybody.
_HOURS: Final = re.compile(
    r"\b(?:open|opens|opening|close|closed|closes|работаем|работает|откры\w+|закры\w+|"
    r"ашық\w*|жабық\w*|жұмыс\s+іст\w+)\b",
    re.IGNORECASE,
)
_WILL: Final = re.compile(
    r"(?:\b(?:will|shall|promise|going to|let you know)\b|['’]ll\b|"
    r"\b(?:обеща\w+|(?:ответ|сообщ|напиш|верн|свяж|пришл|реш|провер|расскаж|уточн|сдела|"
    r"дад|позвон|отправ)\w*(?:[еёи]м|[её]мся|имся)\b)|"
    r"\w+(?:мыз|міз|быз|біз|пыз|піз)\b)",
    re.IGNORECASE,
)
_CLOCK: Final = r"\d{1,2}[:.]\d\d(?:\s*[ap]m)?|\d{1,2}\s*[ap]m"
_EN_DAY: Final = "tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_RU_DAY: Final = "завтра|понедельник\\w?|вторник\\w?|сред[ыу]|четверг\\w?|пятниц[ыу]|суббот[ыу]"
_SPAN: Final = r"\d{1,3}"
_RU_UNIT: Final = r"(?:минут\w?|мин|час\w*|дн\w+|день)"


def _rule(
    pattern: str, template: str, *, needs_will: bool = False
) -> tuple[re.Pattern[str], str, bool]:
    return re.compile(pattern, re.IGNORECASE), template, needs_will


_RULES: Final = (
    # by 15:00, by 3 pm, before noon; by tomorrow 10:00
    _rule(rf"\b(?:by|before)\s+((?:(?:{_EN_DAY})\s+(?:at\s+)?)?(?:{_CLOCK}|noon))\b", "{}"),
    _rule(rf"\b(?:by|before)\s+((?:{_CLOCK})\s+(?:{_EN_DAY}))\b", "{}"),
    _rule(r"\bwithin\s+(?:the\s+next\s+|the\s+)?(?:an\s+)?(hour)\b", "1 hour"),
    _rule(rf"\b(?:within|in)\s+(?:the\s+next\s+)?({_SPAN}\s*(?:minutes|min|hours|hour|h|days|day))\b",
          "{}"),
    _rule(r"\bin\s+(an\s+hour)\b", "1 hour", needs_will=True),
    _rule(rf"\bby\s+({_EN_DAY})\b", f"{{}} {END_OF_DAY}"),
    _rule(r"\bby\s+(?:the\s+)?(end of (?:the |this )?day|tonight|this evening|today)\b",
          f"today {END_OF_DAY}"),
    _rule(rf"\b({_EN_DAY})\b", f"{{}} {END_OF_DAY}", needs_will=True),
    # до 15:00, к 15:00, до завтра 10:00
    _rule(r"\b(?:до|к)\s+(\d{1,2}[:.]\d\d)", "{}"),
    _rule(r"\b(?:в течение|через|за)\s+(?:ближайш\w+\s+)?(?:одного\s+)?(часа?)\b", "1 час"),
    _rule(rf"\b(?:в течение|через)\s+(?:ближайш\w+\s+)?({_SPAN}\s*{_RU_UNIT})\b", "{}"),
    _rule(r"\b(?:до|к)\s+(конца дня|вечера|вечеру)\b", f"сегодня {END_OF_DAY}"),
    _rule(r"\b(?:до|к)\s+(завтра)\b", f"{{}} {END_OF_DAY}"),
    _rule(rf"\b({_RU_DAY})\b", f"{{}} {END_OF_DAY}", needs_will=True),
    # сағат 15:00-ге дейін, 2 сағат ішінде
    _rule(r"\b(?:сағат\s+)?(\d{1,2}[:.]\d\d)\s*[-–]?\s*(?:ге|ке|ға|қа)\s+дейін\b", "{}"),
    _rule(rf"\b({_SPAN}\s*(?:минут|сағат|күн))\s+ішінде\b", "{}"),
    _rule(r"\b(бүгін)\s+(?:кешке\s+)?дейін\b|\b(?:күн\s+соңына)\s+дейін\b", f"бүгін {END_OF_DAY}"),
    _rule(r"\b(ертең)\b", f"{{}} {END_OF_DAY}", needs_will=True),
)  # fmt: skip
