"""The texts of what crisis mode refuses, word for word as specified (R16 is ours); only lists and
names change.

Source: crisis-mode specification, section 4.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from socialdesk.engine.words.sentence import Sentence
from socialdesk.engine.words.statements import block_names, clock_of, state_name
from socialdesk.engine.words.waits import missing_list, scope_words, waits_list
from socialdesk.i18n import tr, trn

Facts = Mapping[str, str | int]


def refusal_sentence(code: str, facts: Facts) -> Sentence:
    """What to tell a person. Missing facts leave their place empty, never a traceback."""
    known = {name: str(value) for name, value in facts.items()}
    return Sentence(_TEXTS[code](_Filled(known)))


class _Filled(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return ""


def _r03(f: Facts) -> str:
    n = int(f["n"] or 0)
    return trn(
        "{n} safety report is linked. Dismissing needs a second look.",
        "{n} safety reports are linked. Dismissing needs a second look.", n, n=n,
    )  # fmt: skip


def _r20(f: Facts) -> str:
    n = int(f["n"] or 0)
    return trn("{n} place is not filled in: {list}.", "{n} places are not filled in: {list}.", n,
               n=n, list=f["list"])  # fmt: skip


def _r22(f: Facts) -> str:
    match f["why"]:
        case "missing":
            return tr("The next update time is missing.")
        case "past":
            return tr("The next update time is in the past.")
        case _:
            return tr("The next update time is more than {m} min away, the limit for SEV{n}.",
                      m=f["m"], n=f["n"])  # fmt: skip


def _r23(f: Facts) -> str:
    n = int(f["n"] or 0)
    return trn("{n} fact in this text is not confirmed: {list}. Confirm it or take the sentence "
               "out.", "{n} facts in this text are not confirmed: {list}. Confirm them or take "
               "the sentence out.", n, n=n, list=f["list"])  # fmt: skip


def _r27(f: Facts) -> str:
    match f["why"]:
        case "old":
            why = tr("older than {h} h", h=f["h"])
        case "fact":
            why = tr("fact «{f}» is now {state}", f=f["f"], state=state_name(f["state"]))
        case _:
            why = tr("the incident is now {state}", state=state_name(f["state"]))
    return tr("The approval ended at {time}: {why}.", time=clock_of(f["time"]), why=why)


_TEXTS: Final[Mapping[str, Callable[[Facts], str]]] = {
    "R01": lambda f: tr("Declaring needs a title, a type, a severity and a commander. Missing: "
                        "{list}.", list=missing_list(str(f["list"]))),
    "R02": lambda f: tr("{id} is already open for {scope}. Link to it or raise its severity.",
                        id=f["id"], scope=scope_words(str(f["scope"]))),
    "R03": _r03,
    "R10": lambda f: tr("Crisis mode is on for {account}. The routine template «{t}» is locked "
                        "until stand-down.", account=f["account"], t=f["t"]),
    "R11": lambda f: tr("Before the first statement only lines without claims can be sent. "
                        "«{line}» makes a claim.", line=f["line"]),
    "R12": lambda f: tr("Free text is off in crisis mode. Use an approved line, or send this text "
                        "for a second look."),
    "R13": lambda f: tr("Planned posts for {account} are stopped while {id} is open.",
                        account=f["account"], id=f["id"]),
    "R14": lambda f: tr("The light tone is off for this type of crisis."),
    "R15": lambda f: tr("Held by {id} since {time}. Choose keep, change or discard; kept and "
                        "changed texts need a new second look.", id=f["id"],
                        time=clock_of(f["time"])),
    "R16": lambda f: tr("An employee wrote this. While {id} is open they get no public answer: "
                        "talk to them in person, or write to them alone.", id=f["id"]),
    "R20": _r20,
    "R21": lambda f: tr("A first statement needs: sorry, what we know, what we do not know, what "
                        "we do, next update. Missing: {list}.", list=block_names(f["list"])),
    "R22": _r22,
    "R23": _r23,
    "R24": lambda f: tr("«{fact}» has {k} of {n} independent checks. Two checks from one source "
                        "count once.", fact=f["fact"], k=f["k"], n=f["n"]),
    "R25": lambda f: tr("This exact text has had no second look."),
    "R26": lambda f: tr("Text, account, language or picture changed after approval ({old12} → "
                        "{new12}). It needs a new second look.", old12=f["old12"],
                        new12=f["new12"]),
    "R27": _r27,
    "R28": lambda f: tr("Cool-down: look again in {m} min {s} s. The text was last changed at "
                        "{time}.", m=f["m"], s=f["s"], time=clock_of(f["time"])),
    "R29": lambda f: tr("{person} wrote this text. In pair mode somebody else gives the second "
                        "look.", person=f["person"]),
    "R30": lambda f: tr("Stand-down waits for: {list}.", list=waits_list(str(f["list"]))),
    "R31": lambda f: tr("The review closes when these are filled: {list}.",
                        list=waits_list(str(f["list"]))),
    "R40": lambda f: tr("Drill: nothing is sent. «{action}» was noted for the score.",
                        action=f["action"]),
    "R41": lambda f: tr("A drill cannot start while {id} is open.", id=f["id"]),
    "R42": lambda f: tr("Silence needs a reason, a second look, and a time to look again at most "
                        "60 min away."),
    "R43": lambda f: tr("{account} cannot publish from here ({why}). Copy the approved text, "
                        "publish it by hand, paste the link.", account=f["account"],
                        why=f["why"]),
}  # fmt: skip
