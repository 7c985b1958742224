"""Sentences about playbooks: what is wrong with a text, and what its parts are called."""

from socialdesk.domain.playbooks.playbook import COMMON_ID, Common, Playbook
from socialdesk.domain.playbooks.playbook_check import MAX_POST_CHARS, Fault, FaultKind
from socialdesk.engine.words.line_names import line_words
from socialdesk.i18n import LANGUAGES, tr

NUMBERED = ("step", "fact", "clock", "second_look")  # sections whose texts have no names


def fault_words(fault: Fault) -> str:
    """One sentence that names the file and the text."""
    where = f"{fault.file}, {fault.key}" if fault.key else fault.file
    return f"{where}: {why(fault)}"


def why(fault: Fault) -> str:
    """What is wrong, without where."""
    match fault.kind:
        case FaultKind.SCHEMA:
            return tr("it is made for another version of the program")
        case FaultKind.MISSING:
            return tr("it is missing")
        case FaultKind.UNKNOWN_KEY:
            return tr("nobody knows this key")
        case FaultKind.BAD_VALUE:
            return tr("“{value}” cannot stand here", value=fault.detail)
        case FaultKind.TWICE:
            return tr("it is there twice")
        case FaultKind.EMPTY:
            return tr("it is empty")
        case FaultKind.BLANKS:
            return tr("a blank at an end, two blanks in a row, or a line break")
        case FaultKind.ODD_BRACE:
            return tr("a brace belongs to no place to fill in: {words}", words=fault.detail)
        case FaultKind.UNKNOWN_PLACE:
            return tr("nothing fills in {place}", place=f"{{{fault.detail}}}")
        case FaultKind.OTHER_PLACES:
            places = ", ".join(f"{{{name}}}" for name in fault.detail.split(", "))
            return tr("not the same places as in the other languages: {places}", places=places)
        case FaultKind.TOO_LONG:
            return tr("too long for one post: {n} of {limit} characters with usual values",
                      n=fault.detail, limit=MAX_POST_CHARS)  # fmt: skip
        case FaultKind.NOT_TOML:
            return tr("it is not a TOML file ({why})", why=fault.detail)


def lint_words(kind: str) -> str:
    """What somebody may hear in a draft; the kinds of `common.toml`."""
    return {
        "blame": lambda: tr("It may sound as if others were to blame"),
        "minimise": lambda: tr("It may sound as if it were nothing"),
        "estimate": lambda: tr("It may promise a time nobody can keep"),
        "speculation": lambda: tr("It guesses; say what is known, and what is not"),
    }.get(kind, lambda: kind)()


def part_words(key: str) -> str:
    """What a text is called: `holding.sorry` → "Sorry". A key of one's own is shown as it is."""
    section, _, name = key.partition(".")
    if section == "review":
        return tr("Read by a native speaker: {lang}", lang=LANGUAGES.get(name, name))
    name, _, value = name.partition(".")
    if value:
        return f"{name}: {_VALUES[value]()}"
    if section == "line":
        return line_words(name)
    if section in NUMBERED:
        return name
    known = _PARTS.get(key)
    return known() if known else key


def section_words(section: str) -> str:
    """The heading above the texts of one section."""
    known = _SECTIONS.get(section)
    return known() if known else section


def type_words(playbook: str, title: str) -> str:
    """The name of a playbook in a list: its title, or what the shared texts are called."""
    return tr("Shared texts") if playbook == COMMON_ID else title


def role_words(role: str) -> str:
    """Who does a step."""
    known = _ROLES.get(role)
    return known() if known else role


