"""One act on very many mentions: on all that match, or on a long list of them."""

from socialdesk.domain.frozen import frozen


@frozen
class ActOnAll:
    """One step (`domain.rules.step`; `kind`: value of StepKind) on all that match `search` within
    `view` when it begins, or on `ids`. Goes on in slices; one act for undo. Answer: job_id, n."""

    kind: str
    text: str = ""
    number: int = 0
    disposition: int = 0
    view: str = "needs_reply"
    search: str = ""
    ids: tuple[int, ...] = ()


@frozen
class StopJob:
    """What was done stays done and can be undone; the rest is dropped."""

    job_id: int


BulkCommand = ActOnAll | StopJob
