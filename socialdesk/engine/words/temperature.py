"""What a check of a planned post says: verdict, reasons, numbers, flags. Pure."""

from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.domain.temperature import (
    Flag,
    Ground,
    Mood,
    Temperature,
    Verdict,
    Which,
)
from socialdesk.i18n import tr, trn


def verdict_words(verdict: Verdict, *, is_locked: bool = False) -> tuple[str, str]:
    """In a word or two, and what to do about it."""
    match verdict:
        case Verdict.RED if is_locked:
            return tr("Red"), tr("Not now: planned posts are stopped.")
        case Verdict.RED:
            return tr("Red"), tr("Better not now. If it must go out, write down why.")
        case Verdict.AMBER:
            return tr("Amber"), tr("Read the worst examples first, and think again.")
        case Verdict.GREEN:
            return tr("Green"), tr("Nothing that was collected speaks against it.")
        case Verdict.LITTLE:
            return tr("Too little to say"), tr("That is no green light.")


def ground_words(ground: Ground, limits: CrisisLimits) -> str:
    """One reason of the verdict, with the rule behind it."""
    match ground:
        case Ground.INCIDENT:
            return tr("An incident is open.")
        case Ground.NEGATIVE:
            return tr("{n} % or more of the mentions are negative.",
                      n=limits.post_red_percent)  # fmt: skip
        case Ground.INVITATION_NEGATIVE:
            return tr("It invites everybody to answer, and {n} % or more are negative.",
                      n=limits.post_inviting_percent)  # fmt: skip
        case Ground.INVITATION_UNRESOLVED:
            return tr("It invites everybody to answer, and {n} or more complaints are unresolved.",
                      n=limits.post_inviting_unresolved)  # fmt: skip
        case Ground.SOME_NEGATIVE:
            return tr("{n} % or more of the mentions are negative.",
                      n=limits.post_amber_percent)  # fmt: skip
        case Ground.UNRESOLVED:
            return tr("{n} or more complaints are unresolved.",
                      n=limits.post_amber_unresolved)  # fmt: skip
        case Ground.FLAG:
            return tr("Its shape may be taken amiss, see below.")
        case Ground.FEW:
            return trn("Fewer than {n} mention in 30 days says too little.",
                       "Fewer than {n} mentions in 30 days say too little.",
                       limits.post_fewest)  # fmt: skip
        case Ground.NOT_RATED:
            return trn("The mood of fewer than {n} mention is known.",
                       "The mood of fewer than {n} mentions is known.",
                       limits.post_fewest)  # fmt: skip


def flag_words(flag: Flag, dates: tuple[str, ...] = ()) -> str:
    """What about the post's shape invites trouble."""
    match flag:
        case Flag.INVITATION:
            return tr("Open invitation: it asks everybody to write.")
        case Flag.JOKE:
            return tr("A joke: who is angry will not laugh.")
        case Flag.CELEBRATION:
            return tr("A celebration within 72 hours of a stand-down.")
        case Flag.DATE:
            return tr("On a day of your list: {days}.", days=", ".join(dates))


def number_words(found: Temperature) -> list[tuple[Which, str]]:
    """Every number with the mentions it stands for; the first two always."""
    month, lately, fewest = found.month, found.lately, found.limits.post_fewest
    said = [
        (Which.MONTH, trn("{n} mention in 30 days", "{n} mentions in 30 days", month.n)),
        (Which.LATELY, trn("{n} mention in 72 hours", "{n} mentions in 72 hours", lately.n)),
    ]  # fmt: skip
    if month.n_rated:
        negative = tr("of these {negative}", negative=_negative(month, fewest))
        said.insert(1, (Which.NEGATIVE, negative))
    if lately.n_rated:
        negative = tr("of these {negative}", negative=_negative(lately, fewest))
        said.append((Which.NEGATIVE_LATELY, negative))
    said.append((Which.UNRESOLVED, trn(
        "{n} complaint unresolved", "{n} complaints unresolved", found.n_unresolved)))  # fmt: skip
    n_unknown = month.n - month.n_rated
    if n_unknown:
        said.append((Which.NOT_RATED, trn("{n} whose mood is not known",
                                          "{n} whose mood is not known", n_unknown)))  # fmt: skip
    return said


def _negative(mood: Mood, fewest: int) -> str:
    share = mood.share(fewest)
    if share is None:  # a share of so few would look surer than it is
        return trn("{n} negative of {of} rated", "{n} negative of {of} rated", mood.n_negative,
                   of=mood.n_rated)  # fmt: skip
    return tr("{share} % negative ({n} of {of} rated)", share=share, n=mood.n_negative,
              of=mood.n_rated)  # fmt: skip


def last_sentence() -> str:
    """Always shown."""
    return tr("Only what SocialDesk has collected; silence elsewhere is not agreement.")


def plain_lines(found: Temperature) -> list[str]:
    """The whole check without a stranger's words, line by line."""
    verdict, advice = verdict_words(found.verdict, is_locked=bool(found.lock))
    lines = [f"{verdict}. {advice}", *(ground_words(g, found.limits) for g in found.grounds)]
    lines += [text for _, text in number_words(found)]
    lines += [f"{code} {title}".strip() for code, title in found.incidents]
    lines += [flag_words(flag, found.dates) for flag in found.flags]
    return [*lines, last_sentence()]
