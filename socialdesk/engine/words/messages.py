"""The sentence and the next step for everything that can go wrong, and for every reason code."""

from collections.abc import Mapping

from socialdesk.domain import errors
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandFault, CredentialFault, Refusal, StoreFault
from socialdesk.domain.replies.picture import PictureFault
from socialdesk.engine.words.sentence import Sentence
from socialdesk.i18n import decimal, tr, trn


def sentence(error: BaseException) -> Sentence:
    """What to tell a person about an error of ours; anything else is a bug and says so."""
    match error:
        case errors.StoreError():
            return _store(error.fault)
        case errors.CredentialError():
            return credential(error.fault)
        case errors.CommandError():
            return command(error.fault, error.facts)
        case CrisisRefusedError():
            from socialdesk.engine.words.refusals import refusal_sentence  # rare: not at the start

            return refusal_sentence(error.code, error.facts)
        case errors.EngineLostError():
            return Sentence(
                tr("The engine stopped before it answered."),
                tr("It may be done all the same: look before you ask again."),
            )
        case errors.EngineMuteError():
            return Sentence(
                tr("The engine could not say what came of this."),
                tr("It may be done all the same: look before you ask again."),
            )
        case errors.EngineDeafError():
            return Sentence(
                tr("The engine does not answer, and too much waits for it. This was not done."),
                tr("Wait until it answers, then do it again."),
            )
        case errors.ConnectorError():
            return connector(error)
        case _:
            return Sentence(
                tr("Something unexpected went wrong ({kind}). Nothing was lost.",
                   kind=type(error).__name__),
                tr("Try again; if it comes back, report it with the log file."), "report",
            )  # fmt: skip


def connector(error: errors.ConnectorError) -> Sentence:
    """A network's refusal or silence."""
    match error:
        case errors.RefusedError():
            return refusal(error.reason)
        case errors.RateLimitedError():
            return Sentence(
                tr("The network asks us to wait {n} s.", n=round(error.retry_after_s)),
                tr("Nothing to do: we go on by ourselves."),
            )
        case _:
            return fault(type(error).__name__, str(error))


def fault(name: str, detail: str = "") -> Sentence:
    """The sentence for a stored class name of a ConnectorError and its text (source health)."""
    match name:
        case "":
            return Sentence(tr("All is well."))
        case "AuthExpiredError":
            return Sentence(
                tr("The network no longer accepts the sign-in."), tr("Sign in again"), "sign_in"
            )
        case "RateLimitedError":
            return Sentence(
                tr("The network asked us to slow down."),
                tr("Nothing to do: we go on by ourselves."),
            )
        case "UnreachableError":
            return Sentence(
                tr("The network cannot be reached. What is stored stays readable."),
                tr("Try now"), "retry",
            )  # fmt: skip
        case "BadAnswerError":
            return Sentence(
                tr("The network sent something we cannot read. Nothing was skipped: we ask again."),
                tr("Try now"), "retry",
            )  # fmt: skip
        case "CredentialError":
            return Sentence(
                tr("The system keyring did not give the sign-in."),
                tr("Unlock the keyring"),
                "keyring",
            )
        case "RefusedError":
            code = detail.partition(":")[0]
            return refusal(Refusal(code) if code in _REFUSALS else Refusal.OTHER)
        case "SpendCapError":
            from socialdesk.engine.words import network_faults  # rare: not at the start

            return network_faults.cap_reached(detail)
        case _:
            return Sentence(tr("The last try failed ({name}).", name=name), tr("Try now"), "retry")


_REFUSALS = frozenset(reason.value for reason in Refusal)


def refusal(reason: Refusal) -> Sentence:
    """Why a network said no."""
    match reason:
        case Refusal.PERMISSION:
            return Sentence(
                tr("The network does not allow this for your account."),
                tr("Open it in the browser"), "browser",
            )  # fmt: skip
        case Refusal.DUPLICATE:
            return Sentence(
                tr("The network says that it already has this post."), tr("Look at the thread"),
                "browser",
            )  # fmt: skip
        case Refusal.GONE:
            return Sentence(
                tr("The post was deleted, or its author closed it to us."), tr("Discard the reply"),
                "discard",
            )  # fmt: skip
        case Refusal.TEXT:
            return Sentence(
                tr("The network refused the text (too long, or not allowed there)."),
                tr("Change the text"), "edit",
            )  # fmt: skip
        case Refusal.NOT_APPROVED:
            return Sentence(
                tr("The network has not approved your app for this."),
                tr("Ask the network for access, or answer in the browser"), "browser",
            )  # fmt: skip
        case Refusal.NO_CREDIT:
            return Sentence(
                tr("Your plan or credit at this network is used up."), tr("Look at your plan there")
            )
        case Refusal.UNSAFE:
            return Sentence(
                tr("The address leads to a private or unsafe place, so it was not opened."),
                tr("Check the address"), "edit",
            )  # fmt: skip
        case Refusal.OTHER:
            return Sentence(tr("The network refused."), tr("Open it in the browser"), "browser")


