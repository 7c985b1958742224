"""Capability records as JSON in the column `account.card`."""

import json
from typing import Any

from socialdesk.domain.account import Can, Card
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author, Visibility
from socialdesk.domain.price import PostPrices
from socialdesk.domain.replies.picture import PictureRule


def packed(card: Card) -> str:
    """Abilities by name, so that the file stays readable when the flags change their bits."""
    own, rule, pictures, prices = card.own, card.length, card.pictures, card.prices
    value = {
        "own": [own.remote_id, own.handle, own.name, own.url, own.avatar_url, own.n_followers,
                own.is_bot],
        "can": [can.name for can in Can if can in card.can],
        "length": [rule.limit, rule.unit.value, rule.url_length, rule.local_mentions,
                   rule.max_bytes, rule.with_warning],
        "software": card.software,
        "server": card.server,
        "min_poll_s": card.min_poll_s,
        "repeat_safe_s": card.repeat_safe_s,
        "default_visibility": card.default_visibility.value,
        "names_author": card.names_author,
        "reads_back": card.reads_back,
        "pictures": pictures
        and [pictures.n_max, pictures.max_bytes, list(pictures.types), pictures.max_alt],
        "prices": prices and [prices.answer, prices.own, prices.with_link],
    }  # fmt: skip
    return json.dumps(value, ensure_ascii=False)


def unpacked(text: str) -> Card | None:
    """None when the account never told, or when the text is damaged: it is asked for again."""
    try:
        return _card(json.loads(text))
    except (KeyError, TypeError, ValueError):
        return None


def _card(value: dict[str, Any]) -> Card:
    limit, unit, *more = value["length"]
    can = Can(0)
    for name in value["can"]:
        can |= Can.__members__.get(name, Can(0))  # an ability this version does not know
    return Card(
        own=Author(*value["own"]),
        can=can,
        length=LengthRule(limit, Unit(unit), *more),
        software=value["software"],
        server=value["server"],
        min_poll_s=value["min_poll_s"],
        repeat_safe_s=value["repeat_safe_s"],
        default_visibility=Visibility(value["default_visibility"]),
        names_author=value["names_author"],
        reads_back=bool(value.get("reads_back", True)),
        pictures=_picture_rule(value.get("pictures")),
        prices=PostPrices(*map(int, prices)) if (prices := value.get("prices")) else None,
    )


def _picture_rule(value: Any) -> PictureRule | None:
    """Cards of version 1 told of none."""
    if not value:
        return None
    n_max, max_bytes, types, max_alt = value
    return PictureRule(int(n_max), int(max_bytes), tuple(map(str, types)), int(max_alt))
