"""The one reply that a review has room for: never a second, never another's words lost.

Source: developers.trustpilot.com, "Reply to a review". Whether a second POST replaces the first is
not proved, so the review is read before each.
"""

from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.before_send import before_send
from socialdesk.networks.read_back import is_same, same_words
from socialdesk.networks.trustpilot.api import Api, review_path
from socialdesk.networks.trustpilot.reviews import REPLY, review_url
from socialdesk.networks.values import read_time, text_of, text_or

_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


def send_reply(api: Api, author: str, outgoing: Outgoing) -> Posted:
    """Post it in the name of `author`. Raises RefusedError(DUPLICATE) when the review is answered
    already, whoever did."""
    review_id = outgoing.parent_remote_id
    _needs(author)
    if before_send(lambda: _answer_to(api, review_id)):
        raise RefusedError(Refusal.DUPLICATE, "this review is answered already")
    return _write(api, author, review_id, outgoing.text)


def look_for_reply(api: Api, outgoing: Outgoing) -> Posted | None:
    """The review's reply, when it has our words and is new."""
    answer = _answer_to(api, outgoing.parent_remote_id)
    if not answer:
        return None
    try:
        times = [answer[key] for key in ("updatedAt", "createdAt") if answer.get(key)]
        found = is_same(text_of(answer["text"]), max(map(read_time, times)), outgoing)
    except _UNREADABLE as e:
        raise BadAnswerError("a reply came unreadably") from e
    return _posted(outgoing.parent_remote_id) if found else None


def change_reply(api: Api, author: str, remote_id: str, text: str) -> Posted:
    """Other words for our own reply; a colleague's is left alone."""
    review_id = remote_id.removesuffix(REPLY)
    _needs(author)
    answer = before_send(lambda: _answer_to(api, review_id))
    if not answer:
        raise RefusedError(Refusal.GONE, "the reply is not there any more")
    _refuse_anothers(answer, author)
    if same_words(text_or(answer.get("text"))) == same_words(text):
        return _posted(review_id)
    return _write(api, author, review_id, text)


def delete_reply(api: Api, author: str, remote_id: str) -> None:
    """Take our own reply off; one already gone is no error."""
    review_id = remote_id.removesuffix(REPLY)
    try:
        answer = before_send(lambda: _answer_to(api, review_id))
        if answer:
            _refuse_anothers(answer, author)
            api.delete(review_path(review_id, "/reply"))
    except RefusedError as e:
        if e.reason is not Refusal.GONE:
            raise


def _answer_to(api: Api, review_id: str) -> Any:
    """The reply a review has now, None when it has none."""
    review = api.get(review_path(review_id))
    if not isinstance(review, dict) or not isinstance(review.get("companyReply"), dict | None):
        raise BadAnswerError("the review came unreadably")
    return review.get("companyReply")


def _refuse_anothers(answer: Any, author: str) -> None:
    if text_or(answer.get("authorBusinessUserId"), author) != author:
        raise RefusedError(Refusal.DUPLICATE, "a colleague wrote the reply that is there now")


def _needs(author: str) -> None:
    if not author:
        raise RefusedError(Refusal.PERMISSION, "no user id to reply in the name of")


def _write(api: Api, author: str, review_id: str, text: str) -> Posted:
    body = {"authorBusinessUserId": author, "message": text}
    api.post(review_path(review_id, "/reply"), body)
    return _posted(review_id)


def _posted(review_id: str) -> Posted:
    url = review_url(review_id)
    return Posted(review_id + REPLY, url + REPLY, url)
