"""The practice workspace, made ready the first time: its account, its approved templates."""

from socialdesk.engine.commands import AddAccount, ApproveVersion, InstallPack
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListAccounts, ListTemplates
from socialdesk.places import resource
from socialdesk.practice import brand
from socialdesk.practice.content import load_content

BACKFILL_DAYS = 1


def set_up(desk: Desk) -> None:
    """Sign in to the practice network and approve the bakery's templates, once. Raises
    SocialDeskError."""
    if not desk.ask(ListAccounts()).result():
        fields = tuple(brand.account_fields().items())
        watches = tuple(
            (w.kind.value, w.query, w.brand_words)
            for w in brand.watches(load_content(resource("practice")))
        )
        desk.do(
            AddAccount("mastodon", fields, watches=watches, backfill_days=BACKFILL_DAYS)
        ).result()
    if not desk.ask(ListTemplates()).result():
        made = desk.do(InstallPack("bakery")).result().answer["versions"]
        for version_id, text_hash in made:
            desk.do(ApproveVersion(version_id, text_hash)).result()
