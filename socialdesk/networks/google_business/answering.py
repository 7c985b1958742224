"""The one answer of a review: put, looked for, changed, taken back.

A PUT is idempotent by nature, and it also overwrites without a word what a colleague wrote on the
web. So the review is read before: what stands there already is never replaced but by `edit`. Google
has no call that compares and sets, so a colleague within that same second is still overwritten. An
answer that Google rejected was never seen by anybody; it may be replaced.
"""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.errors import (
    BadAnswerError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.before_send import before_send
from socialdesk.networks.google.api import GoogleApi
from socialdesk.networks.google_business.reviews import (
    REJECTED,
    Answered,
    Shop,
    read_answer,
    review_uri,
)
from socialdesk.networks.read_back import same_words
from socialdesk.networks.values import text_or

Address = Callable[[str], str]
"""The address of a review, by its id."""

_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


def send_answer(api: GoogleApi, shop: Shop, address: Address, outgoing: Outgoing) -> Posted:
    """Answer the review, unless somebody did. Raises RefusedError: DUPLICATE when other words
    stand there, TEXT when Google rejected these."""
    review = review_of(outgoing.parent_remote_id)
    standing = before_send(lambda: _standing(api, address(review)))
    if standing is not None and same_words(standing.words) == same_words(outgoing.text):
        if standing.is_rejected:
            raise _rejection(standing.violation)
        return _posted(shop, review)
    if standing is not None and not standing.is_rejected:
        raise RefusedError(Refusal.DUPLICATE, "another answer stands under this review")
    return _put(api, shop, address, review, outgoing.text)


def look_for_answer(
    api: GoogleApi, shop: Shop, address: Address, outgoing: Outgoing
) -> Posted | None:
    """Whether these words stand under the review. Since when does not matter: there is one slot,
    and a PUT of the same words changes nothing."""
    review = review_of(outgoing.parent_remote_id)
    try:
        standing = _standing(api, address(review))
    except RefusedError as e:
        if e.reason is not Refusal.GONE:
            raise
        return None
    if standing is None or same_words(standing.words) != same_words(outgoing.text):
        return None
    return _posted(shop, review)


def change_answer(
    api: GoogleApi, shop: Shop, address: Address, remote_id: str, text: str
) -> Posted:
    """Other words in place of ours. Raises RefusedError(GONE) when there is no answer any more."""
    review = review_of(remote_id)
    if before_send(lambda: _standing(api, address(review))) is None:
        raise RefusedError(Refusal.GONE, "the answer was deleted")
    return _put(api, shop, address, review, text)


def delete_answer(api: GoogleApi, address: Address, remote_id: str) -> None:
    """Take it off; one already gone is no error."""
    try:
        api.delete(f"{address(review_of(remote_id))}/reply")
    except RefusedError as e:
        if e.reason is not Refusal.GONE:
            raise


def is_answer_public(api: GoogleApi, address: Address, remote_id: str) -> bool | None:
    """Google looks at every answer before others see it."""
    answer = api.look(address(review_of(remote_id)), {})
    if answer is None:
        return False
    try:
        standing = read_answer(answer.data)
    except _UNREADABLE:
        return None
    return False if standing is None else standing.is_public


def review_of(remote_id: str) -> str:
    """The review of a review's or an answer's remote id."""
    return remote_id.partition("/")[0]


def _standing(api: GoogleApi, url: str) -> Answered | None:
    answer = api.look(url, {})
    if answer is None:
        raise RefusedError(Refusal.GONE, "the review is gone")
    try:
        return read_answer(answer.data)
    except _UNREADABLE:
        pass
    raise BadAnswerError("the review came unreadably")


def _put(api: GoogleApi, shop: Shop, address: Address, review: str, text: str) -> Posted:
    reply = api.put(f"{address(review)}/reply", {}, {"comment": text})
    if not isinstance(reply, dict) or not isinstance(reply.get("comment"), str):
        raise UnreachableError("Google told the new answer unreadably", maybe_done=True)
    if reply.get("reviewReplyState") == REJECTED:
        raise _rejection(text_or(reply.get("policyViolation")))
    return _posted(shop, review)


def _rejection(violation: Any) -> RefusedError:
    known = violation if str(violation).replace("_", "").isalpha() else ""
    return RefusedError(Refusal.TEXT, f"Google rejected it {known}".strip())


def _posted(shop: Shop, review: str) -> Posted:
    return Posted(f"{review}/reply", f"{review_uri(shop, review)}/reply", shop.url)
