"""Invented mentions by seed: English-like words with a natural spread, some Russian and Chinese.

The same seed gives the same mentions on every machine. Word `RANKED[n]` is the n-th most frequent,
so a benchmark can ask for a common, a middling or a rare one.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from random import Random
from typing import Final

from socialdesk.domain.mentions.mention import Author, Mention

END_MS: Final = 1_780_272_000_000  # 2026-06-01 00:00 UTC: the newest mention
STEP_S: Final = 63.0  # mean pause: a million mentions are two years
RUN: Final = 100  # mentions in a row from one network, as a fetched page brings them
NETWORKS: Final = ("mastodon", "bluesky", "feeds")
NETWORK_WEIGHTS: Final = (55, 35, 10)
N_AUTHORS: Final = 60_000
N_WORDS: Final = 30_000
REPLY_SHARE: Final = 0.3  # of mentions answer one of the last few

_COMMON: Final = (
    "the and to of a in is it you that for on with this was but be have are not my at so me as they"
    " your we just what all do no if out up from get can like when how order refund delivery bread"
    " cake shop open late queue wrong missing cold fresh thanks great terrible never again please"
    " help answer card charge app door closed sunday staff kind rude price waiting hours email"
).split()
_RUSSIAN: Final = (
    "заказ возврат доставка спасибо ужасно магазин хлеб торт очередь ждать часов поздно холодный"
    " вкусно деньги оплата карта помогите приложение закрыто никогда снова и в не на что с как это"
    " по но мы вы"
).split()
_CHINESE: Final = "订单退款面包蛋糕服务配送谢谢糟糕排队等待小时迟到错误应用价格商店关门从不帮助请"
_HEADS: Final = ("b", "d", "f", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v", "z")
_TAILS: Final = ("a", "e", "i", "o", "u", "an", "er", "il", "on", "ut", "al", "es")


def _ranked() -> tuple[str, ...]:
    dice = Random("words")
    words = dict.fromkeys(_COMMON)
    while len(words) < N_WORDS:
        n = dice.choice((2, 3, 3, 4))
        words["".join(dice.choice(_HEADS) + dice.choice(_TAILS) for _ in range(n))] = None
    return tuple(words)


RANKED: Final = _ranked()
_WEIGHTS: Final = tuple(accumulate(1 / (rank + 3) for rank in range(N_WORDS)))  # Zipf's law


def mentions(
    n: int, *, seed: int = 1, until_ms: int = END_MS, networks: Sequence[str] = NETWORKS
) -> Iterator[tuple[str, Mention]]:
    """`n` mentions with their networks, oldest first; the last one at about `until_ms`."""
    dice = Random(f"mentions/{seed}")
    weights = NETWORK_WEIGHTS[: len(networks)]
    recent: dict[str, deque[str]] = {network: deque(maxlen=50) for network in networks}
    first_ms = until_ms - int(n * STEP_S * 1000)
    words: list[str] = []
    for i in range(n):
        if i % RUN == 0:
            network = dice.choices(networks, weights)[0]
        if len(words) < 50:
            words = dice.choices(RANKED, cum_weights=_WEIGHTS, k=20_000)
        at_ms = first_ms + int((i + dice.random()) * STEP_S * 1000)
        uri = f"https://{network}.example/{seed}/{i:x}"
        parent = dice.choice(recent[network]) if _answers(dice, recent[network]) else ""
        recent[network].append(uri)
        yield network, Mention(
            uri=uri, remote_id=f"{seed}-{i}", author=_author(dice, network), lang="en",
            body=_body(dice, words), published_at=datetime.fromtimestamp(at_ms / 1000, UTC),
            parent_uri=parent, root_uri=parent,
        )  # fmt: skip


def _answers(dice: Random, recent: Sequence[str]) -> bool:
    return bool(recent) and dice.random() < REPLY_SHARE


def _body(dice: Random, words: list[str]) -> str:
    """About 190 characters; takes its words off the end of `words`."""
    kind = dice.random()
    if kind < 0.80:
        n = dice.randint(18, 42)
        taken = words[-n:]
        del words[-n:]
        return " ".join(taken)
    if kind < 0.95:
        return " ".join(dice.choices(_RUSSIAN, k=dice.randint(14, 30)))
    return "".join(dice.choices(_CHINESE, k=dice.randint(40, 90)))


def _author(dice: Random, network: str) -> Author:
    """A few write very often, most hardly ever."""
    n = int(dice.paretovariate(0.9)) % N_AUTHORS
    return Author(
        remote_id=f"https://{network}.example/users/{n}", handle=f"@user{n}@{network}.example",
        name=f"Author {n}", url=f"https://{network}.example/@user{n}", n_followers=n * 7919 % 5_000,
    )  # fmt: skip
