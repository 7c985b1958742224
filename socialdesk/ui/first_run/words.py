"""The words of the first steps: a title and one or two sentences for each."""

from socialdesk.domain.first_run import STEPS, FirstRun, FirstStep
from socialdesk.i18n import tr


def title(step: FirstStep) -> str:
    return {
        FirstStep.WORDS: lambda: tr("How do people write your name?"),
        FirstStep.LOOK: lambda: tr("Look around, or add a first source"),
        FirstStep.TRY: lambda: tr("Does the source work?"),
        FirstStep.PACK: lambda: tr("Texts to answer with"),
        FirstStep.NOTICES: lambda: tr("When may SocialDesk speak up?"),
        FirstStep.DRILL: lambda: tr("Ten minutes for a bad day"),
    }[step]()


def lead(step: FirstStep) -> str:
    """What it is for."""
    return {
        FirstStep.WORDS: lambda: tr(
            "Sources that are not yours alone keep only what holds these words."
        ),
        FirstStep.LOOK: lambda: tr("Neither needs an account, a password or a key."),
        FirstStep.TRY: lambda: tr("One fetch, now. Nothing is kept until you add the source."),
        FirstStep.PACK: lambda: tr(
            "Read them once and approve them: then one key puts them into a reply."
        ),
        FirstStep.NOTICES: lambda: tr("Everything here can be changed in the settings."),
        FirstStep.DRILL: lambda: tr(
            "Play a crisis once before there is one: an invented brand, nothing leaves this "
            "computer, and at the end there is a score."
        ),
    }[step]()


def place(state: FirstRun) -> str:
    """Where one is."""
    return tr("First steps · {number} of {of}", number=state.number, of=len(STEPS))


def reminder(state: FirstRun) -> str:
    """The line that reminds of them."""
    return tr("Finish setting up: {n} of {of}", n=state.n_done, of=len(STEPS))
