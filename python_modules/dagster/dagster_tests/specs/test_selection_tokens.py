import pytest

from dagster.errors import DagsterInvalidAssetSelectionError
from dagster.specs.selection_tokens import END, tokens_of


def test_pieces_know_where_they_begin() -> None:
    found = [(token.text, token.position) for token in tokens_of('2+key:"a b" and\tx_1/y ')]
    assert found == [("2", 0), ("+", 1), ("key", 2), (":", 5), ("a b", 6), ("and", 12), ("x_1/y", 16), ("", 21)]


def test_the_last_piece_is_the_end() -> None:
    assert [token.kind for token in tokens_of(" \n")] == [END]


def test_a_star_is_a_sign_alone_and_a_part_of_a_word_otherwise() -> None:
    assert [token.kind for token in tokens_of("* a* ** *+")] == ["*", "word", "word", "*", "+", END]


def test_quotes_keep_every_character_and_escape_themselves() -> None:
    assert tokens_of(r'"a\"b\\c (*) ä"')[0].text == r'a"b\c (*) ä'


@pytest.mark.parametrize(("string", "position"), [('key:"a', 4), (r'"\n"', 1), ('"a\\', 2)])
def test_broken_quotes_are_pointed_at(string: str, position: int) -> None:
    with pytest.raises(DagsterInvalidAssetSelectionError) as refused:
        tokens_of(string)
    assert refused.value.position == position
