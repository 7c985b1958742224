"""Questions we know the answer to, and those without an answer."""

from socialdesk.domain.frozen import frozen


@frozen
class SaveFaq:
    """`faq_id` 0 makes a new entry; `gap_id`: the open question it answers. Answer: faq_id."""

    question: str
    answer: str
    lang: str
    folder: str = ""
    faq_id: int = 0
    gap_id: int = 0


@frozen
class ArchiveFaq:
    faq_id: int
    is_archived: bool = True


@frozen
class CountFaqUse:
    """Its answer was put into a reply."""

    faq_id: int


@frozen
class NoteFaqGap:
    """This mention asks what no entry answers. `words` "" = the mention's own. Answer: gap_id."""

    mention_id: int
    words: str = ""


@frozen
class DropFaqGap:
    gap_id: int


FaqCommand = SaveFaq | ArchiveFaq | CountFaqUse | NoteFaqGap | DropFaqGap
