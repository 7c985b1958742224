"""G2: what makes a free text wait for a second look in normal times, whatever the policy.

Words are matched from the start of a word; lists in English, Russian and Kazakh are all asked,
whatever the language of the text is said to be. A list errs towards asking: the cost is one look.

Source: crisis-mode specification, section 7.
"""

import re
from collections.abc import Iterable
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.playbooks.playbook_words import folded

MONEY, LIABILITY, PRIVATE, THREAT = "money", "liability", "private", "threat"
SAFETY, PRESS, REACH, INCIDENT = "safety", "press", "reach", "incident"
RISKS: Final = (MONEY, LIABILITY, PRIVATE, THREAT, SAFETY, PRESS, REACH, INCIDENT)


@frozen
class Limits:
    """Settings. `money`: largest sum that may be promised without a look, in whatever currency is
    written; `reach`: followers of the author from which an answer is looked at, 0 = never."""

    money: int = 50
    reach: int = 10_000


@frozen
class Asker:
    """What is known of the mention that is answered. `reach` -1 = not known; `handles`: of people
    in its thread, whom an answer may name; `is_elsewhere`: an open incident on the topic covers
    another account or language."""

    is_safety: bool = False
    is_press: bool = False
    reach: int = -1
    handles: tuple[str, ...] = ()
    is_elsewhere: bool = False


NOBODY: Final = Asker()
_LIMITS: Final = Limits()


def risks_of(text: str, asker: Asker = NOBODY, limits: Limits = _LIMITS) -> tuple[str, ...]:
    """The flags, in the order of RISKS; () = none."""
    plain = folded(text)
    found = {
        MONEY: _promises_money(plain, limits.money),
        LIABILITY: _LIABILITY.search(plain) is not None,
        PRIVATE: names_private(text, asker.handles),
        THREAT: _THREAT.search(plain) is not None,
        SAFETY: asker.is_safety,
        PRESS: asker.is_press,
        REACH: 0 < limits.reach <= asker.reach,
        INCIDENT: asker.is_elsewhere,
    }
    return tuple(flag for flag in RISKS if found[flag])


def names_private(text: str, handles: Iterable[str] = ()) -> bool:
    """A phone number, an e-mail address or a card number, or somebody by their full name and what
    they are ("Mr Ivan Petrov"). The people of the thread may be named."""
    rest = _TIMES.sub(" ", text)
    for handle in handles:
        rest = rest.replace(handle, " ") if handle else rest
    return bool(
        _EMAIL.search(rest) or _PERSON.search(rest) or any(map(_is_contact, _DIGITS.findall(rest)))
    )


def _is_contact(run: str) -> bool:
    """A card number, or the digits of a phone: times, dates, sums and order numbers are shorter or
    written otherwise."""
    digits = [int(c) for c in run if c.isdecimal()]
    if 13 <= len(digits) <= 19 and _is_card(digits):
        return True
    is_phone = run.lstrip().startswith(("+", "(")) or any(c in run for c in " -()")
    return 10 <= len(digits) <= 15 and is_phone


def _is_card(digits: list[int]) -> bool:
    """Luhn's check sum. Source: ISO/IEC 7812-1, annex B."""
    doubled = [d if i % 2 == 0 else 2 * d - 9 * (d > 4) for i, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _promises_money(plain: str, limit: int) -> bool:
    """Money is promised: a sum above the limit, or one that nobody has named."""
    if not _PROMISE.search(plain):
        return False
    sums = [_number(a or b) for a, b in _SUM.findall(plain)]
    return not sums or max(sums) > limit


def _number(text: str) -> float:
    """ "1 024,50" or "1,024.50"; the last mark before two digits parts the cents."""
    digits = re.sub(r"[^\d]", "", text)
    cents = re.search(r"[.,]\d{1,2}$", text)
    return int(digits) / 10 ** (len(cents[0]) - 1) if cents else float(int(digits))


def _words(*stems: str) -> re.Pattern[str]:
    """Any of the stems, each from the start of a word; " " stands for any blanks."""
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(s) for s in stems) + ")")


_PROMISE: Final = _words(
    "refund", "compensat", "reimburs", "pay you back", "money back", "we will pay", "we'll pay",
    "voucher", "discount", "free of charge", "credit your", "goodwill",
    "возврат", "вернём", "вернем", "верну ", "возмест", "компенс", "оплатим", "выплат", "скидк",
    "бесплатн", "сертификат на", "ваучер",
    "қайтар", "өтем", "төлейміз", "төлеп бер", "жеңілдік", "тегін", "ваучер",
)  # fmt: skip
_MARK: Final = (
    r"(?:\$|€|£|₸|₽|usd|eur|gbp|kzt|rub|dollars?|euros?|pounds?|tenge|rubles?"
    r"|долл\w*|евро|руб\w*|тенге|тг)"
)
_AMOUNT: Final = r"\d(?:[\d .,]{0,24}\d)?"  # bounded: a page of digits is searched in one pass
_SUM: Final = re.compile(rf"{_MARK}\s?({_AMOUNT})|({_AMOUNT})\s?(?:{_MARK})(?!\w)")
_LIABILITY: Final = _words(
    "our fault", "we are liable", "liabilit", "legally", "lawsuit", "sue ", "lawyer", "attorney",
    "in court", "to court", "court case", "court order", "negligen", "we guarantee",
    "guaranteed", "we admit", "responsible for the",
    "diagnos", "prescri", "symptom", "dosage", "side effect", "allerg", "medical advice",
    "treatment", "injur",
    "наша вина", "по нашей вине", "мы виноваты", "виновн", "юрид", "иск ", "в суд", "суде",
    "адвокат", "юрист", "халатн", "гаранти", "несём ответств", "несем ответств", "признаём",
    "признаем", "диагноз", "симптом", "дозиров", "побочн", "аллерг", "лечен", "травм",
    "біздің кінәміз", "кінәлі", "заң бойынша", "сотқа", "сот ", "адвокат", "заңгер", "кепілдік",
    "жауапкершілік", "диагноз", "белгілері", "дәрі", "аллергия", "емде", "жарақат",
)  # fmt: skip
_THREAT: Final = _words(
    "we will sue", "we'll sue", "take legal action", "report you", "call the police",
    "you will regret", "watch yourself", "last warning", "we know where",
    "подадим на вас", "подадим в суд", "заявим на вас", "обратимся в полицию", "пожалеете",
    "последнее предупреждение", "мы знаем, где",
    "сотқа береміз", "полицияға", "өкінес", "соңғы ескерту",
)  # fmt: skip
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TIMES: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[.:]\d\d(?:[.:]\d{2,4})?")
_DIGITS: Final = re.compile(r"[+(]?\d[\d ()-]{8,}\d")
# A title and a capitalised name after it: whoever is meant, it is a person.
_PERSON: Final = re.compile(
    r"\b(?:Mrs|Mr|Ms|Dr|г-н|г-жа|господин|госпожа|мырза|ханым)\.? [A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\w+"
)
