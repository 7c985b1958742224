"""The eight built-in drill streams: forty minutes of a crisis that never was.

One stream per playbook, in `resources/drills/<playbook>.toml`: the event, a safety post, the
press, a rumour that many copy, a troll, an impostor, and at minute 25 word that something taken
for a fact was false. Ordinary mentions are drawn between them by the stream's own seed.

To join one to another stream: `drill = load_drill(resource("practice"), resource("drills"),
"recall")`, then `list(drill.events())` (oldest first, `at_ms` on the stream's clock, finite) and
`drill.onset_ms`, the time of the first bad post on the same clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.template import fill, slots
from socialdesk.practice.content import Content, Line, Phrase, content_of, read_toml
from socialdesk.practice.stream import Event, Wrote, events, writers_of

DRILLS: Final = (
    "outage",
    "recall",
    "breach",
    "misconduct",
    "offensive-post",
    "viral-complaint",
    "false-rumour",
    "tragedy",
)
LENGTH_S: Final = 2_400.0  # of the stream's time
SPEEDS: Final = (1, 4, 10)
ONSET: Final = "first"  # key of the first bad post
NOISE_EVERY_S: Final = 100.0
NOISE_KINDS: Final = frozenset({"question", "praise", "idea", "spam"})
# What a part of the story is in the words of the practice network: spam, hostile and news never
# answer a reply.
_KINDS: Final = {
    "ours": "own",
    "event": "complaint",
    "safety": "complaint",
    "claim": "talk",
    "press": "news",
    "rumour": "talk",
    "troll": "hostile",
    "impostor": "hostile",
    "false_fact": "news",
    "noise": "",
}


@frozen
class DrillStream:
    """`playbook`: the crisis type it plays. `parts`: line key → its part in the story (`event`,
    `safety`, `press`, `rumour`, `troll`, `impostor`, `claim`, `false_fact`, `ours`, `noise`)."""

    name: str
    playbook: str
    seed: int
    content: Content
    parts: Mapping[str, str]

    def events(self) -> Iterator[Event]:
        """Everything that happens, oldest first, in milliseconds of the stream's time."""
        return events(self.content, self.seed)

    @property
    def onset_ms(self) -> int:
        """When the first bad post comes, in the same time as `events`."""
        return self.at_ms(ONSET)

    def at_ms(self, key: str) -> int:
        """When a line comes. Raises KeyError."""
        for event in self.events():
            if isinstance(event, Wrote) and event.key == key:
                return event.at_ms
        raise KeyError(key)

    def keys_of(self, part: str) -> tuple[str, ...]:
        """The lines of one part, in the order of the file."""
        return tuple(key for key, known in self.parts.items() if known == part)


def load_drill(practice: Path, drills: Path, name: str) -> DrillStream:
    """`practice`, `drills`: the resource folders. Raises OSError, and ValueError where the stream
    is unknown or does not fit."""
    if name not in DRILLS:
        raise ValueError(f"no drill is called {name}")
    played = read_toml(drills / f"{name}.toml")
    people = [*read_toml(drills / "people.toml")["person"], *played.get("person", ())]
    lines = [*played["line"], *_copies(played["rumour"])]
    parts = {line["key"]: line.pop("part") for line in lines}
    for line in lines:
        line.setdefault("kind", _KINDS[parts[line["key"]]])
    content = content_of(practice, {"person": people, "line": lines, "every_s": 0.0})
    noise = _noise(content, int(played["seed"]))
    return DrillStream(
        name,
        str(played["playbook"]),
        int(played["seed"]),
        replace(content, script=(*content.script, *noise)),
        parts | {line.key: "noise" for line in noise},
    )


def _copies(rumour: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One text, by many, each with a little of their own around it."""
    return [
        {
            "key": f"rumour-{n}",
            "part": "rumour",
            "at_s": copy["at_s"],
            "by": copy["by"],
            "text": f"{copy.get('before', '')}{rumour['text']}{copy.get('after', '')}",
        }
        for n, copy in enumerate(rumour["copies"], start=1)
    ]


def _noise(content: Content, seed: int) -> tuple[Line, ...]:
    """A usual morning: one ordinary mention per NOISE_EVERY_S, no complaint among them, so that
    the first bad post is the story's own."""
    phrases = [phrase for phrase in content.phrases if phrase.kind in NOISE_KINDS]
    n_slots = int(LENGTH_S / NOISE_EVERY_S)
    # In turn, not by chance: the same words from five mouths would be a rumour.
    Random(f"{seed}/noise").shuffle(phrases)
    return tuple(
        _usual_line(content, Random(f"{seed}/noise/{n}"), phrases[n % len(phrases)], n)
        for n in range(n_slots)
    )


def _usual_line(content: Content, draw: Random, phrase: Phrase, n: int) -> Line:
    """An ordinary line somewhere in the `n`th stretch of NOISE_EVERY_S."""
    words = content.words[phrase.lang]
    values = {name: draw.choice(words[name]) for name in slots(phrase.text) if name in words}
    values["order_number"] = f"TR-{draw.randrange(1000, 10000)}"
    return Line(
        key=f"noise/{n}",
        at_s=round((n + draw.random()) * NOISE_EVERY_S, 1),
        by=draw.choice(writers_of(content, phrase)).key,
        text=fill(phrase.text, values),
        kind=phrase.kind,
        lang=phrase.lang,
    )
