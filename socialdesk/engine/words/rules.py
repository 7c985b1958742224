"""Rules in words: what one does, what is wrong with it, what looks wrong about a catch."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from socialdesk.domain.frozen import frozen
from socialdesk.domain.rules.rule import (
    ALL_DAYS,
    OPEN_END,
    Action,
    Condition,
    Do,
    Field,
    Group,
    Match,
    Rule,
)
from socialdesk.domain.rules.rule_trial import Trial
from socialdesk.i18n import LANGUAGES, tr, trn

Value = str | int


@frozen
class Names:
    """What numbers in a rule stand for; one that is missing is shown as its number."""

    accounts: Mapping[int, str] = field(default_factory=dict)
    watches: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    templates: Mapping[int, str] = field(default_factory=dict)


def sentence_of(rule: Rule, names: Names) -> str:
    """The whole rule as one sentence."""
    return tr("If {conditions}: {actions}.", conditions=conditions_words(rule, names),
              actions=actions_words(rule.actions, names))  # fmt: skip


def conditions_words(rule: Rule, names: Names) -> str:
    """Groups in brackets where there are several."""
    groups = [_group_words(g, names) for g in rule.groups if g.conditions]
    if not groups:
        return tr("(no condition yet)")
    if len(groups) == 1:
        return groups[0]
    return _joined([f"({words})" for words in groups], rule.match)


def actions_words(actions: Sequence[Action], names: Names) -> str:
    """ "label refund, priority 1"."""
    if not actions:
        return tr("(nothing yet)")
    return ", ".join(action_words(action, names) for action in actions)


def _group_words(group: Group, names: Names) -> str:
    return _joined([condition_words(c, names) for c in group.conditions], group.match)


def _joined(parts: Sequence[str], match: Match) -> str:
    whole = parts[0]
    for part in parts[1:]:
        whole = (
            tr("{one} and {other}", one=whole, other=part)
            if match is Match.ALL
            else tr("{one} or {other}", one=whole, other=part)
        )
    return whole


def condition_words(condition: Condition, names: Names) -> str:
    """One condition, turned round where it is meant so."""
    words = _holds_words(condition, names)
    return tr("not: {condition}", condition=words) if condition.is_not else words


def _holds_words(condition: Condition, names: Names) -> str:
    asked, values = condition.field, condition.values
    match asked:
        case Field.WORDS:
            return tr("the words contain {words}", words=_typed(values))
        case Field.PATTERN:
            return tr("the words fit /{pattern}/", pattern=_typed(values))
        case Field.NAME:
            return tr("the author's name contains {words}", words=_typed(values))
        case Field.HANDLE:
            return tr("the author is {list}", list=_listed(values))
        case Field.ACCOUNT:
            return tr("it came to {list}", list=_named(values, names.accounts))
        case Field.WATCH:
            return tr("it was found by {list}", list=_named(values, names.watches))
        case Field.NETWORK:
            return tr("the network is {list}", list=_listed(values))
        case Field.LANG:
            own = dict(LANGUAGES)
            return tr("the language is {list}", list=_or([own.get(str(v), str(v)) for v in values]))
        case Field.LABEL:
            return tr("it wears the label {list}", list=_listed(values))
        case Field.SENTIMENT:
            return tr("the mood is {list}", list=_coded(values))
        case Field.INTENT:
            return tr("its kind is {list}", list=_coded(values))
        case Field.SOURCE:
            return tr("it came as {list}", list=_coded(values))
        case Field.TIME:
            return _time_words(values)
        case Field.REACH:
            return tr("reach {span}", span=_span_words(values))
        case Field.STARS:
            return tr("stars {span}", span=_span_words(values))
        case Field.COPIES:
            return tr("copies before it {span}", span=_span_words(values))
        case _:
            return flag_words(asked)


def flag_words(asked: Field) -> str:
    """Conditions that are or are not."""
    return {
        Field.VIP: tr("the author is a VIP"), Field.BOT: tr("the author is a bot"),
        Field.MUTED: tr("the author is muted"),
        Field.FIRST_CONTACT: tr("the author writes for the first time"),
        Field.LINK: tr("it has a link"), Field.ATTACHMENT: tr("it has a picture or file"),
        Field.QUESTION: tr("it asks a question"),
    }[asked]  # fmt: skip


def _span_words(values: Sequence[Value]) -> str:
    low, high = (int(v) for v in values) if len(values) == 2 else (OPEN_END, OPEN_END)
    if high == OPEN_END:
        return f"≥ {_number(max(low, 0))}"
    if low in (OPEN_END, 0):
        return f"≤ {_number(high)}"
    return f"= {_number(low)}" if low == high else f"{_number(low)}–{_number(high)}"


def _time_words(values: Sequence[Value]) -> str:
    if len(values) != 3:
        return tr("(no time yet)")
    days, start, end = (int(v) for v in values)
    clock = f"{clock_words(start)}–{clock_words(end)}"
    if days == ALL_DAYS:
        return tr("it was written {clock}", clock=clock)
    chosen = ", ".join(name for n, name in enumerate(day_names()) if days >> n & 1)
    return tr("it was written {days} {clock}", days=chosen, clock=clock)


def day_names() -> tuple[str, ...]:
    """Monday first, short."""
    return (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))


def clock_words(minute: int) -> str:
    """Minutes of the day as 09:05; 24:00 is the day's end."""
    return f"{minute // 60:02}:{minute % 60:02}"


