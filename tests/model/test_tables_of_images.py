"""Tables that say where images are."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

HEAD = ("| Image | Registry |", "|---|---|")


def test_a_row_has_the_repository_of_an_image() -> None:
    model = read(
        "## Docker images", "", *HEAD, "| API | `ghcr.io/shop/api` |", "| Web | `ghcr.io/shop/web:1.0` (nginx) |"
    )

    assert stated(model) == [
        (5, "Image", "ghcr.io/shop/api", "name", "ghcr.io/shop/api"),
        (6, "Image", "ghcr.io/shop/web:1.0", "name", "ghcr.io/shop/web:1.0"),
    ]
    assert told(model) == []


@pytest.mark.parametrize("cell", ["`ghcr.io`", "our own", "https://ghcr.io/shop/api", "shop/api"])
def test_where_a_registry_alone_or_an_address_stands_no_image_is_stated(cell: str) -> None:
    assert stated(read("## Docker images", "", *HEAD, f"| API | {cell} |")) == []
