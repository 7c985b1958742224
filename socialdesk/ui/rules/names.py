"""What conditions and actions are called where one is chosen, and the values offered for them."""

from socialdesk.domain.rules.rule import FLAGS, TEXTS, Do, Field, Match
from socialdesk.domain.rules.rule_check import INTENTS, SENTIMENTS, SOURCES, STATUSES
from socialdesk.engine.words.rules import code_words
from socialdesk.i18n import LANGUAGES, tr
from socialdesk.ui.rules.known import Known

Choices = list[tuple[str | int, str]]  # value, as it is called
# Languages of words, beyond those of the program itself.
MORE_LANGUAGES = ("en", "ru", "kk", "de", "fr", "es", "pt", "it", "tr", "uk", "pl", "ar", "hi")


def field_name(field: Field) -> str:
    """A condition in the list of them."""
    return {
        Field.WORDS: tr("Words"), Field.PATTERN: tr("Regular expression"),
        Field.ACCOUNT: tr("Account"), Field.WATCH: tr("Watch"), Field.NETWORK: tr("Network"),
        Field.SOURCE: tr("Came as"), Field.HANDLE: tr("Author"),
        Field.NAME: tr("Author's name"), Field.VIP: tr("Author is a VIP"),
        Field.BOT: tr("Author is a bot"), Field.MUTED: tr("Author is muted"),
        Field.FIRST_CONTACT: tr("Writes for the first time"), Field.REACH: tr("Reach"),
        Field.LANG: tr("Language"), Field.SENTIMENT: tr("Mood"), Field.INTENT: tr("Kind"),
        Field.STARS: tr("Stars"), Field.TIME: tr("Day and time"), Field.LINK: tr("Has a link"),
        Field.ATTACHMENT: tr("Has a picture or file"), Field.QUESTION: tr("Asks a question"),
        Field.COPIES: tr("Copies before it"), Field.LABEL: tr("Wears the label"),
    }[field]  # fmt: skip


def do_name(do: Do) -> str:
    """An action in the list of them."""
    return {
        Do.LABEL: tr("Label"), Do.PRIORITY: tr("Priority"), Do.STATUS: tr("Status"),
        Do.SNOOZE: tr("Snooze"), Do.ASSIGN: tr("Hand over to"), Do.VIP: tr("Make the author a VIP"),
        Do.MUTE: tr("Mute the author"), Do.TEMPLATE: tr("Suggest a template"),
        Do.NOTIFY: tr("Tell me"), Do.ALERT: tr("Alert, until it is seen"),
        Do.STOP: tr("No further rules"),
    }[do]  # fmt: skip


def turn_names(field: Field) -> tuple[str, str]:
    """How a condition is meant: so, or turned round."""
    if field in FLAGS:
        return tr("yes"), tr("no")
    if field in TEXTS or field is Field.LABEL:
        return tr("has"), tr("has not")
    return tr("is"), tr("is not")


def match_name(match: Match) -> str:
    return tr("all of these") if match is Match.ALL else tr("any of these")


def hint(field: Field) -> str:
    """What may be typed for a text."""
    return {
        Field.WORDS: tr("refund, money back, +order, -thanks, late*"),
        Field.PATTERN: tr("order #?[0-9]{4,6}"),
        Field.NAME: tr("a word of the name"),
        Field.HANDLE: tr("@ann, @ben@pond.example"),
    }.get(field, "")


def explained(field: Field) -> str:
    """How the value of a condition is meant, in one sentence."""
    return {
        Field.WORDS: tr("Any of the words, by commas. + must occur, - must not, * goes on, "
                        '"quotes" count case.'),
        Field.PATTERN: tr("Case does not count. Looked for in the first 10,000 characters."),
        Field.COPIES: tr("Earlier mentions with nearly the same words."),
        Field.TIME: tr("When it was written, in the zone of the business hours."),
    }.get(field, "")  # fmt: skip


def choices(field: Field, known: Known) -> Choices:
    """The values offered for a condition that chooses among some."""
    match field:
        case Field.ACCOUNT:
            return list(known.names.accounts.items())
        case Field.WATCH:
            return list(known.names.watches.items())
        case Field.NETWORK:
            return list(known.networks)
        case Field.SOURCE:
            return [(code, code_words(code)) for code in SOURCES]
        case Field.SENTIMENT:
            return [(code, code_words(code)) for code in SENTIMENTS]
        case Field.INTENT:
            return [(code, code_words(code)) for code in INTENTS]
        case Field.LABEL:
            return [(name, name) for name in known.labels]
        case _:
            own = dict(LANGUAGES)
            return [(code, own.get(code, code)) for code in MORE_LANGUAGES]


def do_choices(do: Do, known: Known) -> Choices:
    """The values offered for an action that chooses one."""
    match do:
        case Do.PRIORITY:
            return [
                (1, tr("1, highest")), (2, "2"), (3, "3"), (4, tr("4, lowest")),
            ]  # fmt: skip
        case Do.STATUS:
            words = {"open": tr("open"), "done": tr("done"), "spam": tr("spam")}
            return [(code, words[code]) for code in STATUSES]
        case Do.ASSIGN:
            named = known.names.people.items()
            return [(id, name) for id, name in named if id not in known.put_away]
        case _:
            return list(known.names.templates.items())