def credential(fault: CredentialFault) -> Sentence:
    """Why the keyring did not help. Nothing is ever written in the clear instead."""
    match fault:
        case CredentialFault.NONE:
            return Sentence(
                tr("This system has no keyring, so sign-ins cannot be kept."),
                tr("Install GNOME Keyring, KWallet or KeePassXC, or keep it for this session only"),
                "session_only",
            )
        case CredentialFault.LOCKED:
            return Sentence(
                tr("The system keyring is locked."), tr("Unlock it and try again"), "keyring"
            )
        case CredentialFault.TIMEOUT:
            return Sentence(
                tr("The system keyring does not answer. Is an unlock window open?"),
                tr("Answer it and try again"), "keyring",
            )  # fmt: skip
        case CredentialFault.REFUSED:
            return Sentence(
                tr("The system keyring refused."), tr("Allow access, or sign in again"), "sign_in"
            )
        case CredentialFault.PRACTICE:
            return Sentence(
                tr("Here everything is invented: no real service is told anything, so the address "
                   "of one is not kept."),
                tr("Set it in a workspace of your own"),
            )  # fmt: skip


def _store(fault: StoreFault) -> Sentence:
    match fault:
        case StoreFault.NEWER:
            return Sentence(
                tr("This workspace was written by a newer SocialDesk. It was not touched."),
                tr("Update SocialDesk"),
            )
        case StoreFault.OLDER:
            return Sentence(tr("Your data is being brought up to date."), tr("Wait a moment"))
        case StoreFault.DAMAGED:
            return Sentence(
                tr("The workspace file is damaged. The original is kept as it is."),
                tr("Restore a backup, or read what can be read"), "restore",
            )  # fmt: skip
        case StoreFault.FULL:
            return Sentence(
                tr("The disk is full. Nothing was half written."),
                tr("Free some space and try again"), "retry",
            )  # fmt: skip
        case StoreFault.LOCKED:
            return Sentence(
                tr("Another program holds the workspace file."),
                tr("Close it and try again"),
                "retry",
            )
        case StoreFault.READ_ONLY:
            return Sentence(
                tr("The workspace file or its folder is read-only."),
                tr("Give yourself the right to write there"), "retry",
            )  # fmt: skip
        case StoreFault.FOREIGN:
            return Sentence(
                tr("This file is not a SocialDesk workspace. It was not touched."),
                tr("Choose another file or folder"),
            )
        case StoreFault.CLOSED:
            return Sentence(tr("The workspace is closed."), tr("Start SocialDesk again"))
        case StoreFault.BACKUP:
            return Sentence(
                tr("The backup could not be read back, so it was thrown away. Your workspace is "
                   "as it was."),
                tr("Try again; if it fails again, check the disk that backups go to"), "retry",
            )  # fmt: skip
        case StoreFault.OTHER:
            return Sentence(
                tr("The workspace file could not be used."), tr("Try again, or restore a backup"),
                "restore",
            )  # fmt: skip


