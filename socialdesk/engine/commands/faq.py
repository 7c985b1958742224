"""Questions we know the answer to, and those without an answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaveFaq:
    """`faq_id` 0 makes a new entry; `gap_id`: the open question it answers. Answer: faq_id."""

    question: str
    answer: str
    lang: str
    folder: str = ""
    faq_id: int = 0
    gap_id: int = 0


@dataclass(frozen=True, slots=True)
class ArchiveFaq:
    faq_id: int
    is_archived: bool = True


@dataclass(frozen=True, slots=True)
class CountFaqUse:
    """Its answer was put into a reply."""

    faq_id: int


@dataclass(frozen=True, slots=True)
class NoteFaqGap:
    """This mention asks what no entry answers. `words` "" = the mention's own. Answer: gap_id."""

    mention_id: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class DropFaqGap:
    gap_id: int


FaqCommand = SaveFaq | ArchiveFaq | CountFaqUse | NoteFaqGap | DropFaqGap
