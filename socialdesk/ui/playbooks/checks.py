"""What is wrong with a text while it is written: the load check, asked about one text alone."""

from collections.abc import Mapping

from socialdesk.domain.playbooks.playbook import LANGS
from socialdesk.domain.playbooks.playbook_check import MAX_POST_CHARS, Checker, measured
from socialdesk.domain.playbooks.playbook_texts import Part
from socialdesk.engine.words.playbooks import why
from socialdesk.i18n import tr, trn


def problems(part: Part, words: Mapping[str, str], places: tuple[str, ...]) -> dict[str, str]:
    """Language → one sentence, for each language whose words cannot be saved."""
    check = Checker("", places)
    if part.is_list:
        for lang in LANGS:
            stems = [line.strip() for line in words[lang].splitlines() if line.strip()]
            check.words(lang, stems)
            if not stems:
                return {lang: tr("Write at least one.")}
    else:
        tidy = {lang: words[lang].strip() for lang in LANGS}
        for lang, text in tidy.items():
            check.text(lang, text, is_post=part.is_post)
        check.same_places({lang: text for lang, text in tidy.items() if text})
    found: dict[str, str] = {}
    for fault in check.faults:
        said = why(fault)
        found.setdefault(fault.key, said[:1].upper() + said[1:] + ".")
    return found


def length_line(part: Part, text: str) -> str:
    """How long a text is; of what must fit one post, against the limit."""
    if part.is_list:
        return trn("{n} beginning", "{n} beginnings", len([x for x in text.split("\n") if x]))
    if part.is_post:
        return tr("{n} of {limit} characters with usual values", n=measured(text.strip()),
                  limit=MAX_POST_CHARS)  # fmt: skip
    return trn("{n} character", "{n} characters", len(text.strip()))
