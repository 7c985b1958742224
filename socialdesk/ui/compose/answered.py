"""Who of the brand answered already, on the network itself: said before anybody writes again."""

from socialdesk.domain.queue.rows import Detail, ThreadPost
from socialdesk.engine.commands import MarkAnswered
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, when
from socialdesk.ui.plain import isolated, one_line

FIRST_CHARS = 90
MARK, WRITE = "mark_answered", "write_anyway"  # actions of the bar


def answer_of(d: Detail) -> ThreadPost | None:
    """The newest post of ours after the mention that did not leave from here."""
    if not d.answered_elsewhere:
        return None
    found = [p for p in d.thread if p.is_own and not p.is_deleted and not p.outbox_id]
    after = [p for p in found if p.mention_id > d.row.id]
    return after[-1] if after else None


def tell_answered(bar: NoticeBar, d: Detail) -> None:
    """Who, when and what; and one key to have it counted as answered."""
    post = answer_of(d)
    if post is None:
        text = tr("Somebody from the brand has already answered this on the network itself.")
    else:
        text = tr(
            "{who} answered this on the network at {when}: “{words}”",
            who=isolated(post.author or post.handle), when=when(post.at),
            words=isolated(first_words(post.body)),
        )  # fmt: skip
    actions = [(tr("Mark as answered"), MARK), (tr("Write all the same"), WRITE)]
    bar.tell(text, actions, tone="accent")


def mark_of(d: Detail) -> MarkAnswered:
    """That post counts as our reply."""
    post = answer_of(d)
    return MarkAnswered(d.row.id, post.url if post else "", post.body if post else "")


def first_words(text: str) -> str:
    """Of a post, on one line."""
    line = one_line(text)
    return line if len(line) <= FIRST_CHARS else f"{line[:FIRST_CHARS].rstrip()}…"
