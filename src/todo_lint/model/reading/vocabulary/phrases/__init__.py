"""Stated values become facts: ``80 (external), 3000 (target)`` is a port and a target port.

Every parser takes the text of a value and returns pairs of attribute and value, or an empty tuple when it does not
understand the text. None of them guesses: what is not matched whole is not understood.
"""

from __future__ import annotations

from todo_lint.model.reading.vocabulary.phrases.amounts import (
    access_mode,
    amount,
    both_amounts,
    limits,
    quantity,
    requests,
    resources,
    utilisation,
)
from todo_lint.model.reading.vocabulary.phrases.basics import (
    TEMPLATED,
    Facts,
    Phrase,
    chosen,
    dns_name,
    free,
    name,
    seconds,
    single,
    truth,
)
from todo_lint.model.reading.vocabulary.phrases.capabilities import capabilities, listed_capabilities
from todo_lint.model.reading.vocabulary.phrases.commands import RUN, command, runs
from todo_lint.model.reading.vocabulary.phrases.environment import (
    env_sources,
    environment,
    keys,
    variables,
    variables_from,
)
from todo_lint.model.reading.vocabulary.phrases.images import base, image, image_name
from todo_lint.model.reading.vocabulary.phrases.labels import labels, pairs, selector
from todo_lint.model.reading.vocabulary.phrases.ports import (
    address,
    backend,
    cluster_ip,
    container_port,
    headless,
    is_headless,
    node_address,
    node_port,
    ports_of_container,
    service_ports,
    service_type,
    target_port,
)
from todo_lint.model.reading.vocabulary.phrases.probes import probe, some_probe
from todo_lint.model.reading.vocabulary.phrases.rollouts import (
    ROLLING,
    least_and_most,
    replica_range,
    replicas,
    strategy,
)

__all__ = [
    "ROLLING",
    "RUN",
    "TEMPLATED",
    "Facts",
    "Phrase",
    "access_mode",
    "address",
    "amount",
    "backend",
    "base",
    "both_amounts",
    "capabilities",
    "chosen",
    "cluster_ip",
    "command",
    "container_port",
    "dns_name",
    "env_sources",
    "environment",
    "free",
    "headless",
    "image",
    "image_name",
    "is_headless",
    "keys",
    "labels",
    "least_and_most",
    "limits",
    "listed_capabilities",
    "name",
    "node_address",
    "node_port",
    "pairs",
    "ports_of_container",
    "probe",
    "quantity",
    "replica_range",
    "replicas",
    "requests",
    "resources",
    "runs",
    "seconds",
    "selector",
    "service_ports",
    "service_type",
    "single",
    "some_probe",
    "strategy",
    "target_port",
    "truth",
    "utilisation",
    "variables",
    "variables_from",
]  # fmt: skip
