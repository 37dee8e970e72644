"""Units: exact offsets, joined clitics, bounded windows."""

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.language.model_units import CONTEXT, WINDOW, WordPieces, cut_units, cut_windows, shape_of

VOCABULARY = {
    word: number
    for number, word in enumerate(
        ["[UNK]", "[CLS]", "[SEP]", "sold", "##ier", "##s", "n", "'", "'", ".", "4", "##9", "cafe", "do", "n't"]
    )
}


def pieces() -> WordPieces:
    return WordPieces(VOCABULARY)


def words(text: str) -> list[str]:
    units = cut_units(text, pieces())
    return [text[start:end] for start, end in zip(units.starts, units.ends, strict=True)]


def test_clitics_stand_alone_and_marks_are_single() -> None:
    assert words("They don't, Armenia’s said.") == ["They", "do", "n't", ",", "Armenia", "’s", "said", "."]


def test_letters_and_digits_part() -> None:
    assert words("10km U.S.-led") == ["10", "km", "U", ".", "S", ".", "-", "led"]


def test_cannot_is_two() -> None:
    assert words("cannot gonna") == ["can", "not", "gon", "na"]


def test_word_pieces_take_the_longest_match_without_accents_or_case() -> None:
    cut = pieces()
    assert cut("Soldiers") == (3, 4, 5)
    assert cut("CAFÉ") == (VOCABULARY["cafe"],)
    assert cut("zzz") == (0,)


def test_shapes_tell_casing() -> None:
    assert [shape_of(word) for word in ("on", "On", "UN", "A", "McA", "12", "-", "’s")] == [0, 1, 2, 3, 4, 5, 6, 0]


def test_a_blank_line_is_a_wider_gap_than_a_line_end() -> None:
    units = cut_units("a b\nc\n\nd.", pieces())
    assert list(units.gaps) == [3, 1, 2, 3, 0]


@given(st.text())
def test_units_never_overlap_and_cover_every_letter(text: str) -> None:
    units = cut_units(text, pieces())
    at = 0
    for start, end in zip(units.starts, units.ends, strict=True):
        assert at <= start < end <= len(text)
        assert not any(letter.isalnum() for letter in text[at:start])
        at = end
    assert not any(letter.isalnum() for letter in text[at:])


@given(st.lists(st.sampled_from(["soldiers", "4", ".", "X", "\n", "don't"]), max_size=900))
def test_windows_score_every_unit_once_within_the_limit(parts: list[str]) -> None:
    units = cut_units(" ".join(parts), pieces())
    windows = cut_windows(units)
    assert [unit for w in windows for unit in range(w.core, w.last)] == list(range(len(units)))
    for window in windows:
        assert sum(len(units.pieces[unit]) for unit in range(window.first, window.last)) <= WINDOW - 2
        assert sum(len(units.pieces[unit]) for unit in range(window.first, window.core)) <= CONTEXT