def action_words(action: Action, names: Names) -> str:
    """One action."""
    value = action.value
    match action.do:
        case Do.LABEL:
            return tr("label {name}", name=str(value) or "…")
        case Do.PRIORITY:
            return tr("priority {n}", n=value)
        case Do.STATUS:
            return {"done": tr("file as done"), "spam": tr("spam")}.get(str(value), tr("open"))
        case Do.SNOOZE:
            return tr("snooze for {time}", time=length_words(int(value or 0)))
        case Do.ASSIGN:
            return tr("hand over to {name}", name=_named([value], names.people))
        case Do.VIP:
            return tr("make the author a VIP")
        case Do.MUTE:
            return tr("mute the author")
        case Do.TEMPLATE:
            return tr("suggest «{name}»", name=_named([value], names.templates))
        case Do.NOTIFY:
            return tr("tell me: {words}", words=value) if value else tr("tell me")
        case Do.ALERT:
            return tr("alert: {words}", words=value) if value else tr("alert")
        case Do.STOP:
            return tr("stop there")


def length_words(minutes: int) -> str:
    """In the largest unit that is whole."""
    if minutes and minutes % 1440 == 0:
        return trn("{n} day", "{n} days", minutes // 1440)
    if minutes and minutes % 60 == 0:
        return trn("{n} hour", "{n} hours", minutes // 60)
    return trn("{n} minute", "{n} minutes", minutes)


def code_words(code: str) -> str:
    """A mood, a kind, a way of coming; others as they are."""
    return {
        "not_rated": tr("not rated"), "unsure": tr("unsure"), "negative": tr("negative"),
        "neutral": tr("neutral"), "positive": tr("positive"), "complaint": tr("complaint"),
        "question": tr("question"), "praise": tr("praise"), "idea": tr("idea"),
        "press": tr("press"), "spam": tr("spam"), "other": tr("other"),
        "mention": tr("mention"), "reply": tr("reply"), "post": tr("post"),
        "comment": tr("comment"), "review": tr("review"), "article": tr("article"),
    }.get(code, code)  # fmt: skip


def fault_words(code: str, fact: str) -> str:
    """What is wrong with a rule, and what would be right. `code`: of a RuleFault."""
    match code:
        case "no_name":
            return tr("The rule has no name yet.")
        case "no_conditions" | "empty_group":
            return tr("There is no condition yet. Without one the rule would fit everything.")
        case "no_actions":
            return tr("The rule does nothing yet. Add an action.")
        case "many_conditions" | "many_actions":
            return tr("At most {n} fit in one rule. Make two of it.", n=fact)
        case "long_name" | "long_text" | "pattern_long":
            return tr("That is too long: at most {n} characters.", n=fact)
        case "no_value":
            return tr("Nothing is filled in here.")
        case "no_words":
            return tr("There is no word to look for in «{words}».", words=fact)
        case "bad_number":
            return tr("{n} is no number that fits here.", n=fact)
        case "empty_span":
            return tr("Nothing lies in between: {span}.", span=fact)
        case "no_days":
            return tr("No weekday is chosen.")
        case "bad_clock":
            return tr("A time of day runs from one clock time to another, for example 18:00–08:00.")
        case "twice":
            return tr("The same action stands there twice; only one of them could hold.")
        case "mute_and_open":
            return tr("A muted author's mentions are filed as done: it cannot stay open as well.")
        case "bad_label":
            return tr("A label has a name of at most {n} characters.", n=fact)
        case "gone_assign":
            return tr("The person it hands over to is not there any more.")
        case "gone_template":
            return tr("The template it suggests is not there any more, or is archived.")
        case "pattern_syntax":
            return tr("The expression cannot be read: {why}.", why=fact)
        case "pattern_repeats":
            return tr("The expression repeats too often: braces may multiply to {n} at most.",
                      n=fact)  # fmt: skip
        case "unreadable":
            return tr("This rule was written by a newer SocialDesk and cannot be read here. It is "
                      "switched off.")  # fmt: skip
        case _:
            return tr("This value is not known here: {value}.", value=fact)


def suspect_words(reason: str, fact: str) -> str:
    """Why a catch of a dry run looks wrong."""
    match reason:
        case "replied":
            return tr("You answered this one.")
        case "vip":
            return tr("Its author is a VIP.")
        case "raised":
            return tr("Somebody gave it priority {n}.", n=fact)
        case "lowered":
            return tr("Somebody gave it the lowest priority.")
        case "not_spam":
            return tr("Somebody closed it, but not as spam.")
        case "spam":
            return tr("Somebody called it spam.")
        case "language":
            return tr("It is in another language than the rest ({lang}).", lang=fact)
        case _:
            return tr("Its words are unlike those of the rest.")


def found_words(trial: Trial) -> list[str]:
    """How much a dry run caught, of how many; and what it could not look at."""
    caught = trn("It would have caught {caught} of {of} mention.",
                 "It would have caught {caught} of {of} mentions.", trial.n_read,
                 caught=_number(trial.n_hits), of=_number(trial.n_read))  # fmt: skip
    lines = [caught if trial.is_whole else tr("Stopped. {so_far}", so_far=caught)]
    if trial.n_slow:
        lines.append(trn("The expression was too slow for {n} mention; they are not counted.",
                         "The expression was too slow for {n} mentions; they are not counted.",
                         trial.n_slow))  # fmt: skip
    return lines


def undone_words(answer: Mapping[str, Any]) -> str:
    """What was taken back, and what was not. `answer`: of UndoRule."""
    n, n_changed, n_gone = (int(answer[key]) for key in ("n", "n_changed", "n_gone"))
    words = [trn("Taken back on {n} mention.", "Taken back on {n} mentions.", n)]
    if n_changed:
        words.append(trn("{n} was changed since and left alone.",
                         "{n} were changed since and left alone.", n_changed))  # fmt: skip
    if n_gone:
        words.append(trn("{n} is too long ago.", "{n} are too long ago.", n_gone))
    return " ".join(words)


def off_words(reason: str) -> str:
    """Why the program switched a rule off."""
    match reason:
        case "slow":
            return tr("Switched off: its expression was too slow for three mentions. Write it "
                      "more simply.")  # fmt: skip
        case "failed":
            return tr("Switched off: it could not be carried out. Look whether its person or label "
                      "is still there.")  # fmt: skip
        case _:
            return ""


def _typed(values: Sequence[Value]) -> str:
    lines = (line.strip() for v in values for line in str(v).splitlines())
    return ", ".join(line for line in lines if line) or "…"


def _listed(values: Sequence[Value]) -> str:
    return _or([str(v) for v in values])


def _coded(values: Sequence[Value]) -> str:
    return _or([code_words(str(v)) for v in values])


def _named(values: Sequence[Value], names: Mapping[int, str]) -> str:
    return _or([names.get(int(v or 0), str(v)) for v in values])


def _or(words: Sequence[str]) -> str:
    if not words:
        return "…"
    whole = words[0]
    for word in words[1:]:
        whole = tr("{one} or {other}", one=whole, other=word)
    return whole


def _number(n: int) -> str:
    return f"{n:,}".replace(",", "\u202f")
