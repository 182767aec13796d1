"""What the image of a workload is built on, stated among what is said of the workload."""

from __future__ import annotations

from tests.model.reading import read, stated, told

HEAD = ("### Backend Container Configuration",)


def test_a_base_image_is_of_the_image_that_is_named_above() -> None:
    model = read(*HEAD, "- **Image Name**: shop-api:1.0", "- **Base Image**: python:3.13-slim", "- **Ports**: 8000")

    assert stated(model) == [
        (2, "Deployment", "backend", "image", "shop-api:1.0"),
        (3, "Image", "shop-api", "base", "python:3.13-slim"),
        (4, "Deployment", "backend", "containerPort", "8000"),
    ]


def test_a_base_image_is_told_where_no_image_is_named_or_two_are() -> None:
    lines = ("- Base Image: python:3.13-slim",)

    assert [line for line, _ in told(read(*HEAD, *lines, "- Image: shop-api"))] == [2]
    assert [line for line, _ in told(read(*HEAD, "- Image: shop-api", "- Image: shop-api-next", *lines))] == [4]


def test_the_base_of_an_image_that_is_described_is_its_own() -> None:
    model = read("### Images", "- **shop-api**", "  - Base Image: python:3.13-slim", *HEAD, "- Image: shop-api")

    assert [fact for fact in stated(model) if fact[3] == "base"] == [
        (3, "Image", "shop-api", "base", "python:3.13-slim")
    ]
