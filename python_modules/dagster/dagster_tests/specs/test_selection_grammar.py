import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.errors import DagsterInvalidAssetSelectionError
from dagster.specs.selection_grammar import DEEPEST_NESTING
from dagster.specs.selections import AssetSelection, AttributeAssetSelection, KeyWildCardAssetSelection
from dagster_tests.specs.selection_strategies import sayable

S = AssetSelection
A, B, C = (KeyWildCardAssetSelection(name) for name in "abc")


def refused(string: str) -> DagsterInvalidAssetSelectionError:
    with pytest.raises(DagsterInvalidAssetSelectionError) as caught:
        S.from_string(string)
    return caught.value


@pytest.mark.parametrize(
    ("string", "tree"),
    [
        ("*", S.all()),
        ("key:a", A),
        (' key : "a" ', A),
        ('key:"a b*"', KeyWildCardAssetSelection("a b*")),
        ("key:*a/b*c", KeyWildCardAssetSelection("*a/b*c")),
        ("group:x/y", S.groups("x/y")),
        ("group:<null>", S.groups()),
        ("kind:<null>", S.kind(None)),
        ('owner:"team:x"', S.owner("team:x")),
        ("tag:k", S.tag("k", "")),
        ('tag:k="v w"', S.tag("k", "v w")),
        ("tag:k=<null>", S.tag("k", "")),
        ("key_substring:b", S.key_substring("b")),
        ("status:<null>", AttributeAssetSelection("status", None)),
    ],
)
def test_filters(string: str, tree: AssetSelection) -> None:
    assert S.from_string(string) == tree


@pytest.mark.parametrize(
    ("string", "tree"),
    [
        ("key:a or key:b and key:c", A | (B & C)),
        ("(key:a or key:b) and key:c", (A | B) & C),
        ("not key:a and key:b", (S.all() - A) & B),
        ("not not key:a", S.all() - (S.all() - A)),
        ("not +key:a", S.all() - A.upstream()),
        ("+not_a", S.keys("not_a").upstream(1)),
        ("key:a AND NOT key:b OR key:c", (A & (S.all() - B)) | C),
        ('key:"a"and(key:b)or not(key:c)', (A & B) | (S.all() - C)),
        ("roots(key:a or key:b)+2", (A | B).roots().downstream(2)),
        ("1 + sinks ( * )", S.all().sinks().upstream(1)),
    ],
)
def test_not_binds_closer_than_and_and_and_closer_than_or(string: str, tree: AssetSelection) -> None:
    assert S.from_string(string) == tree


def test_a_plus_on_both_sides_is_the_union_of_both_directions() -> None:
    assert S.from_string("2+key:a+") == A.upstream(2) | A.downstream()
    assert S.from_string("2+(key:a+)") == A.downstream().upstream(2)


@pytest.mark.parametrize(
    ("string", "tree"),
    [
        ("a/b", S.keys("a/b")),
        (" a.b-[c]? ", S.keys("a.b-[c]?")),
        ("and", S.keys("and")),
        ("+a++", S.keys("a").upstream(1) | S.keys("a").downstream(2)),
        ("*a", S.keys("a").upstream()),
        ("*+a/b+*", S.keys("a/b").upstream() | S.keys("a/b").downstream()),
    ],
)
def test_a_bare_key_counts_its_plus_signs(string: str, tree: AssetSelection) -> None:
    assert S.from_string(string) == tree


def test_one_tag_alone_needs_no_quotes() -> None:
    assert S.from_string("tag:dagster/a-b=1.0") == S.tag("dagster/a-b", "1.0")
    assert refused("tag:a-b=c and key:a").position == 5


def test_external_assets_are_taken_in_where_asked() -> None:
    found = S.from_string("not (group:a or key_substring:b)", include_sources=True)
    inner = S.groups("a", include_sources=True) | S.key_substring("b", include_sources=True)
    assert found == S.all(include_sources=True) - inner


