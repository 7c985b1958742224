"""Lists of the program whose words wrap show the last of them, however large the text."""

import pytest
from PySide6.QtWidgets import QApplication

from socialdesk.domain.check import Check
from socialdesk.domain.rules.rule import RuleRow
from socialdesk.engine.words.rules import Names
from socialdesk.ui.check_up.check_list import CheckList
from socialdesk.ui.rules.list_pane import RuleList
from tests.rule_makers import a_rule, words
from tests.ui.compose.looks import cut_rows
from tests.ui.driving import NO_PARENT


def rules() -> RuleList:
    made = RuleList(NO_PARENT)
    name = "Refunds and everything else that people say about money, also in letters of theirs"
    rule = a_rule(words("refund, money back, where is my money, charged twice"), id=1)
    made.show_rules([RuleRow(1, name, True, rule, n_hits=12, last_hit_at=1)], Names(), 0, ())
    return made


def checks() -> CheckList:
    made = CheckList()
    made.show_checks([
        Check("disk", False, "The disk is not encrypted (ext4), as far as can be known.",
              "Encrypt the disk with your system, and keep the key somewhere else"),
        Check("keyring", True, "The keyring of the system answers and keeps your sign-ins.", ""),
    ])  # fmt: skip
    return made


@pytest.mark.parametrize("make", [rules, checks])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_last_words_of_a_row_are_seen(qtbot, theme, make, percent):
    theme.set_text_size(percent)
    rows = make()
    qtbot.addWidget(rows)
    for width in range(280, 480, 20):
        rows.resize(width, 1_000)
        rows.show()
        QApplication.processEvents()
        assert cut_rows(rows) == [], width
    theme.set_text_size(100)
