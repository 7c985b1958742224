"""How each number is counted, said once: shown as *How is this counted?* and printed in a report.

The questions themselves are SQL, in `store/figures/figures.py`; these words and that SQL must
agree, and a test counts by other statements, written from these words.
"""

from socialdesk.i18n import tr


def how(key: str, target_min: int = 60) -> str:
    """The definition of a section's numbers; "" where the title says it all."""
    words = {
        "received": tr(
            "Every mention that came in the period, by when it was published or first seen, "
            "whichever is earlier. Spam is left out; muted authors and what was fetched from "
            "before the account was connected are in. Days and hours are those of the time zone "
            "named above."
        ),
        "answering": tr(
            "Spam, muted authors and mentions from before an account was connected are left out. "
            "The first reply is the first one that was sent from here; its time runs from when "
            "the mention came, in business hours only. The median is the middle one: half were "
            "faster. An answer given on the network itself, or marked by hand, counts as answered, "
            "but without a time. Within the target: the first reply was sent before the mention's "
            "due time. Of how many: those with a timed reply, and those that still wait although "
            "their due time has passed. What was closed without a reply is in neither."
        ),
        "backlog": tr(
            "Waiting at a moment: had come, was not answered, and was not decided (done, snoozed, "
            "waiting for them) until then. Only the last decision about a mention is known, so one "
            "that was decided, opened again and decided again counts as waiting in between."
        ),
        "sentiment": tr(
            "The mood of the words, as read by the program; a person's correction counts before "
            "it. Not rated: there is no table for the language. Unsure: too close to call. Neither "
            "is neutral, and neither is in the shares."
        ),
        "intent": tr(
            "What somebody wants, as read by the program; a person's correction counts before it."
        ),
        "label": tr("A mention with two labels counts under both."),
        "topics": tr(
            "Words and pairs of words that were said more than in the four weeks before, by "
            "log-odds; in a busy period they are looked for in an even sample. The number is of "
            "all mentions with that phrase in the period."
        ),
        "asked": tr("Phrases that set questions apart from all else that was said."),
        "template": tr(
            "Mentions answered with a template, by when the reply was sent; a reply made of two "
            "templates counts under both. Changed characters: how many were typed differently "
            "from the template, beside its slots; the middle one of all."
        ),
        "busiest": tr("Mentions by hour of the week, by local clocks. Spam is left out."),
        "network": tr("Where the mentions were written."),
        "language": tr(
            "The language as the program read it, else as the network told it; a correction "
            "counts before both."
        ),
        "person": tr("Mentions answered by each person here, by when the reply was sent."),
        "promise": tr(
            "Promises that were due in the period. Kept: marked as kept by the time that was "
            "promised; late: after it."
        ),
        "left_out": tr("What the other numbers leave out, wholly or where they speak of answers."),
        "open": tr("New and open mentions, now; overdue: their due time has passed."),
        "reach": tr(
            "Authors of the last 24 hours by followers when they wrote, where the network tells."
        ),
        "usual": tr(
            "The marks are what is usual in that hour of the week: the mean of the four weeks "
            "before."
        ),
    }
    return words.get(key, "")
