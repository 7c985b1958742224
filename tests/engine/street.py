"""A desk with an account of any network beside one in the pond: for tests over all networks."""

from collections.abc import Mapping
from pathlib import Path

import requests

from socialdesk.domain.account import Can
from socialdesk.domain.ids import AccountId
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.commands import AddAccount
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListAccounts
from socialdesk.networks.base import Network
from socialdesk.networks.scripted import session_with
from socialdesk.store import accounts
from socialdesk.store.file.transaction import Transaction
from tests.engine.keyring import Keyring
from tests.engine.pond import Pond, PondNetwork
from tests.fakes import HandClock
from tests.networks.samples import all_samples
from tests.networks.samples.sample import Sample

SAMPLES = [s for s in all_samples() if not s.network.info.can & (Can.CRM | Can.PANEL)]

Answer = tuple[int, bytes, Mapping[str, str]]


class Street:
    """A desk with an account of the sample's network and one in the pond."""

    def __init__(self, folder: Path, sample: Sample) -> None:
        self.sample, self.server, self.keys = sample, sample.new_server(), Keyring()
        self.clock, self.pond = HandClock(), Pond()
        networks: dict[str, Network] = {
            sample.key: sample.network, "pond": PondNetwork(self.pond, can=Can.FETCH),
        }  # fmt: skip
        outside = Outside(networks, self._session, lambda _: self.keys)
        self.desk = InlineDesk(folder / "w.db", folder / "backups", self.clock, outside)
        card = sample.connect(self.server).card()

        def add(tx: Transaction) -> AccountId:
            watch = (sample.watch.kind.value, sample.watch.query, "")
            id = accounts.sign_in(tx, network=sample.key, signed_settings=sample.settings,
                                  card=card, watches=(watch,))  # fmt: skip
            accounts.switch_on(tx, id, 1)
            return id

        self._add = add
        self.id = self.desk._writer.submit(add).result()
        if sample.secret is not None:
            self.keys.keep(self.id, sample.secret)
        self.desk.do(AddAccount("pond", (), (("mentions", "", ""),))).result()

    def _session(self, **_: object) -> requests.Session:
        return session_with(self.server)

    def turn(self, seconds: float, times: int = 1) -> None:
        for _ in range(times):
            self.clock.advance(seconds)
            self.server.now = self.clock.utc
            for _ in range(3):
                self.desk.clockwork.turn()
                self.desk.settle()

    def come_back(self) -> AccountId:
        """The browser's sign-in ends as a new account's does: the account it is kept for."""
        id = self.desk._writer.submit(self._add).result()
        if self.sample.secret is not None:
            self.keys.keep(id, self.sample.secret)
        self.desk.connections.drop(id)
        return id

    @property
    def row(self) -> AccountRow:
        rows = self.desk.ask(ListAccounts()).result()
        return next(row for row in rows if row.id == self.id)

    def trouble(self, answer: Answer) -> None:
        status, body, headers = answer
        self.server.always(status, body, **{k.replace("-", "_"): v for k, v in headers.items()})

    def goes_on_elsewhere(self) -> bool:
        """Whether the pond is still fetched."""
        before = self.pond.n_fetched
        self.turn(120, times=2)
        return self.pond.n_fetched > before
