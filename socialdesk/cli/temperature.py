"""`socialdesk temperature`: what a planned post would meet."""

from argparse import Namespace
from typing import Any

from socialdesk.cli.exit_codes import OK, REFUSED
from socialdesk.cli.output import Output, cut, iso, visible
from socialdesk.domain.temperature import Temperature
from socialdesk.engine.commands.temperature import KeepCheck
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.temperature import CheckTemperature
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.engine.words.temperature import plain_lines
from socialdesk.i18n import tr

WIDTH = 90  # characters of an example


def temperature(desk: Desk, options: Namespace, out: Output) -> int:
    """Verdict, numbers and examples; with a reason the check is kept in the journal."""
    text = " ".join(options.words)
    found = desk.ask(CheckTemperature(text, options.account, options.at)).result()
    _say(found, out)
    value = _value(found)
    if options.reason:
        command = KeepCheck(text, options.account, options.at, options.reason)
        value["kept"] = out.wait(desk.do(command)).seq
        out.say(tr("The check is in the journal."))
    out.value(value)
    if found.lock:
        facts = {"account": visible(found.account), "id": found.lock}
        out.fail(refusal_sentence("R13", facts).text)
        return REFUSED
    if found.needs_reason and not options.reason:
        out.fail(tr("To post it all the same, write down why: --reason TEXT"))
        return REFUSED
    return OK


def _say(found: Temperature, out: Output) -> None:
    for line in plain_lines(found):
        out.say(visible(line))
    for one in found.examples:
        words = cut(visible(one.words), WIDTH)
        out.say(f"  {one.mention_id}  {iso(one.at)}  {cut(visible(one.author), 20)}: {words}")


def _value(found: Temperature) -> dict[str, Any]:
    return {
        "verdict": found.verdict.value, "grounds": [ground.value for ground in found.grounds],
        "flags": [flag.value for flag in found.flags], "terms": list(found.terms),
        "incidents": [code for code, _ in found.incidents], "lock": found.lock,
        "share": found.month.share(found.limits.post_fewest), **found.figures,
        "examples": [
            {"mention": one.mention_id, "author": one.author, "words": one.words}
            for one in found.examples
        ],
    }  # fmt: skip
