"""Promise 19: certificates are checked everywhere, nothing in the tree can switch that off, and
plain http goes to this computer only, or to a feed whose address a person typed."""

import ast
from pathlib import Path

import pytest

from socialdesk.domain.errors import RefusedError
from socialdesk.networks import http
from socialdesk.networks.testing import session_with
from tests.networks.fake_feed import Site
from tests.test_layers import PROGRAM, tls_is_whole_and_no_shell_starts

NETWORKS = Path(__file__).parents[2] / "socialdesk"
WEAK_NAMES = {"_create_unverified_context", "CERT_NONE", "CERT_OPTIONAL", "disable_warnings",
              "assert_hostname", "InsecureRequestWarning"}  # fmt: skip


@pytest.mark.promise(19)
def test_nothing_in_the_tree_weakens_it(trials) -> None:
    for source in PROGRAM:
        assert list(tls_is_whole_and_no_shell_starts(source)) == []
        names = {n.attr if isinstance(n, ast.Attribute) else n.id
                 for n in source.nodes if isinstance(n, ast.Attribute | ast.Name)}  # fmt: skip
        assert not names & WEAK_NAMES, source.name
        trials.add()


@pytest.mark.promise(19)
@pytest.mark.parametrize("call", [http.get_json, http.post_json, http.post_form, http.delete])
@pytest.mark.parametrize("host", ["pond.example", "203.0.113.7", "127.0.0.1.pond.example"])
def test_plain_http_is_refused_before_anything_is_sent(call, host, trials) -> None:
    site = Site({})
    with pytest.raises(RefusedError):
        if call in (http.post_json, http.post_form):
            call(session_with(site), f"http://{host}/x", {"secret": "s"})
        else:
            call(session_with(site), f"http://{host}/x")
    assert site.asked == []
    trials.add()


@pytest.mark.promise(19)
def test_only_feeds_may_be_read_over_plain_http() -> None:
    """`plain_http` is given by the connector of feeds and nobody else."""
    users = {
        path.relative_to(NETWORKS).parts[:2]
        for path in NETWORKS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "plain_http"
        and not (isinstance(node.value, ast.Name) and node.value.id == "plain_http")
    }  # fmt: skip
    assert users == {("networks", "feeds")}
