"""`make eval`: what it says without data, its figures, and that a new subject is one file."""

from pathlib import Path

import pytest

from tests.eval import __main__ as program
from tests.eval.labelled import FILES, mood_of, samples
from tests.eval.measure_language import typed_without
from tests.eval.report import Report, three
from tests.eval.scores import average_precision, f1, macro_f1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a line or two in each file."""
    rows = {
        "en_tweets_rated.tsv": "mean_rating\ttext\n2.5\tlovely\tday\n-0.4\tso so\n",
        "en_reviews_rated.tsv": "mean_rating\ttext\n-3.0\tbroke at once\n",
        "tweets_8lang.tsv": "lang\tsplit\tlabel\ttext\n"
        "de\tval\tneutral\taha\nen\ttrain\tpositive\tyay\n",
        "kk_reviews.tsv": "label\tdomain\ttext\nnegative\tmarket\tнашар\n",
    }
    for name, text in rows.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_without_a_folder_it_says_which_command_to_type(capsys):
    assert program.main([]) == 2
    assert capsys.readouterr().err == "Name the folder of labelled texts: make eval DATA=folder\n"


@pytest.mark.parametrize("missing", FILES)
def test_a_missing_file_is_said_in_one_sentence(folder: Path, missing, capsys):
    (folder / missing).unlink()
    assert program.main([str(folder)]) == 2
    assert (
        capsys.readouterr().err == f"There is no labelled data in {folder}: {missing} is missing.\n"
    )


def test_an_unknown_subject_is_refused(folder: Path, capsys):
    assert program.main([str(folder), "frogs"]) == 2
    assert "no subject frogs" in capsys.readouterr().err


def test_every_subject_is_a_file_that_can_measure():
    assert {"kinds", "language", "moods"} <= {*program.subjects()}


def test_a_subject_is_measured_and_printed(folder: Path, capsys):
    assert program.main([str(folder), "kinds"]) == 0
    assert "== kinds, on invented texts\nwhat" in capsys.readouterr().out


def test_texts_keep_their_tabs_and_ratings_become_moods(folder: Path):
    found = [(s.text, s.mood.name, s.source) for s in samples(folder, "en")]
    assert found == [
        ("yay", "POSITIVE", "tweets_8lang train"),
        ("lovely\tday", "POSITIVE", "en_tweets_rated"),
        ("so so", "NEUTRAL", "en_tweets_rated"),
        ("broke at once", "NEGATIVE", "en_reviews_rated"),
    ]
    assert [s.text for s in samples(folder, "kk")] == ["нашар"]


@pytest.mark.parametrize(
    ("rating", "mood"), [(0.5, "POSITIVE"), (-0.5, "NEGATIVE"), (0.49, "NEUTRAL")]
)
def test_half_a_point_is_a_mood(rating, mood):
    assert mood_of(rating).name == mood


def test_f1_is_the_harmonic_mean_of_precision_and_recall():
    truth, said = ["a", "a", "b", "b"], ["a", "b", "b", "b"]
    assert f1(truth, said, "a") == pytest.approx(2 / 3)
    assert macro_f1(truth, said) == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert f1(truth, said, "c") == 0


def test_average_precision_is_that_of_the_ranking_whatever_the_order_of_ties():
    assert average_precision([True, False, True], [0.9, 0.8, 0.7]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([True, False], [0.5, 0.5]) == average_precision(
        [False, True], [0.5, 0.5]
    )
    assert average_precision([True, False, False, False], [0.0] * 4) == pytest.approx(0.25)


def test_figures_are_shown_without_their_zero():
    assert three((0.5851, 0.7, 1.0)) == ".585 / .700 / 1.000"


def test_a_missed_goal_is_said():
    report = Report("pond")
    report.add("frogs", 1200, ".5", ".4", goal="T0 .6", is_met=False)
    report.add("newts", 3, ".7", goal="T0 .6", is_met=True)
    lines = report.table().splitlines()
    assert lines[1].split() == ["frogs", "1,200", ".5", ".4", "T0", ".6", "MISSED"]
    assert lines[2].split()[-1] == "ok"


def test_kazakh_can_be_typed_without_its_letters():
    assert typed_without("Қайда жүрсің, Әсел?") == "Кайда журсин, Асел?"
