"""The practice brand in the middle of a bad day, so that every list of the program holds rows."""

from pathlib import Path

import requests

from socialdesk.domain.rules.rule_json import actions_json, conditions_json
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddLabel, AddPerson, SaveDraft, SetVip
from socialdesk.engine.commands.contacts import MakeContact
from socialdesk.engine.commands.faq import NoteFaqGap, SaveFaq
from socialdesk.engine.commands.rules import SaveRule
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.practice.begin import set_up
from socialdesk.engine.queries import ReadAuthor
from socialdesk.networks import http, registry
from socialdesk.places import resource
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import load_content
from socialdesk.practice.session import mount
from tests.crisis.conftest import Shop
from tests.engine.conftest import Bench, Counter
from tests.fakes import HandClock
from tests.rule_makers import a_rule


def open_shop(home: Path) -> Shop:
    """A whole engine in `home`, ten minutes in, in an incident."""
    clock, counter = HandClock(), Counter()
    network = PracticeAdapter(
        home / "practice.jsonl", load_content(resource("practice")), now_ms=clock.now_ms,
        passing=counter,
    )  # fmt: skip

    def session() -> requests.Session:
        made = http.session()
        mount(made, network)
        return made

    outside = Outside(
        dict(registry.networks()), session, lambda _: NoKeyring(account_secret()), pace=0.25
    )
    desk = InlineDesk(home / "workspace.db", home / "backups", clock, outside)
    set_up(desk)
    shop = Shop(Bench(desk, network, clock, counter))
    shop.pass_s(600)
    _work(shop)
    return shop


def _work(shop: Shop) -> None:
    """One of everything that a list shows."""
    first, second, third, fourth, *_ = shop.mentions(8)
    shop.do(AddPerson("Timur"))
    shop.do(AddLabel((first, second), "delivery"))
    shop.do(SetVip((third,), True))
    shop.do(SaveDraft(fourth, "We are looking into it."))
    author = shop.ask(ReadAuthor(third))
    assert author is not None
    shop.do(MakeContact(author.id))
    shop.do(SaveFaq("Are you open on Sunday?", "Yes, from 8 to 18.", "en"))
    shop.do(NoteFaqGap(second))
    rule = a_rule(id=0)
    shop.do(SaveRule("Refunds", conditions_json(rule), actions_json(rule.actions)))
    promise = shop.now + 3 * 3_600_000
    shop.reply("We will tell you by three.", mention=second, promise_at=promise)
    shop.pass_s(30)
    shop.reply("It is on its way.", mention=first)
    incident = shop.declare(severity=2)
    shop.link(incident, third, fourth)
    shop.statement(incident)
