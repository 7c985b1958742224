"""A parsed playbook file into values. Raises PlaybookError with all faults by file and key."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from socialdesk.domain.playbooks.playbook import (
    CLUSTERS,
    COMMON_ID,
    GATES,
    LANGS,
    NO_CLOCK,
    PHASES,
    POSTURES,
    ROLES,
    Common,
    FactText,
    Holding,
    LegalClock,
    Line,
    Playbook,
    Question,
    Resolution,
    ResolutionBlocks,
    StepText,
    UpdateBlocks,
)
from socialdesk.domain.playbooks.playbook_check import SCHEMA, Checker, FaultKind

Raw = Mapping[str, Any]
Block = TypeVar("Block", Holding, Resolution, UpdateBlocks, ResolutionBlocks)
_LANGS = " ".join(LANGS)
_HEAD = "schema id version"
_PLAYBOOK = (
    f"{_HEAD} cluster posture avoid sev_default humour title when watch fact step holding "
    "resolution line"
)
_COMMON = (
    f"{_HEAD} review placeholders holding_next update nochange latepromise correction resolution "
    "staff line second_look lint"
)
_MAX_MIN = 60 * 24 * 30
_MAX_HOURS = 24 * 365


def playbook_of(raw: Raw, common: Common, file: str = "") -> Playbook:
    """`file`: the id it must have, "" = its own. A file without `review` has what `common` says."""
    check = Checker(file or str(raw.get("id", "")), common.placeholders)
    check.keys("", raw, _PLAYBOOK, "clock review")
    _head(check, raw, file)
    review = _review(check, raw["review"]) if "review" in raw else dict(common.reviewed)
    made = Playbook(
        id=str(raw.get("id", "")),
        version=str(raw.get("version", "")),
        cluster=check.choice("cluster", raw.get("cluster"), CLUSTERS),
        posture=_postures(check, "posture", raw.get("posture")),
        avoid=_postures(check, "avoid", raw.get("avoid")),
        sev_default=check.number("sev_default", raw.get("sev_default"), 1, 3),
        humour=check.flag("humour", raw.get("humour")),
        title=_texts(check, "title", raw.get("title")),
        when=_texts(check, "when", raw.get("when")),
        watch=_stems(check, "watch", raw.get("watch")),
        facts=tuple(_fact(check, k, t) for k, t in check.tables("fact", raw.get("fact"))),
        steps=tuple(_step(check, k, t) for k, t in check.tables("step", raw.get("step"))),
        holding=_blocks(check, "holding", raw.get("holding"), Holding),
        resolution=_blocks(check, "resolution", raw.get("resolution"), Resolution),
        lines=_lines(check, raw.get("line")),
        clocks=tuple(_clock(check, k, t) for k, t in check.tables("clock", raw.get("clock", []))),
        reviewed=review,
    )
    for line in made.lines:
        if any(line.key == shared.key for shared in common.lines):
            check.fault(f"line.{line.key}", FaultKind.TWICE, COMMON_ID)
    check.settle()
    return made


def common_of(raw: Raw) -> Common:
    """The texts all share; its list of places is what every other file is checked against."""
    names = raw.get("placeholders")
    known = tuple(n for n in names if isinstance(n, str)) if isinstance(names, list) else ()
    check = Checker(COMMON_ID, known)
    check.keys("", raw, _COMMON)
    _head(check, raw, COMMON_ID)
    check.words("placeholders", names)
    lint = check.table("lint", raw.get("lint"))
    made = Common(
        version=str(raw.get("version", "")),
        reviewed=_review(check, raw.get("review")),
        placeholders=known,
        holding_next=_texts(check, "holding_next", raw.get("holding_next")),
        update=_blocks(check, "update", raw.get("update"), UpdateBlocks),
        nochange=_texts(check, "nochange", raw.get("nochange")),
        latepromise=_texts(check, "latepromise", raw.get("latepromise")),
        correction=_texts(check, "correction", raw.get("correction")),
        resolution=_blocks(check, "resolution", raw.get("resolution"), ResolutionBlocks),
        staff=_texts(check, "staff", raw.get("staff")),
        lines=_lines(check, raw.get("line")),
        second_look=tuple(
            Question(_key(check, k, t), _texts(check, k, t, "key"))
            for k, t in check.tables("second_look", raw.get("second_look"))
        ),
        lint={kind: _stems(check, f"lint.{kind}", stems) for kind, stems in lint.items()},
    )
    check.settle()
    return made


def _head(check: Checker, raw: Raw, file: str) -> None:
    if raw.get("schema", SCHEMA) != SCHEMA:
        check.fault("schema", FaultKind.SCHEMA, raw["schema"])
    check.text("version", raw.get("version"))
    check.text("id", raw.get("id"))
    if file and raw.get("id", file) != file:
        check.fault("id", FaultKind.BAD_VALUE, raw["id"])


def _review(check: Checker, value: Any) -> dict[str, bool]:
    table = check.table("review", value)
    check.keys("review", table, _LANGS)
    return {lang: check.flag(f"review.{lang}", table.get(lang)) for lang in LANGS}


def _postures(check: Checker, key: str, value: Any) -> tuple[str, ...]:
    return tuple(check.choice(key, word, POSTURES) for word in check.words(key, value))


def _texts(
    check: Checker, key: str, value: Any, others: str = "", *, is_post: bool = False
) -> dict[str, str]:
    """A table of languages. `others`: keys that stand beside them and are read elsewhere."""
    table = check.table(key, value)
    if value is not None:
        check.keys(key, table, _LANGS, others)
    return check.texts(key, table, is_post=is_post)


def _stems(check: Checker, key: str, value: Any) -> dict[str, tuple[str, ...]]:
    table = check.table(key, value)
    if value is not None:
        check.keys(key, table, _LANGS)
    return {lang: check.words(f"{key}.{lang}", table.get(lang)) for lang in LANGS}


def _blocks(check: Checker, key: str, value: Any, kind: type[Block]) -> dict[str, Block]:
    """Language → the blocks of `kind`; a block has the same places in every language."""
    table, names = check.table(key, value), [f.name for f in fields(kind)]
    if value is not None:
        check.keys(key, table, _LANGS)
    found: dict[str, dict[str, str]] = {}
    for lang in LANGS:
        blocks = check.table(f"{key}.{lang}", table.get(lang))
        if lang in table:
            check.keys(f"{key}.{lang}", blocks, " ".join(names))
        found[lang] = {
            name: check.text(f"{key}.{lang}.{name}", blocks.get(name), is_post=name == "short")
            for name in names
        }
    for name in names:
        texts = {f"{key}.{lang}.{name}": found[lang][name] for lang in LANGS}
        check.same_places({k: text for k, text in texts.items() if text})
    return {lang: kind(**texts) for lang, texts in found.items()}


def _key(check: Checker, key: str, table: Raw) -> str:
    return check.text(f"{key}.key", table.get("key"))


def _fact(check: Checker, key: str, table: Raw) -> FactText:
    check.keys(key, table, "key gate", _LANGS)
    gate = check.choice(f"{key}.gate", table.get("gate"), GATES)
    return FactText(_key(check, key, table), gate, _texts(check, key, table, "key gate"))


def _step(check: Checker, key: str, table: Raw) -> StepText:
    own = "key phase role due_min"
    check.keys(key, table, own, _LANGS)
    return StepText(
        _key(check, key, table),
        check.choice(f"{key}.phase", table.get("phase"), PHASES),
        check.choice(f"{key}.role", table.get("role"), ROLES),
        check.number(f"{key}.due_min", table.get("due_min"), NO_CLOCK, _MAX_MIN),
        _texts(check, key, table, own),
    )


def _lines(check: Checker, value: Any) -> tuple[Line, ...]:
    return tuple(_line(check, key, table) for key, table in check.tables("line", value))


def _line(check: Checker, key: str, table: Raw) -> Line:
    check.keys(key, table, "key claim", f"safety {_LANGS}")
    return Line(
        _key(check, key, table),
        check.flag(f"{key}.claim", table.get("claim")),
        check.flag(f"{key}.safety", table.get("safety")),
        _texts(check, key, table, "key claim safety", is_post=True),
    )


def _clock(check: Checker, key: str, table: Raw) -> LegalClock:
    check.keys(key, table, "key", f"hours business_days {_LANGS}")
    if len(table.keys() & {"hours", "business_days"}) != 1:
        check.fault(f"{key}.hours", FaultKind.BAD_VALUE)
    return LegalClock(
        _key(check, key, table),
        check.number(f"{key}.hours", table.get("hours"), 0, _MAX_HOURS),
        check.number(f"{key}.business_days", table.get("business_days"), 0, _MAX_HOURS),
        _texts(check, key, table, "key hours business_days"),
    )