def due_words(phase: str, due_min: int) -> str:
    """When a step is due."""
    if due_min >= 120 and due_min % 60 == 0:
        return tr("{n} h after declaring", n=due_min // 60)
    if due_min >= 0:
        return tr("{n} min after declaring", n=due_min)
    return {
        "declared": tr("once declared"),
        "holding": tr("after the first statement"),
        "responding": tr("while responding"),
        "stand_down": tr("at stand-down"),
        "review": tr("in the review"),
    }.get(phase, phase)


def gate_words(gate: str) -> str:
    """What waits for a fact."""
    if gate == "holding":
        return tr("before the first statement")
    return tr("before causes and numbers")


def value_words(value: str) -> str:
    """A value of a version's difference: yes and no in words, numbers as they are."""
    return {"True": lambda: tr("yes"), "False": lambda: tr("no")}.get(value, lambda: value)()


def unread_note() -> str:
    """Stands beside texts that no native speaker has read."""
    return tr("not yet read by a native speaker")


def note_for(lang: str, common: Common, playbook: Playbook | None = None) -> str:
    """The note beside a text made of these in `lang`; "" when native speakers have read them."""
    is_read = common.is_reviewed(lang) and (playbook is None or playbook.is_reviewed(lang))
    return "" if is_read else unread_note()


_ROLES = {
    "commander": lambda: tr("commander"),
    "spokesperson": lambda: tr("spokesperson"),
    "approver": lambda: tr("approver"),
    "scribe": lambda: tr("scribe"),
    "operator": lambda: tr("operator"),
}
_VALUES = {
    "due_min": lambda: tr("minutes after declaring"),
    "claim": lambda: tr("claims something"),
    "safety": lambda: tr("safety"),
}
_PARTS = {
    "sev_default": lambda: tr("Usual severity"),
    "humour": lambda: tr("Light tone"),
    "title": lambda: tr("Name"),
    "when": lambda: tr("Use this when"),
    "watch": lambda: tr("Beginnings of words that raise an alert"),
    "holding.sorry": lambda: tr("Sorry"),
    "holding.know": lambda: tr("What we know"),
    "holding.unknown": lambda: tr("What we do not know"),
    "holding.doing": lambda: tr("What we do"),
    "holding.short": lambda: tr("In one post"),
    "holding_next": lambda: tr("Next update"),
    "resolution.outcome": lambda: tr("How it ended"),
    "resolution.sorry": lambda: tr("Sorry"),
    "resolution.cause": lambda: tr("What happened"),
    "resolution.change": lambda: tr("What we change"),
    "resolution.contact": lambda: tr("Whom to write to"),
    "update.changed": lambda: tr("What has changed"),
    "update.unknown": lambda: tr("What we do not know"),
    "update.doing": lambda: tr("What we do"),
    "update.next": lambda: tr("Next update"),
    "nochange": lambda: tr("Nothing new"),
    "latepromise": lambda: tr("When we were late"),
    "correction": lambda: tr("Correction"),
    "staff": lambda: tr("Note to employees"),
    "lint.blame": lambda: tr("Blames others"),
    "lint.minimise": lambda: tr("Makes it small"),
    "lint.estimate": lambda: tr("Promises a time"),
    "lint.speculation": lambda: tr("Guesses"),
}
_SECTIONS = {
    "sev_default": lambda: tr("When to use it"),
    "humour": lambda: tr("When to use it"),
    "review": lambda: tr("Languages"),
    "title": lambda: tr("When to use it"),
    "when": lambda: tr("When to use it"),
    "watch": lambda: tr("When to use it"),
    "fact": lambda: tr("Facts to find out"),
    "step": lambda: tr("Steps"),
    "holding": lambda: tr("First statement"),
    "resolution": lambda: tr("Closing statement"),
    "line": lambda: tr("Reply lines"),
    "clock": lambda: tr("Legal deadlines that may apply; ask a lawyer"),
    "holding_next": lambda: tr("First statement"),
    "update": lambda: tr("Updates"),
    "nochange": lambda: tr("Updates"),
    "latepromise": lambda: tr("Updates"),
    "correction": lambda: tr("Correction"),
    "staff": lambda: tr("Employees"),
    "second_look": lambda: tr("Questions of the second look"),
    "lint": lambda: tr("Warnings while drafting"),
}
