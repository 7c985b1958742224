"""Whether the person's own mail server vouches for the sender of a letter.

Anybody can write any sender's address. What counts is the server's own verdict, which it puts on
top of the letter (Authentication-Results); those further down came with the letter. Source:
RFC 8601 (the header), 7489 (DMARC: it is about the From address), 6376 (DKIM).
"""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final

from socialdesk.domain.frozen import frozen

_COMMENT: Final = re.compile(r"\([^()]*\)")
_METHOD: Final = re.compile(r"^(dmarc|dkim)\s*=\s*([a-z]+)\b", re.IGNORECASE)
_PROPERTY: Final = re.compile(r"\bheader\.(from|d|i)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_MAX_NESTED: Final = 4  # comments within comments


class Verdict(Enum):
    """What the receiving server says of the sender."""

    PASSED = "passed"
    FAILED = "failed"  # it looked, and does not vouch
    UNKNOWN = "unknown"  # it writes no such headers


@frozen
class _Result:
    """One method's outcome; `domains` are those it is about."""

    method: str
    outcome: str
    domains: tuple[str, ...]


def verdict(headers: Sequence[tuple[str, str]], domain: str) -> Verdict:
    """`headers`: names in lower case and values, top first; `domain`: of the From address.

    DMARC decides where it was checked, else a DKIM signature of that domain or one above it.
    """
    results = [one for value in _of_our_server(headers) for one in _results(value)]
    if not results:
        return Verdict.UNKNOWN
    dmarc = [one for one in results if one.method == "dmarc" and one.outcome != "none"]
    decisive = dmarc or [one for one in results if one.method == "dkim"]
    is_good = any(one.outcome == "pass" and _is_about(one, domain) for one in decisive)
    is_bad = any(one.outcome != "pass" for one in dmarc)
    return Verdict.PASSED if is_good and not is_bad else Verdict.FAILED


def _of_our_server(headers: Sequence[tuple[str, str]]) -> Iterable[str]:
    """The first run of these headers, as far as one server signed them: another hop's lie behind a
    Received line or under another name."""
    signer: str | None = None
    for name, value in headers:
        if name == "authentication-results":
            shown = _signer(value)
            if signer is not None and shown != signer:
                return
            signer = shown
            yield value
        elif signer is not None and name == "received":
            return


def _signer(value: str) -> str:
    """Who wrote it; "" at Microsoft, which leaves that out."""
    first = value.partition(";")[0].strip().lower()
    return "" if "=" in first else first.partition(" ")[0]


def _results(value: str) -> Iterable[_Result]:
    for _ in range(_MAX_NESTED):
        value = _COMMENT.sub(" ", value)
    for part in value.split(";"):
        found = _METHOD.match(part.strip())
        if found:
            domains = tuple(text.rpartition("@")[2].lower() for _, text in _PROPERTY.findall(part))
            yield _Result(found[1].lower(), found[2].lower(), domains)


def _is_about(result: _Result, domain: str) -> bool:
    """The domain itself, or one it lies under that has two labels at least (relaxed alignment)."""
    if result.method == "dmarc" and not result.domains:
        return True  # DMARC is about the From address by nature
    return any(
        domain == one or ("." in one and domain.endswith(f".{one}")) for one in result.domains
    )
