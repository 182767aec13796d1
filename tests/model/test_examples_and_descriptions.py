"""What a caption, a comment or a description says of all below it: one of many, one environment, later."""

from __future__ import annotations

from tests.model.reading import read, stated


def modalities(*lines: str) -> set[str]:
    return {s.modality.value for s in read(*lines).statements if s.understood}


CHART = ("```yaml", "dependencies:", "  - {name: db, version: 1.0.0}", "```")


def test_a_caption_can_say_that_a_block_is_one_of_many() -> None:
    assert modalities("## Chart", "Others can be included (e.g., a database):", "", *CHART) == {"example"}
    assert modalities("## Chart", "These are included:", "", *CHART) == {"required"}


def test_a_comment_at_the_top_can_bind_values_to_an_environment() -> None:
    block = ("web: {replicas: 3}", "```")
    (bound,) = read("## Values", "```yaml", "# Defaults for production", *block).statements
    (free,) = read("## Values", "```yaml", "# Defaults for all", *block).statements
    assert (bound.environment, free.environment) == ("production", "")


def test_a_checksum_is_whatever_the_chart_reckons() -> None:
    block = ("spec: {template: {metadata: {annotations: {checksum/config: sha256, team: shop}}}}", "```")
    found = read("```yaml", "kind: Deployment", "metadata: {name: web}", *block).statements[1:]
    assert [s.modality.value for s in found] == ["example", "required"]


def test_a_description_can_put_off_what_is_described() -> None:
    lines = ("- `name`: Ingress name (shop-ingress)",)
    assert modalities("## Ingress", "**Description**: routes traffic (optional, out of scope)", *lines) == {
        "optional"
    }
    assert modalities("## Ingress", "**Description**: routes optional traffic", *lines) == {"required"}
    assert stated(read("## Ingress", "**Description**: routes traffic (optional)", *lines))
