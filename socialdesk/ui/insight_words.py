"""The words for what the program understood: moods, kinds, languages, and why a mention is where
it is. Pure."""

from PySide6.QtCore import QLocale

from socialdesk.domain.mentions.insight import (
    READABLE,
    Insight,
    Intent,
    Part,
    Sentiment,
    Understood,
)
from socialdesk.domain.mentions.need import (
    MINUTE_MS,
    POINTS_A_TARGET,
    PRIORITY_BONUS_MS,
    VIP_BONUS_MS,
)
from socialdesk.i18n import LANGUAGES, tr, trn
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.words import Chip, span

_TOLD = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
_TONES = {Sentiment.NEGATIVE: "danger", Sentiment.POSITIVE: "ok"}


def mood_word(mood: Sentiment) -> str:
    """A mood as a person says it; "not rated" is never neutral."""
    return {
        Sentiment.NOT_RATED: tr("Mood not rated"), Sentiment.UNSURE: tr("Mood unsure"),
        Sentiment.NEGATIVE: tr("Negative"), Sentiment.NEUTRAL: tr("Neutral"),
        Sentiment.POSITIVE: tr("Positive"),
    }[mood]  # fmt: skip


def kind_word(intent: Intent) -> str:
    """What somebody wants with it."""
    return {
        Intent.UNSURE: tr("Kind unsure"), Intent.COMPLAINT: tr("Complaint"),
        Intent.QUESTION: tr("Question"), Intent.PRAISE: tr("Praise"), Intent.IDEA: tr("Idea"),
        Intent.PRESS: tr("Press"), Intent.SPAM: tr("Looks like spam"), Intent.OTHER: tr("Talk"),
    }[intent]  # fmt: skip


def language_word(code: str) -> str:
    """A language by its own name."""
    if not code:
        return tr("Language unsure")
    if code in LANGUAGES:  # Qt says "American English" for en
        return LANGUAGES[code]
    known = QLocale(code)
    is_known = known.language() != QLocale.Language.C
    return known.nativeLanguageName() if is_known else isolated(one_line(code)[:20])


def languages() -> list[tuple[str, str]]:
    """Code and own name of each language that a mention is known by, the program's own first."""
    codes = dict.fromkeys((*LANGUAGES, *READABLE))
    return [(code, language_word(code)) for code in codes]


def facts(insight: Insight) -> list[Chip]:
    """Mood, kind and language, each with how sure it is, or that a person said so."""
    if not insight.version and insight == Insight(version=0):
        return [Chip(tr("Not read yet"))]
    mood, intent, lang = insight.sentiment_held, insight.intent_held, insight.lang_held
    is_own_mood = insight.own_sentiment is not Sentiment.NOT_RATED
    found = [
        Chip(_sure(mood_word(mood), insight.confidence if mood in _TOLD else 0, is_own_mood),
             _TONES.get(mood, "plain")),
        Chip(_sure(kind_word(intent),
                   insight.intent_confidence if intent is not Intent.UNSURE else 0,
                   insight.own_intent is not Intent.UNSURE)),
        Chip(_sure(language_word(lang), 0, bool(insight.own_lang))),
    ]  # fmt: skip
    return found


def _sure(word: str, percent: int, is_own: bool) -> str:
    if is_own:
        return tr("{word}, corrected", word=word)
    return tr("{word} {n} %", word=word, n=percent) if percent else word


def part_words(part: Part) -> str:
    """What a part of the score is about, without its points."""
    fact = part.fact if part.fact.isdecimal() or not part.fact else isolated(part.fact)
    known = {
        "negative": tr("negative {n} %", n=fact) if fact
        else tr("negative, as you said"),
        "mood_words": tr("angry words"),
        "failure": tr("words of trouble: {list}", list=fact), "number": tr("names a number"),
        "help": tr("asks for help"), "question": tr("a question"),
        "again": tr("post no. {n} in 24 hours", n=fact), "reach": _reach(part.fact),
        "first": tr("first word in this thread"), "press": tr("press"),
        "thanks": tr("thanks only"), "short": tr("hardly any words"), "link": tr("only a link"),
        "alarm": tr("words of danger: {list}", list=fact),
        "learned": tr("like what you raised") if part.points > 0
        else tr("like what you never raise"),
    }  # fmt: skip
    return known.get(part.code, isolated(part.code))


def _reach(fact: str) -> str:
    n = int(fact) if fact.isdecimal() else 0
    return trn("{n} follower", "{n} followers", n)


def points(value: float) -> str:
    """ "+23", "−10": with a real minus."""
    n = round(value)
    return f"+{n}" if n >= 0 else f"−{-n}"


def reasons(found: Understood, now: int) -> list[Chip]:
    """Why it stands where it stands: every part of the score, what time adds now, what a person
    said. `now`: ms UTC."""
    out = []
    for part in found.insight.counted:
        if not round(part.points):
            continue
        tone = "danger" if part.code == "alarm" else ("plain" if part.points > 0 else "ok")
        words, sum_of = part_words(part), points(part.points)
        out.append(Chip(tr("{what}: {points}", what=words, points=sum_of), tone))
    out += _time(found, now)
    if found.is_vip:
        out.append(Chip(tr("VIP: {span} earlier", span=span(VIP_BONUS_MS)), "accent"))
    bonus = PRIORITY_BONUS_MS.get(found.priority, 0)
    if bonus:
        text = tr("priority {n}: {span} earlier", n=found.priority, span=span(bonus))
        later = tr("priority {n}: {span} later", n=found.priority, span=span(abs(bonus)))
        out.append(Chip(text if bonus > 0 else later, "accent"))
    return out


def _time(found: Understood, now: int) -> list[Chip]:
    """Twenty points for waiting as long as the response target."""
    if not found.due_at:
        return []
    target = found.target_min * MINUTE_MS
    waited = now - (found.due_at - target)
    value = POINTS_A_TARGET * waited / target
    if not round(value):  # nothing yet
        return []
    text = tr("waiting for {span}: {points}", span=span(max(0, waited)), points=points(value))
    return [Chip(text, "warn" if waited >= target else "plain")]


def why(found: Understood, now: int) -> str:
    """All of it in one text, a line each, for a hint and a screen reader."""
    lines = [", ".join(chip.text for chip in facts(found.insight))]
    if found.n_alike > 1:
        lines.append(alike(found.n_alike))
    if found.label:
        lines.append(tr("May want the label {name}", name=isolated(found.label)))
    shown = reasons(found, now)
    total = round(found.insight.score)
    lines.append(
        tr("Score {n}: why it stands here", n=total) if shown else tr("Score {n}", n=total)
    )
    return "\n".join([*lines, *(f"· {chip.text}" for chip in shown)])


def alike(n: int) -> str:
    """ "One of 5 that are nearly the same"."""
    return tr("One of {n} nearly the same", n=n)
