"""HTML in documents: its tables and lists are read like those of Markdown, and anything at all does no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.reading import prose, read, stated, told


def test_a_table_states_what_its_cells_do_each_on_its_own_line() -> None:
    model = read(
        "## Deployments",
        "",
        "<table>",
        "  <tr><th>Name</th><th>Image</th><th>Replicas</th></tr>",
        "  <tr>",
        '    <td class="x"><b>web-app</b></td>',
        "    <td><code>shop/web:1.2</code></td>",
        "    <td>2<br/></td>",
        "  </tr>",
        "</table>",
    )

    assert [fact for fact in stated(model) if fact[3] != "name"] == [
        (7, "Deployment", "web-app", "image", "shop/web:1.2"),
        (8, "Deployment", "web-app", "replicas", "2"),
    ]
    assert [s.column for s in model.statements if s.line == 7] == [5]
    assert told(model) == []


def test_a_cell_reaches_over_rows_and_heads_may_stand_at_the_side() -> None:
    rows = ("<table><tr><th>Service</th><th>Port</th></tr>", "<tr><td rowspan=2>web-svc</td><td>80</td></tr>",
            "<tr><td>443</td></tr><tr><td>api-svc</td><td>8000</td></tr></table>")  # fmt: skip
    assert [fact[2:] for fact in stated(read("## Services", "", *rows)) if fact[3] == "port"] == [
        ("web-svc", "port", "80"),
        ("web-svc", "port", "443"),
        ("api-svc", "port", "8000"),
    ]
    side = ("<table><tr><th>Image</th><td>shop/web:1</td></tr>", "<tr><th>Replicas</th><td>3</td></tr></table>")
    assert [fact[3:] for fact in stated(read("## Deployment: web-app", "", *side)) if fact[0] > 1] == [
        ("image", "shop/web:1"),
        ("replicas", "3"),
    ]


def test_a_table_with_a_blank_line_in_it_is_one() -> None:
    rows = (
        "<table>",
        "<tr><th>Service</th><th>Port</th></tr>",
        "",
        "<tr><td>web-svc</td><td>80</td></tr>",
        "</table>",
    )
    assert (6, "Service", "web-svc", "port", "80") in stated(read("## Services", "", *rows))


def test_lists_are_lists_and_keys_of_secrets_stay_hidden() -> None:
    model = read(
        "## Secret: shop-auth", "", "<ul>", "<li>jwt_secret</li>", "<li><code>dsn</code>: hunter2</li>", "</ul>"
    )

    assert [fact[3:] for fact in stated(model) if fact[0] > 1] == [("data.jwt_secret", ""), ("data.dsn", "")]
    assert "hunter2" not in repr(model)


@pytest.mark.parametrize(
    "lines",
    [
        ("<!-- <table><tr><th>Service</th><th>Port</th></tr><tr><td>web-svc</td><td>80</td></tr></table> -->",),
        ("<pre><table><tr><td>web-svc</td></tr></table>", "- Port: 80", "</pre>"),
        ("<table><tr><th>Team</th><th>Town</th></tr><tr><td>us</td><td>Oslo</td></tr></table>",),
        ('<p align="center"><img src="logo.png"></p>',),
        ("<del><ul><li>Port: 80</li></ul></del>",),
    ],
)
def test_other_html_states_nothing(lines: tuple[str, ...]) -> None:
    model = read("## Setup", "", *lines)

    assert model.statements == ()
    assert set(prose(model)) == {1, *range(3, 3 + len(lines))}


def test_the_name_in_a_row_is_no_line_of_which_nothing_is_read() -> None:
    rows = (
        "<table><tr><th>Name</th><th>Replicas</th></tr>",
        "<tr>",
        "<td>web-app</td>",
        "<td>2</td>",
        "</tr></table>",
    )
    model = read("## Deployments", "", *rows, "", "## More", "", *rows)

    assert [(fact[0], fact[3]) for fact in stated(model)] == [(4, "name"), (6, "replicas"), (14, "replicas")]
    assert {line.line: line.mentions for line in model.prose if line.line == 13} == {13: ()}


@pytest.mark.parametrize("tag", ["s", "del", "pre", "strike"])
def test_what_is_struck_out_and_never_closed_ends_with_its_cell(tag: str) -> None:
    head = "<table><tr><th>Name</th><th>Replicas</th><th>Image</th></tr>"
    model = read("## Deployments", "", head, f"<tr><td>web-app</td><td><{tag}>2</td><td>web:1</td></tr></table>")
    assert [fact[2:] for fact in stated(model)] == [("web-app", "name", "web-app"), ("web-app", "image", "web:1")]

    closed = f"<tr><td>web-app</td><td><{tag}>2</td><td>web:1</{tag}></td></tr></table>"
    read_too = ["replicas", "image"] if tag == "pre" else []  # a listing in a cell is its value
    assert [fact[3] for fact in stated(read("## Deployments", "", head, closed))] == ["name", *read_too]


def test_a_listing_in_a_cell_is_its_value() -> None:
    model = read(
        "## Values", "", "<table>", "<thead>", "<th>Key</th>", "<th>Type</th>", "<th>Default</th>", "</thead>",
        "<tr>", "<td>image.tag</td>", "<td>string</td>", '<td><pre lang="json">', '"1.2"', "</pre>", "</td>", "</tr>",
        "<tr>", "<td>web.labels</td>", "<td>object</td>", '<td><pre lang="json">', "{}", "</pre>", "</td>", "</tr>",
        "</table>", "", "<pre>", "replicaCount: 3", "</pre>",
    )  # fmt: skip

    assert [(fact[0], *fact[3:]) for fact in stated(model)] == [(9, "image.tag", "1.2"), (17, "web.labels", "{}")]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<!-- a note", "-->"),
        ("<pre>", "</pre>"),
        ("<pre><ul><li>a", "</pre>"),
        ("<?x", "?>"),
        ("<STYLE>", "</style>"),
    ],
)
def test_what_hides_the_rest_of_the_document_is_told(opening: str, closing: str) -> None:
    below = ("## Services (Future)", "", opening, "", "## Service: web", "- Port: 80")
    hint = f"it is not closed, and hides all lines down to line 6; close it with '{closing}'"
    assert told(read(*below)) == [(3, hint)]

    model = read(*below[:3], closing, "", *below[4:])
    assert told(model) == []
    assert [fact[2:] for fact in stated(model) if fact[0] == 7] == [("web", "port", "80")]


_PIECES = (
    "<table>",
    "</table>",
    "<tr>",
    "<td rowspan=3>",
    "<td colspan=9>",
    "</td>",
    "<li>",
    "</ul>",
    "<th>Name",
    "x-y",
    "<p>",
    "</p>",
    "\n",
    "\n\n",
    "<h2>",
    "Service",
    "<!--",
    "-->",
    "<code>",
    "&amp;",
    "<br>",
    "<s>",
    "    ",
    "80",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_any_html_is_read_without_harm(pieces: list[str]) -> None:
    model = read("## Services", "", "<div>" + "".join(pieces))

    assert all(1 <= s.line <= len("".join(pieces)) + 3 for s in model.statements)