@pytest.mark.parametrize(
    ("string", "position", "hint"),
    [
        ("", 0, "Write `*`"),
        ("key:a key:b", 6, "Expected `and`, `or` or the end after `a`, found `key`"),
        ("owner:ann@b.c", 9, '`"ann@b.c"`'),
        ("a b", 0, 'key:"a"'),
        ("a@b", 0, 'key:"a@b"'),
        ("key:a and", 9, "found the end"),
        ("(key:a", 6, "Expected `)`"),
        ("key:a)", 5, "closes nothing"),
        ("()", 1, "found `)`"),
        ("grop:a", 0, "Close: 'group'"),
        ("group=a", 5, "colon"),
        ("sources(key:a)", 0, "`roots(…)`"),
        ("key:a & key:b", 6, "Write `and`"),
        ("key:'a'", 4, "double quotes"),
        ("key:and", 4, 'key:"and"'),
        ("kind:a*", 5, 'kind:"a*"'),
        ("key:", 4, "Expected a value after `key:`"),
        ("key:<null>", 4, "Expected a value"),
        ("tag:a==b", 6, "Expected a value after `tag=`"),
        ("*+", 1, "(*)+"),
        ("key:a++", 6, "second `+`"),
        ("++key:a", 1, "second `+`"),
        ("2 key:a", 2, "Expected `+` after `2`"),
        ("key:a+" + "9" * 5000, 6, "18 digits"),
        ("key:ä", 4, 'value may hold any character: `"ä"`'),
    ],
)
def test_a_refusal_points_at_the_character_and_says_what_to_write(string: str, position: int, hint: str) -> None:
    error = refused(string)
    assert (error.string, error.position) == (string, position)
    assert hint in error.problem


def test_a_refusal_shows_the_line_with_a_caret() -> None:
    lines = str(refused("key:a\n\tand kye:b\nor key:c")).splitlines()
    assert lines[1:] == ["    \tand kye:b", "    \t    ^"]


@pytest.mark.parametrize("string", ["(" * 5000 + "key:a", "not " * 5000 + "key:a", "roots(" * 5000])
def test_deep_nesting_is_refused_before_the_stack_ends(string: str) -> None:
    assert str(DEEPEST_NESTING) in refused(string).problem


@pytest.mark.parametrize(
    ("selection", "string"),
    [
        (S.keys("a", "b/c").upstream(), '+(key:"a" or key:"b/c")'),
        (S.keys(), "not *"),
        (S.groups("x", "y") & C, '(group:"x" or group:"y") and key:"c"'),
        (A - B - C, '(key:"a" and not key:"b") and not key:"c"'),
        (A - (S.all() - B), 'key:"a" and not not key:"b"'),
        (S.all() - (A | B), 'not (key:"a" or key:"b")'),
        (A.upstream().downstream(), '(+key:"a")+'),
        (A.upstream(2, include_self=False) | B, '(2+key:"a" and not key:"a") or key:"b"'),
        (S.all().downstream(-1), "(*)+0"),
        (S.tag("k", ""), 'tag:"k"'),
        (S.kind('a"\\'), r'kind:"a\"\\"'),
    ],
)
def test_selections_print_themselves(selection: AssetSelection, string: str) -> None:
    assert str(selection) == selection.to_selection_str() == string


@pytest.mark.parametrize("selection", [S.key_prefixes("a"), S.all_asset_checks(), A | S.all().materializable()])
def test_what_strings_cannot_say_prints_as_a_tree(selection: AssetSelection) -> None:
    with pytest.raises(NotImplementedError, match="does not support conversion to a string"):
        selection.to_selection_str()
    assert str(selection) == repr(selection)


@given(sayable)
def test_what_is_printed_is_read_back(tree: AssetSelection) -> None:
    assert S.from_string(tree.to_selection_str()) == tree


GRAMMAR = ["key:a", "(", ")", "+", "2", " and ", " or ", "not ", "*", "roots(", "tag:", "=", ":", '"', "<null>", "\\", "ä"]


@given(st.text() | st.lists(st.sampled_from(GRAMMAR), max_size=12).map("".join))
def test_any_text_is_a_selection_or_refused_at_one_of_its_characters(text: str) -> None:
    try:
        printed = str(S.from_string(text))
    except DagsterInvalidAssetSelectionError as error:
        is_pointed_at = error.string == text and 0 <= error.position <= len(text)
    else:
        is_pointed_at = str(S.from_string(printed)) == printed
    assert is_pointed_at
