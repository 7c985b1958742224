"""What is said on the practice network, read from data files: people, a script, variations."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from socialdesk.domain.frozen import frozen

HOST = "practice.example"
SERVER = f"https://{HOST}"
BRAND = "brand"  # the person key of the brand itself
FIRST_RUN = "first-run"  # the stream a new practice workspace gets


@frozen
class Person:
    """An invented account. `host` "" = the practice server itself. `only_scripted`: the endless
    stream puts no words in their mouth."""

    key: str
    handle: str
    name: str
    host: str = ""
    lang: str = "en"
    n_followers: int = 120
    is_bot: bool = False
    only_scripted: bool = False

    @property
    def acct(self) -> str:
        """As the server names them: without a host when they are its own."""
        return f"{self.handle}@{self.host}" if self.host else self.handle


@frozen
class Edit:
    """New words for a post, `at_s` seconds on the stream's clock."""

    at_s: float
    text: str


@frozen
class Repost:
    """Somebody passes a post on."""

    at_s: float
    by: str


@frozen
class Line:
    """One scripted post. `at_s` counts from the network's start and may be negative: a post that
    was there before. `kind`: question, complaint, praise, idea, spam, hostile, news, own or talk.
    `is_html`: `text` goes out as it is, tags and all."""

    key: str
    at_s: float
    by: str
    text: str
    kind: str = "talk"
    lang: str = ""  # "" = the person's
    to: str = ""  # key of the line it answers
    is_html: bool = False
    visibility: str = "public"
    warning: str = ""
    edits: tuple[Edit, ...] = ()
    reposts: tuple[Repost, ...] = ()
    deleted_at_s: float | None = None


@frozen
class Phrase:
    """A sentence of the endless stream, with slots filled from the `words` of its language."""

    lang: str
    kind: str
    text: str


@frozen
class Content:
    """Everything that can be said. `notes`: what stands in every profile, marking it invented.
    `answers`: language → mood → texts. `every_s`: mean pause of the endless stream,
    0 = silence after the script."""

    brand: Person
    hashtag: str
    keyword: str
    notes: Mapping[str, str]
    people: Mapping[str, Person]  # the brand included
    script: tuple[Line, ...]
    phrases: tuple[Phrase, ...]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    answers: Mapping[str, Mapping[str, tuple[str, ...]]]
    every_s: float = 360.0


def load_content(folder: Path, stream: str = FIRST_RUN) -> Content:
    """Read `brand.toml`, `people.toml`, `variations.toml` and `streams/<stream>.toml`.

    Raises OSError where a file is missing, ValueError (tomllib's errors are such) where one
    does not fit: an unknown person, an answer to a line that is not there or comes later.
    """
    return content_of(folder, read_toml(folder / "streams" / f"{stream}.toml"))


def content_of(folder: Path, played: Mapping[str, Any]) -> Content:
    """The brand and its people with a stream that was read before. Raises as `load_content`."""
    about = read_toml(folder / "brand.toml")
    spoken = read_toml(folder / "variations.toml")
    everybody = [*read_toml(folder / "people.toml")["person"], *played.get("person", ())]
    brand = Person(key=BRAND, **about["account"])
    people = {brand.key: brand} | {p["key"]: Person(**p) for p in everybody}
    script = tuple(_line(raw, people) for raw in played["line"])
    _check_order(script)
    return Content(
        brand=brand,
        hashtag=about["watch"]["hashtag"],
        keyword=about["watch"]["keyword"],
        notes=about["note"],
        people=people,
        script=script,
        phrases=tuple(Phrase(**raw) for raw in spoken["phrase"]),
        words={lang: _tuples(words) for lang, words in spoken["words"].items()},
        answers={lang: _tuples(moods) for lang, moods in spoken["answers"].items()},
        every_s=float(played.get("every_s", 360.0)),
    )


def read_toml(path: Path) -> dict[str, Any]:
    """Raises OSError, and ValueError where it is no TOML."""
    return tomllib.loads(path.read_text("utf-8"))


def _tuples(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(texts) for name, texts in lists.items()}


def _line(raw: dict[str, Any], people: Mapping[str, Person]) -> Line:
    edits = tuple(Edit(**edit) for edit in raw.pop("edits", ()))
    reposts = tuple(Repost(**repost) for repost in raw.pop("reposts", ()))
    try:
        line = Line(**raw, edits=edits, reposts=reposts)
        person = people[line.by]
        unknown = [repost.by for repost in reposts if repost.by not in people]
    except (TypeError, KeyError) as e:
        raise ValueError(f"line {raw.get('key', '?')}: {e}") from e
    if unknown:
        raise ValueError(f"line {line.key}: nobody is called {unknown}")
    return line if line.lang else Line(**raw, edits=edits, reposts=reposts, lang=person.lang)


def _check_order(script: tuple[Line, ...]) -> None:
    at_s: dict[str, float] = {}
    for line in sorted(script, key=lambda line: line.at_s):
        if line.key in at_s:
            raise ValueError(f"two lines are called {line.key}")
        if line.to and line.to not in at_s:
            raise ValueError(f"line {line.key} answers {line.to}, which is not there by then")
        later_s = [*(e.at_s for e in line.edits), *(r.at_s for r in line.reposts)]
        if min([*later_s, line.deleted_at_s or line.at_s]) < line.at_s:
            raise ValueError(f"line {line.key} changes before it is there")
        at_s[line.key] = line.at_s
