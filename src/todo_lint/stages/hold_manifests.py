"""Holds manifest files against a document that the user named; none is looked for, for there is no chart's name."""

from __future__ import annotations

from todo_lint.config import Config
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import ResourceSet
from todo_lint.model.discovery import load_data_model
from todo_lint.stages.conform import Comparison, Conformer, Surroundings
from todo_lint.stages.dockerfiles import dockerfiles_of
from todo_lint.stages.held import Held
from todo_lint.stages.profile_run import ProfileRun
from todo_lint.stages.request import Settings


def hold_manifests(settings: Settings, config: Config, run: ProfileRun) -> Held:
    """Hold the resources of manifest files against the document of the settings.

    Raises:
        UserError: when the document, or a Dockerfile of the configuration, cannot be read.
    """
    model = load_data_model(settings.data_model or "")

    def render(values: object) -> ResourceSet | None:
        return None

    no_values: dict[str, Json] = {}
    dockerfiles, remark = dockerfiles_of(model, config.dockerfiles, ())
    conformer = Conformer(model, Surroundings(settings.namespace, settings.namespace_given, None, dockerfiles))
    resources = run.resources
    conformance = conformer.compare(resources, no_values, {"": Comparison(resources, no_values)}, render)
    forbidden = config.undocumented_forbidden
    extra = tuple(conformer.undocumented({"": resources}, conformance, forbidden=forbidden))
    remarks = (remark,) if remark else ()
    left = conformer.unread(resources)
    return Held(conformance, remarks, model, "", resources, extra, (), conformer.outcomes, left)