def command(fault: CommandFault, facts: Mapping[str, str | int]) -> Sentence:
    """Why the desk did not do it. Nothing was changed."""
    match fault:
        case CommandFault.NOT_FOUND:
            return Sentence(tr("It is not there any more."), tr("Look again"), "retry")
        case CommandFault.SLOT_EMPTY:
            return Sentence(
                tr("Not filled in yet: {list}.", list=facts.get("list", "")),
                tr("Fill it in"),
                "edit",
            )
        case CommandFault.SLOT_WRONG:
            return Sentence(
                tr("This does not fit what the template asks for: {list}.",
                   list=facts.get("list", "")),
                tr("Correct it"),
                "edit",
            )  # fmt: skip
        case CommandFault.NOT_APPROVED:
            return Sentence(
                tr("This template version is not approved yet."), tr("Approve it first"), "edit"
            )
        case CommandFault.POLICY:
            return Sentence(
                tr("Here only approved templates may be sent."), tr("Choose a template"), "edit"
            )
        case CommandFault.SAME_PERSON:
            return Sentence(
                tr("Somebody other than the writer must look at this text."),
                tr("Ask a colleague to approve it"),
            )
        case CommandFault.TOO_LONG:
            return Sentence(
                tr("The text is {n} characters too long for this network.", n=facts.get("n", 0)),
                tr("Shorten it"), "edit",
            )  # fmt: skip
        case CommandFault.EMPTY:
            return Sentence(tr("There is no text to send."), tr("Write something"), "edit")
        case CommandFault.CHANGED_SINCE:
            return Sentence(
                tr("It was changed again since, so undo left it alone."), tr("Change it by hand")
            )
        case CommandFault.NOTHING_TO_UNDO:
            return Sentence(tr("There is nothing to undo."))
        case CommandFault.NOTHING_TO_REDO:
            return Sentence(tr("Nothing to redo."))
        case CommandFault.TOO_LATE:
            return Sentence(
                tr("It is too late to take the reply back: it has left."),
                tr("Delete it on the network"),
            )
        case CommandFault.BROWSER_ONLY:
            return Sentence(
                tr("This can only be answered in the browser."), tr("Copy the text and open it"),
                "browser",
            )  # fmt: skip
        case CommandFault.ALREADY_ANSWERED:
            return Sentence(
                tr("Somebody from the brand has answered there already."), tr("Send anyway"),
                "send_anyway",
            )  # fmt: skip
        case CommandFault.THREAD_MOVED:
            return Sentence(
                tr("The thread has moved on since you read it."), tr("Send anyway"), "send_anyway"
            )
        case CommandFault.BAD_INPUT if facts.get("what") == "criticism":
            from socialdesk.engine.words import crisis_faults  # rare: not at the start

            return crisis_faults.criticism()
        case CommandFault.BAD_INPUT:
            return Sentence(
                tr("That does not fit: {what}.", what=facts.get("what", "")),
                tr("Change it"),
                "edit",
            )
        case CommandFault.PIN | CommandFault.NOT_NOTIFIED:
            from socialdesk.engine.words import crisis_faults  # rare: not at the start

            return (crisis_faults.pin if fault is CommandFault.PIN else
                    crisis_faults.not_notified)(facts)  # fmt: skip
        case CommandFault.PERSON:
            from socialdesk.engine.words import people_faults  # rare: not at the start

            return people_faults.sentence(facts)
        case CommandFault.LIMITS:
            from socialdesk.engine.words import crisis_limits  # rare: not at the start

            return Sentence(crisis_limits.crossed_words(facts), tr("Change the other one first"))
        case CommandFault.PORTS_TAKEN | CommandFault.SPENT | CommandFault.PASTED:
            from socialdesk.engine.words import network_faults  # rare: not at the start

            return network_faults.sentence(fault, facts)
        case CommandFault.PICTURE:
            return picture(str(facts.get("why", "")), int(facts.get("limit", 0)))
        case CommandFault.NOT_WRITTEN:
            return Sentence(
                tr("«{file}» could not be written: {why}. Nothing is left half written.",
                   file=facts.get("file", ""), why=facts.get("why", "")),
                tr("Name another place, or make room there."),
            )  # fmt: skip
        case CommandFault.NOT_PRINTED:
            return not_printed(str(facts.get("why", "")))
        case CommandFault.LOCKED:
            return Sentence(tr("Crisis mode holds this back."), tr("Look at the crisis board"))
        case CommandFault.RULE:
            from socialdesk.engine.words.rules import fault_words  # only for who writes rules

            said = fault_words(str(facts.get("code", "")), str(facts.get("fact", "")))
            return Sentence(said, tr("Change it"), "edit")
        case CommandFault.NOT_TRIED:
            return Sentence(
                tr("This rule was not tried in its present form. A dry run shows first what it "
                   "would have caught."), tr("Try it on what is stored"), "dry_run",
            )  # fmt: skip


def not_printed(why: str) -> Sentence:
    """Why there is no PDF. `why`: slow, ended or empty."""
    text = {
        "slow": tr("Printing took too long and was stopped. No PDF was made."),
        "ended": tr("The process that prints ended before it was done. No PDF was made."),
    }.get(why, tr("The process that prints made nothing that can be read. No PDF was made."))
    return Sentence(text, tr("Save it as HTML: a browser prints it too."))


def picture(why: str, limit: int) -> Sentence:
    """Why a picture cannot go with a reply. `limit`: bytes, pictures or characters, by `why`."""
    match why:
        case PictureFault.NO_PICTURES.value:
            text = tr("This network takes no pictures from here.")
        case PictureFault.TOO_MANY.value:
            text = trn("This network takes {n} picture in a post.",
                       "This network takes {n} pictures in a post.", limit)  # fmt: skip
        case PictureFault.TOO_LARGE.value:
            text = tr("The picture is too large: at most {size} MB here.",
                      size=decimal(limit / 1_000_000))  # fmt: skip
        case PictureFault.WRONG_TYPE.value:
            text = tr("This kind of file cannot be posted here. JPEG and PNG always can.")
        case PictureFault.ALT_TOO_LONG.value:
            text = trn(
                "The description of the picture is longer than {n} character.",
                "The description of the picture is longer than {n} characters.",
                limit,
            )
        case PictureFault.NO_ALT.value:
            return Sentence(
                tr("A picture has no description yet."), tr("Say in words what it shows"), "edit"
            )
        case PictureFault.MISSING.value:
            text = tr("The file of a picture is not there any more, or was changed.")
        case _:
            text = tr("The file cannot be read as a picture.")
    return Sentence(text, tr("Choose another picture"), "edit")
