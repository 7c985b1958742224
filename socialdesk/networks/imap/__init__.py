"""A folder of a mailbox: review and notice mails of every site, and any other letter.

2026-11: our own eight commands instead of imaplib or imapclient. imaplib logs the dialogue,
password included, keeps it in memory, takes literals of any length and looks host names up by
itself, after our check of the address; it hears IDLE only from Python 3.14 on. imapclient 4.1 reads
answers far better and sits on imaplib: five private overrides would have been needed, 65 ms of
import, and it can delete. What is written here cannot: see `mailbox.py`. Cost: we follow servers'
oddities ourselves; the tests run against Dovecot and pymap.
"""

from socialdesk.networks.imap.network import NETWORK

__all__ = ["NETWORK"]
