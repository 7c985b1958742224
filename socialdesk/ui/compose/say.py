"""The composer's sentences: how long, who speaks, and what sending will do."""

from collections.abc import Sequence

from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.price import PostPrices, dollars, has_link
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.engine.words.waits import risk_list
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.options_bar import speaks_as
from socialdesk.ui.compose.verdict import Fate, Verdict

Toned = tuple[str, str]  # words, tone of a label


def counter(used: int, limit: int, visibility: Visibility | None, account: str) -> Toned:
    """ "118 / 500 characters · replies publicly as @dalacoffee"; danger when too long."""
    voice = speaks_as(visibility, account)
    if not limit:
        return tr("{n} characters · {voice}", n=used, voice=voice), "dim"
    if used > limit:
        over = used - limit
        words = trn("{n} character too long", "{n} characters too long", over)
        return tr("{over}: {used} / {limit} · {voice}",
                  over=words, used=used, limit=limit, voice=voice), "danger"  # fmt: skip
    words = tr("{used} / {limit} characters · {voice}", used=used, limit=limit, voice=voice)
    left = limit - used
    if left <= limit // 10:
        return tr("{words} · {n} left", words=words, n=left), "warn"
    return words, "dim"


def cost(prices: PostPrices | None, text: str) -> str:
    """What the network takes for it; "" = nothing."""
    if prices is None:
        return ""
    money = dollars(prices.of(text))
    if has_link(text) and prices.with_link > prices.answer:
        return tr("costs {sum} because of the link", sum=money)
    return tr("costs {sum}", sum=money)


def room(left: int) -> Toned:
    """How many characters still fit; negative when too long."""
    if left < 0:
        return trn("{n} character too long", "{n} characters too long", -left), "danger"
    return trn("{n} character left", "{n} characters left", left), "dim"


def fate(said: Verdict, *, came_from_template: bool) -> Toned:
    """What sending does now; "" when there is nothing to say."""
    match said.fate:
        case Fate.EMPTY:
            return "", ""
        case Fate.SLOTS:
            return (not_filled_in(said.empty) if said.empty else not_fitting(said.wrong)), "warn"
        case Fate.REFUSED:
            return tr(
                "Only approved templates may be sent here (Settings, Reply policy)."
            ), "danger"
        case Fate.LOCKED:
            code, facts = said.refusal
            return refusal_sentence(code, dict(facts)).text, "warn"
        case Fate.WAITS if said.risks:
            return tr("It will wait for a second look: {why}.",
                      why=risk_list(",".join(said.risks))), "warn"  # fmt: skip
        case Fate.WAITS if said.is_template:
            return tr("What goes with it is not approved: it will wait for approval."), "warn"
        case Fate.WAITS if came_from_template:
            return tr("You changed approved words: it will wait for approval."), "warn"
        case Fate.WAITS:
            return tr("Your own words: it will wait for approval."), "warn"
        case Fate.SENDS if said.is_template:
            return tr("Approved words: it can go out."), "ok"
        case Fate.SENDS if came_from_template:
            return tr("You changed approved words: this is free text now, and may go out."), "warn"
        case Fate.SENDS:
            return tr("Free text: it can go out without approval."), "dim"


def not_filled_in(names: Sequence[str]) -> str:
    """Which slots block sending."""
    return tr("Not filled in yet: {list}. Press Tab to go there.", list=", ".join(names))


def not_fitting(names: Sequence[str]) -> str:
    """Which slots hold something that their template does not allow."""
    return tr("Does not fit here: {list}. Press Tab to go there.", list=", ".join(names))


def too_many_bytes(n: int, limit: int) -> str:
    """The second limit some networks have."""
    over = trn("{n} byte too long", "{n} bytes too long", n - limit)
    return tr("{over}: this network takes {limit} bytes", over=over, limit=limit)


def cut(n: int, limit: int) -> str:
    """What of a paste found no room."""
    return tr("The clipboard holds {n} characters; a reply has room for {max}. The rest was cut.",
              n=n, max=limit)  # fmt: skip
