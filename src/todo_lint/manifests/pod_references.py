"""What pods refer to: ConfigMaps, Secrets and their keys, claims, service accounts.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pod_templates import PodTemplate
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.resources import at, items_at, mapping_at, text_at

_ENV = (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret"))
_ENV_FROM = (("configMapRef", "ConfigMap"), ("secretRef", "Secret"))


def pod_references(pods: PodTemplate, namespace: str) -> Iterator[Reference]:
    """All references of a workload's pods."""
    finder = _Finder(pods, namespace)
    for route, container in pods.containers():
        yield from finder.env(route, container)
        yield from finder.env_from(route, container)
    yield from finder.volumes()
    yield from finder.sub_paths()
    yield from finder.others()


class _Finder:
    """Finds the references of one pod template; all are to its own namespace."""

    def __init__(self, pods: PodTemplate, namespace: str) -> None:
        self._pods = pods
        self._namespace = namespace
        self._spec: Route = (*pods.route, "spec")

    def _reference(
        self,
        route: Route,
        use: Use,
        kind: str,
        value: Json,
        *,
        name: str = "name",
        key: Route = (),
        optional: bool = False,
    ) -> Iterator[Reference]:
        """The reference at ``route``, if a name stands there; ``key`` leads from there to the key's name."""
        found = text_at(value, (name,))
        if not found:
            return
        optional = optional or at(value, ("optional",)) is True
        of_key = text_at(value, key) if key else None
        key_route = (*route, *key) if of_key else ()
        yield Reference(
            self._pods.resource,
            (*route, name),
            use,
            kind,
            found,
            self._namespace,
            of_key,
            key_route,
            optional,
        )

    def env(self, route: Route, container: Mapping[str, Json]) -> Iterator[Reference]:
        """Keys that become variables."""
        for number, variable in enumerate(items_at(dict(container), ("env",))):
            for field, kind in _ENV:
                value = at(variable, ("valueFrom", field))
                place: Route = (*route, "env", number, "valueFrom", field)
                yield from self._reference(place, Use.ENV, kind, value, key=("key",))

    def env_from(self, route: Route, container: Mapping[str, Json]) -> Iterator[Reference]:
        """Whole ConfigMaps and Secrets that become variables."""
        for number, entry in enumerate(items_at(dict(container), ("envFrom",))):
            for field, kind in _ENV_FROM:
                value = at(entry, (field,))
                yield from self._reference((*route, "envFrom", number, field), Use.ENV_FROM, kind, value)

    def volumes(self) -> Iterator[Reference]:
        """ConfigMaps, Secrets and claims that become files."""
        whole = self._mounted_whole()
        for number, volume in enumerate(items_at(self._pods.spec, ("volumes",))):
            route: Route = (*self._spec, "volumes", number)
            use = Use.VOLUME if text_at(volume, ("name",)) in whole else Use.PARTIAL_VOLUME
            yield from self._files((*route, "configMap"), use, "ConfigMap", at(volume, ("configMap",)), "name")
            yield from self._files((*route, "secret"), use, "Secret", at(volume, ("secret",)), "secretName")
            claim = at(volume, ("persistentVolumeClaim",))
            place: Route = (*route, "persistentVolumeClaim")
            yield from self._reference(place, Use.CLAIM, "PersistentVolumeClaim", claim, name="claimName")
            for position, source in enumerate(items_at(volume, ("projected", "sources"))):
                place = (*route, "projected", "sources", position)
                yield from self._files((*place, "configMap"), use, "ConfigMap", at(source, ("configMap",)), "name")
                yield from self._files((*place, "secret"), use, "Secret", at(source, ("secret",)), "name")

    def _mounted_whole(self) -> set[str | None]:
        """The names of the volumes that some container mounts as a folder."""
        return {
            text_at(mount, ("name",))
            for _, container in self._pods.containers()
            for mount in items_at(container, ("volumeMounts",))
            if not at(mount, ("subPath",))
        }

    def _files(self, route: Route, use: Use, kind: str, value: Json, name: str) -> Iterator[Reference]:
        """A volume's source: the whole resource, or the keys that it lists."""
        items = items_at(value, ("items",))
        if not items:
            yield from self._reference(route, use, kind, value, name=name)
        for number in range(len(items)):
            yield from self._reference(route, use, kind, value, name=name, key=("items", number, "key"))

    def sub_paths(self) -> Iterator[Reference]:
        """Single files that are mounted out of a ConfigMap or Secret: the key is the sub path."""
        volumes = {text_at(volume, ("name",)): volume for volume in items_at(self._pods.spec, ("volumes",))}
        for route, container in self._pods.containers():
            for number, mount in enumerate(items_at(container, ("volumeMounts",))):
                volume = volumes.get(text_at(mount, ("name",)))
                path = text_at(mount, ("subPath",))
                if path and volume is not None:
                    yield from self._sub_path((*route, "volumeMounts", number), path.strip("/"), volume)

    def _sub_path(self, route: Route, path: str, volume: Json) -> Iterator[Reference]:
        for field, kind, name in (("configMap", "ConfigMap", "name"), ("secret", "Secret", "secretName")):
            source = mapping_at(volume, (field,))
            found = text_at(source, (name,))
            if not found or "items" in source or "/" in path:
                continue
            place: Route = (*route, "subPath")
            optional = source.get("optional") is True
            yield Reference(
                self._pods.resource, place, Use.SUB_PATH, kind, found, self._namespace, path, place, optional
            )

    def others(self) -> Iterator[Reference]:
        """The service account, and the Secrets with which images are pulled."""
        spec = self._pods.spec
        field = "serviceAccountName" if spec.get("serviceAccountName") else "serviceAccount"
        yield from self._reference(self._spec, Use.SERVICE_ACCOUNT, "ServiceAccount", spec, name=field)
        for number, entry in enumerate(items_at(spec, ("imagePullSecrets",))):
            route: Route = (*self._spec, "imagePullSecrets", number)
            yield from self._reference(route, Use.IMAGE_PULL, "Secret", entry)
