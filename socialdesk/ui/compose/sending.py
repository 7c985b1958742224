"""What one reply needs to leave: made from what the composer shows, told when it fails."""

from dataclasses import replace

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.errors import CommandError, CommandFault, SocialDeskError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import Detail, VersionRow
from socialdesk.domain.replies.plan import NO_PLAN, Plan, packed_pictures, packed_plan
from socialdesk.domain.replies.reply import addressed
from socialdesk.engine.commands import SaveDraft, SendReply
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.matching import Match, filled
from socialdesk.ui.compose.options_bar import OptionsBar
from socialdesk.ui.compose.parts import Action, NoticeBar

ASK_FIRST = (CommandFault.ALREADY_ANSWERED, CommandFault.THREAD_MOVED)


@frozen
class Written:
    """What somebody wrote under a mention. `body`: the words of `version` and of those below it
    (`more`); `found`: their slots in the text, if it still is these templates."""

    text: str
    version: VersionRow | None
    found: Match | None
    lang: str
    body: str = ""
    more: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The text as it is sent: slot values cleaned, blanks at the ends gone."""
        if self.version is not None and self.found is not None:
            return filled(self.body or self.version.body, self.found)
        return canonical_text(self.text)

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        return tuple(self.found.values.items()) if self.found else ()

    @property
    def version_id(self) -> int:
        return self.version.id if self.version else 0

    def draft(self, mention_id: int, plan: Plan = NO_PLAN) -> SaveDraft:
        """As it is typed; only blanks, and no plan, is no draft."""
        text = self.text if self.text.strip() else ""
        whole = packed_plan(replace(plan, more_versions=self.more))
        return SaveDraft(mention_id, text, self.version_id, self.values, self.lang, whole)

    def reply(self, detail: Detail, options: OptionsBar, plan: Plan = NO_PLAN) -> SendReply:
        """With the thread that the operator saw."""
        visibility = options.visibility
        return SendReply(
            detail.row.id, self.words, self.version_id, self.values, self.lang,
            visibility=visibility.value if visibility else "", warning=options.warning,
            known_posts=tuple(p.mention_id for p in detail.thread if p.mention_id),
            pictures=packed_pictures(plan.pictures), send_at=plan.send_at,
            is_dropped_if_written=plan.is_dropped_if_written, promise_at=plan.promise_at,
            promise_words=plan.promise_words, more_versions=self.more,
        )  # fmt: skip


def posted(words: str, detail: Detail) -> str:
    """The words as the network gets them."""
    names_author = detail.card is not None and detail.card.names_author
    return addressed(words, detail.row.handle, names_author=names_author) if words else ""


def surely(command: SendReply) -> SendReply:
    """The operator was told and goes on."""
    return replace(command, is_sure=True)


def tell_refusal(bar: NoticeBar, error: SocialDeskError, *, is_shown: bool = True) -> None:
    """In place, with buttons where a person can answer. Not `is_shown`: another mention is."""
    said = sentence(error)
    if not is_shown:
        text = tr("A reply was not sent, and is kept as a draft. {why}", why=said.text)
        bar.tell(text, tone="danger")
    elif isinstance(error, CommandError) and error.fault in ASK_FIRST:
        ask: list[Action] = [(tr("Send anyway"), "send_anyway"), (tr("Keep as draft"), "keep")]
        bar.tell(tr("{what} Send it anyway?", what=said.text), ask)
    else:
        bar.tell_sentence(said)


def tell_not_saved(bar: NoticeBar, error: SocialDeskError) -> None:
    """The words are still there, and can be saved again."""
    text = tr("The draft is not saved yet. {why}", why=sentence(error).text)
    bar.tell(text, [(tr("Save again"), "save")])
