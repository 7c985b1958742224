"""What VK's error codes mean to us. They come inside a 200.

Source: errors.json of VKCOM/vk-api-schema 5.199; which of them pass by themselves, and after how
long, is told by dev.vk.com and by experience of client libraries, read 2026-11-22.
"""

from collections.abc import Mapping
from typing import Any, Final

from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)

_SIGN_IN: Final = {
    4: "the key's signature is wrong",
    5: "the community key was revoked",
    28: "the service key was revoked",
    1116: "the key cannot be used",
    1117: "the key has ended",
}
_PAUSE_S: Final = {
    6: 1.0,  # more calls a second than the key may make
    9: 3600.0,  # flood control: a second try makes it longer
    29: 4 * 3600.0,  # a method's quota; VK does not say when it ends
    223: 3600.0,  # too many comments of ours under one post
    601: 4 * 3600.0,  # too many acts today
}
_TRANSIENT: Final = frozenset({1, 10, 13, 32, 36, 43})
_BY_HAND: Final = {
    14: "VK asks for a captcha: do it there",
    17: "VK asks to confirm who you are: do it there",
    24: "VK asks for a confirmation: do it there",
}
_PERMISSION: Final = {
    7: "not allowed",
    15: "access denied",
    20: "not allowed for this key",
    21: "not allowed for this key",
    27: "a community key may not do this",
    30: "the profile is private",
    42: "not allowed from this address",
    200: "access denied",
    203: "no access to the community",
    204: "access to the video denied",
    205: "access to the item denied",
    210: "no access to the post",
    211: "no access to the comment",
    212: "no access to the comments",
    213: "comments are closed",
    214: "posting is closed",
    801: "comments under this video are closed",
    900: "the person is on the community's black list",
    901: "the person does not let the community write",
    902: "the person's privacy settings forbid it",
    917: "no access to this chat",
    932: "the community cannot write there",
    945: "the chat is switched off",
    983: "nobody may write in this chat",
    1401: "comments under this item are closed",
}  # fmt: skip
_GONE: Final = {
    18: "the person was deleted or banned",
    19: "it is blocked there",
    37: "the person was banned",
    39: "no such person",
    40: "no such community",
    104: "not found",
    113: "no such person",
    125: "no such community",
    927: "the chat is gone",
    936: "no such person",
}
_TEXT: Final = {
    222: "links are forbidden in comments there",
    910: "too long",
    914: "too long",
}
_NOT_APPROVED: Final = {
    2: "the app is switched off",
    11: "the app is switched off",
    23: "VK has switched this method off",
    3: "VK does not know this method any more",
    34: "VK does not speak this version any more",
}  # fmt: skip
_CLOSED: Final = (
    (Refusal.PERMISSION, _PERMISSION),
    (Refusal.GONE, _GONE),
)
_REFUSED: Final = (
    (Refusal.PERMISSION, _BY_HAND),
    (Refusal.TEXT, _TEXT),
    (Refusal.NOT_APPROVED, _NOT_APPROVED),
)


class ClosedError(RefusedError):
    """This one thing is gone or closed to us; others need not be."""


def fault_of(error: Any, *, is_write: bool) -> ConnectorError:
    """The error for `{"error_code": …}`, or `{"code": …}` as messages.send words it.

    Its text and `request_params` are never shown: the second echoes what was asked.
    """
    told = error if isinstance(error, Mapping) else {}
    code = told.get("error_code", told.get("code"))
    if not isinstance(code, int) or isinstance(code, bool):
        return UnreachableError("VK told an error without a number", maybe_done=is_write)
    return _known(code, is_write)


def _known(code: int, is_write: bool) -> ConnectorError:
    if code in _SIGN_IN:
        return AuthExpiredError(f"VK error {code}: {_SIGN_IN[code]}")
    if code in _PAUSE_S:
        return RateLimitedError(_PAUSE_S[code], f"VK error {code}")
    if code in _TRANSIENT:
        return UnreachableError(f"VK error {code}", maybe_done=is_write)
    for reason, codes in _CLOSED:
        if code in codes:
            return ClosedError(reason, f"VK error {code}: {codes[code]}")
    for reason, codes in _REFUSED:
        if code in codes:
            return RefusedError(reason, f"VK error {code}: {codes[code]}")
    return RefusedError(Refusal.OTHER, f"VK error {code}")
