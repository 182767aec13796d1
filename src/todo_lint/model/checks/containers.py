"""Images, ports, budgets, commands and mounts of the documented workloads' containers."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import at, items_at, mapping_at, text_at
from todo_lint.model.checks.common import Field, Inside, absent, check_field, container_of
from todo_lint.model.deciding import Found, Spot, decide, spots
from todo_lint.model.equality import same_quantity, same_words
from todo_lint.model.evidence import Evidence, field, not_checkable, show
from todo_lint.model.images import filled_pull_policy, same_image, same_repository, tag
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Modality, Prefix, Statement


def image(statement: Statement, evidence: Evidence) -> Outcome:
    """The container's image; a tag that the document leaves out may be any."""
    wanted = Field(("image",), "runs the image {}", "runs no image", None, _same_image)
    if statement.modality is Modality.PLACEHOLDER:
        wanted = Field(("image",), "runs the image {}", "runs no image", "")
    return check_field(statement, evidence, container_of(statement, evidence), wanted)


def _same_image(stated: str, found: Json) -> bool:
    return isinstance(found, str) and same_image(stated, found)


def image_repository(statement: Statement, evidence: Evidence) -> Outcome:
    """The image's repository, whatever its tag."""
    wanted = Field(("image",), "runs the image {}", "runs no image", None, _same_repository)
    return check_field(statement, evidence, container_of(statement, evidence), wanted)


def _same_repository(stated: str, found: Json) -> bool:
    return isinstance(found, str) and same_repository(stated, found)


def image_tag(statement: Statement, evidence: Evidence) -> Outcome:
    """The image's tag, ``latest`` where none is written."""
    wanted = Field(("image",), "runs the image {}", "runs no image", None, _same_tag)
    return check_field(statement, evidence, container_of(statement, evidence), wanted)


def _same_tag(stated: str, found: Json) -> bool:
    return isinstance(found, str) and tag(found) == stated.removeprefix(":")


def pull_policy(statement: Statement, evidence: Evidence) -> Outcome:
    """``imagePullPolicy``, or what Kubernetes fills in."""
    inside = container_of(statement, evidence)
    used = text_at(inside.value, ("image",)) if inside else ""
    default = filled_pull_policy(used or "")
    wanted = Field(("imagePullPolicy",), "has the imagePullPolicy {}", "sets no imagePullPolicy", default)
    return check_field(statement, evidence, inside, wanted)


def container_port(statement: Statement, evidence: Evidence) -> Outcome:
    """A port of the container; of any container of the pod where the container itself has no such port."""
    inside = container_of(statement, evidence)
    return port_of(statement, evidence, inside) if inside else absent(statement, evidence)


def port_of(statement: Statement, evidence: Evidence, inside: Inside) -> Outcome:
    """Whether a container declares the stated port, by its number or name."""
    container = mapping_at(inside.value)
    declared = spots(
        (at(port, (key,)), field(inside.resource, *inside.route, "ports", number, key))
        for number, port in enumerate(items_at(container, ("ports",)))
        for key in (("name",) if statement.value and not statement.value[0].isdigit() else ("containerPort",))
    )
    who = f"container {text_at(container, ('name',)) or inside.route[-1]} of {inside.name}"
    place = field(inside.resource, *inside.route, "ports")
    found = Found(declared, f"{who} listens on port {{}}", f"{who} declares no port", place)
    return decide(statement, found, evidence=evidence)


def budget(statement: Statement, evidence: Evidence) -> Outcome:
    """A resource request or limit of the container, compared as a quantity: 0.5 is 500m, 1Gi is 1024Mi.

    A request that is left out is the limit, where there is one (v1 ResourceRequirements).
    """
    inside = container_of(statement, evidence)
    steps = tuple(statement.attribute.split("."))
    what = f"{steps[2]} {steps[1].removesuffix('s')}"
    limit = at(inside.value, ("resources", "limits", steps[2])) if inside and steps[1] == "requests" else None
    wanted = Field(steps, f"sets the {what} to {{}}", f"sets no {what}", limit, same_quantity)
    return check_field(statement, evidence, inside, wanted)


def command(statement: Statement, evidence: Evidence) -> Outcome:
    """``command`` with ``args``, ``command`` alone or ``args`` alone, compared word by word.

    Where none is set, an image runs its own (v1 Container): what is stated in words, not as the field, may be that.
    """
    inside = container_of(statement, evidence)
    if inside is None:
        return absent(statement, evidence)
    parts = [items_at(inside.value, (key,)) for key in ("command", "args")]
    written = [(parts[0] + parts[1], "command"), (parts[0], "command"), (parts[1], "args")]
    found = Found(
        tuple(Spot(line, field(inside.resource, *inside.route, key)) for line, key in written if line),
        f"{inside.name} runs {{}}", f"{inside.name} sets no command", field(inside.resource, *inside.route),
    )  # fmt: skip
    if not found.spots and not statement.value.startswith("["):
        return not_checkable(statement, f"{inside.name} sets no command, so its image's own runs")
    return decide(statement, found, same_words, evidence)


def mount(statement: Statement, evidence: Evidence) -> Outcome:
    """A volume is mounted at the stated path: the named one, or any where no name is stated."""
    inside = container_of(statement, evidence)
    if inside is None:
        return absent(statement, evidence)
    name = statement.attribute.removeprefix(Prefix.MOUNT)
    found = [
        Spot(at(entry, ("mountPath",)), field(inside.resource, *inside.route, "volumeMounts", number, "mountPath"))
        for number, entry in enumerate(items_at(inside.value, ("volumeMounts",)))
        if not name or text_at(entry, ("name",)) == name
    ]
    what = f"the volume {name}" if name else "a volume"
    place = field(inside.resource, *inside.route, "volumeMounts")
    says = f"{inside.name} mounts {what} at {{}}"
    return decide(statement, Found(tuple(found), says, f"{inside.name} does not mount {what}", place), _same_path)


def _same_path(stated: str, found: Json) -> bool:
    return stated.rstrip("/") == show(found).rstrip("/")


def ports_of(inside: Inside) -> Iterator[tuple[str, Json]]:
    """The named ports of a container, with their numbers."""
    for port in items_at(inside.value, ("ports",)):
        yield text_at(port, ("name",)) or "", at(port, ("containerPort",))
