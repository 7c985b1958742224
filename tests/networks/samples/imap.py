"""A mailbox at an invented server, which speaks IMAP and answers the scripted faults in it."""

from socialdesk.domain.account import Secret
from socialdesk.networks.imap import NETWORK
from tests.networks.fake_imap import FOLDER, HOST, PASSWORD, USER, FakeImap
from tests.networks.samples.sample import Sample

SETTINGS = {"host": HOST, "port": "993", "user": USER, "folder": FOLDER}

SAMPLE = Sample(
    NETWORK,
    FakeImap,
    SETTINGS,
    Secret(PASSWORD),
    (PASSWORD,),
    typed={"host": HOST, "user": USER, "password": PASSWORD, "folder": FOLDER},
)
