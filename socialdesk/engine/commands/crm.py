"""Cases in a CRM, and what it knows of people."""

from dataclasses import field

from socialdesk.domain.frozen import frozen


@frozen
class MayLeave:
    """Whether words and people of this mention may go to a CRM. Answer: blocked, "" = they may,
    else no_export or gone. A command, because networks live in the engine's process."""

    mention_id: int


@frozen
class MakeCase:
    """Just this, nothing more, leaves; some seconds later, so that it can be taken back. `kind`:
    case or task. Answer: case_id."""

    mention_id: int
    account_id: int
    kind: str
    subject: str = field(repr=False)
    body: str = field(repr=False)
    person_remote_id: str = ""


@frozen
class TakeCaseBack:
    """It is not made; or, failed or in doubt, not made again."""

    case_id: int


@frozen
class SettleCase:
    """A person looked in the CRM: it is there (`url`, if they have it), or it is not and is made
    again under the same key."""

    case_id: int
    is_there: bool
    url: str = ""


@frozen
class CheckCases:
    """Ask for the state of the cases made of what an author wrote, now. Answer: n."""

    author_id: int


@frozen
class LookUpPerson:
    """Ask one CRM for an author by what stands here. `by_itself`: nobody clicked; done only where
    that is switched on. Answer: n found, asked."""

    author_id: int
    account_id: int
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    handle: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    by_itself: bool = False


@frozen
class ChooseRecord:
    """This record is that author; `is_on` False: not after all."""

    author_id: int
    account_id: int
    remote_id: str
    is_on: bool = True


@frozen
class LetLookUp:
    """Whether this CRM is asked of a person as soon as their mention is shown."""

    account_id: int
    is_on: bool


CrmCommand = (
    MayLeave | MakeCase | TakeCaseBack | SettleCase | CheckCases | LookUpPerson | ChooseRecord
    | LetLookUp
)  # fmt: skip
