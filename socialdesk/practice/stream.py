"""Who says what when: a pure function of the content and the seed, in the stream's own time.

The stream's time is milliseconds since the network's start, speed included; nothing here knows
the wall clock. Every choice is drawn from a generator named after what it decides, so one choice
never shifts another and an endless stream can be asked from any point.
"""

import heapq
from collections.abc import Iterator, Mapping
from itertools import count
from random import Random

from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.template import fill, slots
from socialdesk.practice.content import Content, Edit, Line, Person, Phrase, Repost

SHIFT_S = 4.0  # a scripted thread comes up to so much later, by the seed
ANSWER_AFTER_S = (60.0, 120.0)  # people answer us so much later
ANSWER_SHARE = {0: 0.75, 1: 0.4}  # how many do, by how often they answered in this thread before
SILENT_KINDS = frozenset({"spam", "hostile", "news"})  # these never answer
EDITED_SHARE = 0.05  # of the endless stream
EDITED_AFTER = 1 / 4  # of the mean pause
REPOSTED_SHARE = 0.1
REPOSTED_AFTER = 1 / 6


@frozen
class Wrote:
    """A post appears. `to`: the key of the post it answers, "" = none."""

    at_ms: int
    key: str
    line: Line


@frozen
class Edited:
    """A post has new words."""

    at_ms: int
    key: str
    text: str


@frozen
class Reposted:
    """Somebody passes a post on."""

    at_ms: int
    key: str
    by: str


@frozen
class Deleted:
    """The author takes a post away."""

    at_ms: int
    key: str


Event = Wrote | Edited | Reposted | Deleted


def events(content: Content, seed: int) -> Iterator[Event]:
    """Everything that happens without us, oldest first; without end unless `every_s` is 0."""
    after = _endless(content, seed) if content.every_s else ()
    return heapq.merge(_scripted(content, seed), after, key=_when)


def answer_to(content: Content, seed: int, asked: Line, n_before: int, at_ms: int) -> Wrote | None:
    """What the author of `asked` says to a reply of ours made at `at_ms`, if anything.

    `n_before`: how often they answered in this thread already. The text names the brand, so that
    the answer is a mention again.
    """
    draw = Random(f"{seed}/answer/{asked.key}/{n_before}")
    if asked.kind in SILENT_KINDS or draw.random() >= ANSWER_SHARE.get(n_before, 0.0):
        return None
    moods = content.answers.get(asked.lang, content.answers["en"])
    mood = "more" if asked.kind in {"complaint", "question"} and not n_before else "thanks"
    if draw.random() < 0.5:
        mood = "thanks"
    key = f"{asked.key}/answer{n_before + 1}"
    line = Line(
        key=key,
        at_s=0.0,
        by=asked.by,
        text=f"@{content.brand.handle} {draw.choice(moods[mood])}",
        kind="complaint" if mood == "more" else "praise",
        lang=asked.lang,
    )
    return Wrote(at_ms + int(1000 * draw.uniform(*ANSWER_AFTER_S)), key, line)


def _when(event: Event) -> tuple[int, str]:
    return event.at_ms, event.key


def _scripted(content: Content, seed: int) -> list[Event]:
    first = _firsts(content.script)
    happened: list[Event] = []
    for line in content.script:
        draw = Random(f"{seed}/shift/{first[line.key]}")
        shift_s = draw.uniform(0.0, SHIFT_S) if line.at_s >= 0 else 0.0
        happened += _life(line, shift_s)
    return sorted(happened, key=_when)


def _firsts(script: tuple[Line, ...]) -> Mapping[str, str]:
    """The first line of the thread each line belongs to: a thread shifts as a whole."""
    parents = {line.key: line.to for line in script}
    first: dict[str, str] = {}
    for line in sorted(script, key=lambda line: line.at_s):
        first[line.key] = first[line.to] if parents[line.key] else line.key
    return first


def _life(line: Line, shift_s: float) -> list[Event]:
    """What happens to one line, oldest first."""

    def ms(at_s: float) -> int:
        return int(1000 * (at_s + shift_s))

    wrote: list[Event] = [Wrote(ms(line.at_s), line.key, line)]
    later: list[Event] = [Edited(ms(edit.at_s), line.key, edit.text) for edit in line.edits]
    later += [Reposted(ms(repost.at_s), line.key, repost.by) for repost in line.reposts]
    if line.deleted_at_s is not None:
        later.append(Deleted(ms(line.deleted_at_s), line.key))
    return wrote + sorted(later, key=_when)


def _endless(content: Content, seed: int) -> Iterator[Event]:
    """One post per slot of `every_s`, somewhere in the slot's first third: pauses of two thirds
    to four thirds of `every_s`. Edits come before the next slot begins, so the order holds."""
    start_s = max((line.at_s for line in content.script), default=0.0) + content.every_s * 2 / 3
    for n in count():
        draw = Random(f"{seed}/endless/{n}")
        at_s = start_s + content.every_s * (n + draw.random() / 3)
        yield from _life(_varied(content, draw, n, at_s), 0.0)


def _varied(content: Content, draw: Random, n: int, at_s: float) -> Line:
    phrase = draw.choice(content.phrases)
    writers = writers_of(content, phrase)
    words = content.words[phrase.lang]
    values = {name: draw.choice(words[name]) for name in slots(phrase.text) if name in words}
    values["order_number"] = f"TR-{draw.randrange(1000, 10000)}"
    text = fill(phrase.text, values)
    edit = Edit(at_s + content.every_s * EDITED_AFTER, f"{text} (✎)")
    repost = Repost(at_s + content.every_s * REPOSTED_AFTER, draw.choice(writers).key)
    return Line(
        key=f"endless/{n}",
        at_s=at_s,
        by=draw.choice(writers).key,
        text=text,
        kind=phrase.kind,
        lang=phrase.lang,
        edits=(edit,) if draw.random() < EDITED_SHARE else (),
        reposts=(repost,) if draw.random() < REPOSTED_SHARE else (),
    )


def writers_of(content: Content, phrase: Phrase) -> list[Person]:
    """Who may say it: spam comes from bots, everything else from people of that language."""
    people = content.people.values()
    others = [p for p in people if p.key != content.brand.key and not p.only_scripted]
    if phrase.kind == "spam":
        return [person for person in others if person.is_bot]
    return [person for person in others if person.lang == phrase.lang and not person.is_bot]
