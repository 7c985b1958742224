"""Which addresses we may speak to."""

import pytest

from socialdesk.networks.addresses import is_public

PRIVATE = """
127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254
192.168.0.1 192.168.255.255 169.254.0.1 169.254.169.254 100.64.0.1 100.127.255.254 192.0.0.8
192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
::ffff:192.168.1.1 ::ffff:100.64.0.1 ::127.0.0.1 ::10.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1
64:ff9b:1::1 2002:7f00:1:: 2002:a00:1:: 2002:c0a8:101:: 2001:db8::1 2001:0:7f00:1::
100::1 not-an-address 1.2.3 999.1.1.1
""".split()
PUBLIC = """
1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.167.255.255
2606:4700::1111 2a00:1450:4001::8a ::ffff:8.8.8.8 64:ff9b::808:808
""".split()


@pytest.mark.promise(29)
@pytest.mark.parametrize("address", PRIVATE)
def test_private_and_special_addresses_are_refused(address):
    assert not is_public(address)


@pytest.mark.promise(29)
@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_reached(address):
    assert is_public(address)
