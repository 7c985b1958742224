"""The program's words for the values figures are grouped by."""

from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.engine.words.network_names import network_name
from socialdesk.i18n import tr

TONES = {"2": "danger", "3": "plain", "4": "ok", "1": "warn", "0": "none"}  # of moods


def mood(value: str) -> str:
    """A value of `Sentiment`."""
    return {
        Sentiment.NOT_RATED: tr("Not rated"), Sentiment.UNSURE: tr("Unsure"),
        Sentiment.NEGATIVE: tr("Negative"), Sentiment.NEUTRAL: tr("Neutral"),
        Sentiment.POSITIVE: tr("Positive"),
    }[Sentiment(int(value))]  # fmt: skip


def intent(value: str) -> str:
    """A value of `Intent`."""
    return {
        Intent.UNSURE: tr("Not recognised"), Intent.COMPLAINT: tr("Complaint"),
        Intent.QUESTION: tr("Question"), Intent.PRAISE: tr("Praise"), Intent.IDEA: tr("Idea"),
        Intent.PRESS: tr("Press"), Intent.SPAM: tr("Looks like spam"), Intent.OTHER: tr("Other"),
    }[Intent(int(value))]  # fmt: skip


def network(key: str) -> str:
    """A network's own name; a third party's key is shown as it is."""
    return network_name(key)


def language(code: str) -> str:
    """A language by its name where we know it, else by its code."""
    names = {
        "": tr("Not recognised"), "en": tr("English"), "ru": tr("Russian"), "kk": tr("Kazakh"),
        "de": tr("German"), "fr": tr("French"), "es": tr("Spanish"), "it": tr("Italian"),
        "pt": tr("Portuguese"), "tr": tr("Turkish"), "uk": tr("Ukrainian"), "zh": tr("Chinese"),
        "ar": tr("Arabic"), "ky": tr("Kyrgyz"), "uz": tr("Uzbek"), "hi": tr("Hindi"),
    }  # fmt: skip
    return names.get(code, code)
