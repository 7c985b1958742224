"""Sentences to try brand words on: such as people write, made of the words that were typed."""

from socialdesk.domain.brand_form import BrandForm
from socialdesk.i18n import tr

N_SPELLINGS = 2  # of the other spellings, so many have a sentence


def example_sentences(form: BrandForm) -> tuple[str, ...]:
    """The name in a sentence, in small letters, as a tag, inside another word; then one sentence
    for each of the first other words. () without a name."""
    name = form.name.strip()
    if not name:
        return ()
    tag = "".join(part.capitalize() for part in name.split())
    found = [
        tr("Has anyone been to {name} lately?", name=name),
        tr("{name}, when do you open on Sunday?", name=name.lower()),
        tr("Sunday morning #{tag}", tag=tag),
        tr("My cousin moved to {name}ville.", name=tag),
    ]
    found += [tr("I ordered from {name} again.", name=one) for one in form.spellings[:N_SPELLINGS]]
    found += [tr("{name} and {word}: what a day.", name=name, word=one) for one in form.must[:1]]
    found += [tr("{name} is looking for {word}.", name=name, word=one) for one in form.never[:1]]
    return tuple(dict.fromkeys(found))
