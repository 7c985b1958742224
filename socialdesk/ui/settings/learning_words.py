"""What was learned, in sentences. Pure."""

from socialdesk.domain.learning import LessonReport, ReadingState, Why
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.i18n import tr, trn
from socialdesk.ui.insight_words import kind_word, language_word, mood_word
from socialdesk.ui.plain import isolated
from socialdesk.ui.words import count


def title(report: LessonReport) -> str:
    """What is learned."""
    kind, _, name = report.key.partition(":")
    match kind:
        case "sentiment":
            return tr("Mood of mentions in {language}", language=language_word(name))
        case "intent":
            return tr("Kind of mention")
        case "label":
            return tr("When to suggest the label {name}", name=isolated(name))
        case _:
            return tr("What you raise by hand")


def state(report: LessonReport) -> str:
    """Whether it is used, and why not."""
    n = report.n
    match report.why:
        case Why.USED:
            return trn("In use. Learned from {n} answer of yours.",
                       "In use. Learned from {n} answers of yours.", n)  # fmt: skip
        case Why.FEW:
            return tr("Not used yet: {n} of the {needed} answers it needs.", n=n,
                      needed=report.n_needed)  # fmt: skip
        case Why.ONE_SIDED:
            return tr("Not used yet: of {n} answers nearly all were the same.", n=n)
        case Why.NO_BETTER:
            return tr("Not used: what ships with the program did as well or better.")
        case Why.WEAK:
            return tr("Not used yet: it is not sure enough after {n} answers.", n=n)


def judged(report: LessonReport) -> str:
    """How it did on answers it had not seen; "" when it was not judged."""
    if not report.n_held:
        return ""
    text = tr("Of your last {n} answers, which it had not seen, it would have given {right}.",
              n=report.n_held, right=report.n_right)  # fmt: skip
    if report.n_right_before < 0:
        return text
    return f"{text} {tr('Without it: {right}.', right=report.n_right_before)}"


def spoke_for(report: LessonReport) -> list[str]:
    """The words that counted, a line per answer."""
    return [
        tr("{answer}: {words}", answer=_answer(name), words=", ".join(map(isolated, words)))
        for name, words in report.words
        if words
    ]


def _answer(name: str) -> str:
    if name == "yes":
        return tr("Speak for it")
    if name in {mood.name.lower() for mood in Sentiment}:
        return mood_word(Sentiment[name.upper()])
    known = {intent.name.lower() for intent in Intent}
    return kind_word(Intent[name.upper()]) if name in known else isolated(name)


def reading(progress: ReadingState) -> str:
    """How far older mentions were read."""
    if not progress.n_total:
        return tr("Every stored mention was read.")
    done, total = count(progress.n_done), count(progress.n_total)
    if progress.is_stopped:
        return tr("Stopped at {done} of {total} older mentions.", done=done, total=total)
    return tr("Reading older mentions again: {done} of {total}", done=done, total=total)
