"""Whose word for the sender of a letter counts: our own mail server's, and nobody else's."""

import pytest

from socialdesk.networks.imap.trust import Verdict, verdict

PASSED, FAILED, UNKNOWN = Verdict.PASSED, Verdict.FAILED, Verdict.UNKNOWN


def said(*values, name="authentication-results"):
    return [(name, value) for value in values]


GMAIL = (
    "mx.google.com;       dkim=pass header.i=@yelp.com header.s=s1 header.b=abc;       spf=pass "
    "(google.com: domain of b@yelp.com designates 192.0.2.1 as permitted sender) "
    "smtp.mailfrom=b@yelp.com;       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=yelp.com"
)
MICROSOFT = (
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=yelp.com; dkim=pass (signature was verified) "
    "header.d=yelp.com;dmarc=pass action=none header.from=yelp.com;compauth=pass reason=100"
)
YANDEX = "mail-nwsmtp-mxfront.mail.yandex.net; spf=pass smtp.mail=b@yelp.com; dkim=pass header.i=@yelp.com"  # noqa: E501


@pytest.mark.parametrize("value", [GMAIL, MICROSOFT, YANDEX])
def test_what_large_providers_write(value):
    assert verdict(said(value), "yelp.com") is PASSED
    assert verdict(said(value), "evil.example") is FAILED


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("mx; dmarc=pass header.from=yelp.com", PASSED),
        ("mx; dmarc=pass", PASSED),
        ("mx; dkim=pass header.d=yelp.com", PASSED),
        ("mx 1; dkim = pass header.d = yelp.com", PASSED),
        ("mx; dkim=pass header.d=mailer.example; dmarc=fail header.from=yelp.com", FAILED),
        ("mx; dkim=pass header.d=yelp.com; dmarc=fail header.from=yelp.com", FAILED),
        ("mx; dkim=pass header.d=mailer.example", FAILED),
        ("mx; dkim=pass header.d=com", FAILED),
        ("mx; dkim=pass header.d=xyelp.com", FAILED),
        ("mx; dkim=fail header.d=yelp.com", FAILED),
        ("mx; dkim=none; dmarc=none", FAILED),
        ("mx; dkim=pass (header.d=yelp.com) header.d=evil.example", FAILED),
        ("mx; dkim=pass header.d=evil.example (dmarc=pass header.from=yelp.com)", FAILED),
        ("mx; none", UNKNOWN),
        ("mx; spf=pass smtp.mailfrom=yelp.com", UNKNOWN),
        ("", UNKNOWN),
        ("(((((((", UNKNOWN),
        (";" * 5000, UNKNOWN),
    ],
)
def test_a_verdict(value, expected):
    assert verdict(said(value), "yelp.com") is expected


def test_a_domain_above_the_senders_may_sign():
    assert verdict(said("mx; dkim=pass header.d=yelp.com"), "notify.yelp.com") is PASSED
    assert verdict(said("mx; dkim=pass header.d=notify.yelp.com"), "yelp.com") is FAILED


def test_headers_that_came_with_the_letter_do_not_count():
    good = "other; dmarc=pass header.from=yelp.com"
    bad = "mx; dkim=none"
    assert verdict(said(bad, good), "yelp.com") is FAILED
    behind = [*said(bad), ("received", "from x"), *said("mx; dmarc=pass header.from=yelp.com")]
    assert verdict(behind, "yelp.com") is FAILED


def test_one_server_may_write_several():
    both = said("mx; dkim=pass header.d=mailer.example", "mx; dmarc=pass header.from=yelp.com")
    assert verdict(both, "yelp.com") is PASSED


def test_a_verdict_below_received_lines_counts():
    """Gmail writes its own beneath the line that tells of the delivery."""
    assert verdict([("received", "by mx.google.com"), *said(GMAIL)], "yelp.com") is PASSED


def test_no_headers_no_verdict():
    assert verdict([], "yelp.com") is UNKNOWN
