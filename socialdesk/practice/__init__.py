"""The practice network: the Mastodon API in process, so that the real connector needs no account.

2026-11: it is a transport adapter of `requests`, not a fake connector and not a server on
loopback. A fake connector would leave the real one untried; a server needs a port, a second
process and its own end. Here every byte the connector reads and writes is as on the wire, no
socket is opened, and a fault is one line of data. Cost: one process at a time meets the network.

What people write is data under `resources/practice`; a new stream is a new file there.
"""
