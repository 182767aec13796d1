"""Stated values become facts: ``80 (external), 3000 (target)`` is a port and a target port.

Every parser takes the text of a value and returns pairs of attribute and value, or an empty tuple when it does not
understand the text. None of them guesses: what is not matched whole is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from todo_lint.model.reading.firmness import has_placeholder, placeholders_out
from todo_lint.model.reading.sources import source_of
from todo_lint.model.reading.text import last_remark, plain, with_arrows, without_remarks
from todo_lint.model.statements import Attribute, Prefix
from todo_lint.patterns import pattern

Facts = tuple[tuple[str, str], ...]
Phrase = Callable[[str], Facts]

_SERVICE_TYPES = ("ClusterIP", "NodePort", "LoadBalancer", "ExternalName")
_NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_QUANTITY = r"[0-9]+(?:\.[0-9]+)?\s?(?:[kMGTPE]i?B?|m)?"
_REFERENCE = r"[a-z0-9][\w./:@-]*"


def _bare(text: str) -> str:
    return plain(without_remarks(text))


def single(attribute: str, expression: str) -> Phrase:
    """A parser that takes a text which matches an expression as a whole as the value of ``attribute``."""
    compiled = pattern(expression)

    def parse(text: str) -> Facts:
        bare = _bare(text)
        return ((attribute, bare),) if compiled.fullmatch(bare) else ()

    return parse


def free(attribute: str) -> Phrase:
    """A parser that takes any text that is not empty as the value of ``attribute``."""

    def parse(text: str) -> Facts:
        value = plain(text)
        return ((attribute, value),) if value else ()

    return parse


def chosen(attribute: str, *known: str) -> Phrase:
    """A parser that takes one of several words, in any case, as Kubernetes writes it."""
    spelled = {word.lower(): word for word in known}

    def parse(text: str) -> Facts:
        value = spelled.get(_bare(text).lower().replace(" ", "").removesuffix("service"))
        return ((attribute, value),) if value else ()

    return parse


word = single  # a name for readers of the vocabulary: single(attribute, r"\S+")


def headless(text: str) -> Facts:
    """``headless``: a Service without an address of its own."""
    return ((Attribute.CLUSTER_IP, "None"),) if re.fullmatch(r"headless(?: service)?", _bare(text), re.I) else ()


def cluster_ip(text: str) -> Facts:
    """``None``, which makes a Service headless, or an address; here the word says something."""
    bare = _bare(text)
    if bare.lower() == "none" or headless(bare):
        return ((Attribute.CLUSTER_IP, "None"),)
    return ((Attribute.CLUSTER_IP, bare),) if re.fullmatch(r"\d+(?:\.\d+){3}", bare) else ()


def is_headless(text: str) -> Facts:
    """``yes`` behind the key *Headless*."""
    return ((Attribute.CLUSTER_IP, "None"),) if _bare(text).lower() in ("yes", "true") else ()


_one_type = chosen(Attribute.TYPE, *_SERVICE_TYPES)


def service_type(text: str) -> Facts:
    """``ClusterIP``, ``NodePort service``, ``ClusterIP (headless)``."""
    remark = last_remark(text)
    return (*_one_type(text), *(headless(remark[1]) if remark else ())) if _one_type(text) else ()


container_port = single(Attribute.CONTAINER_PORT, r"\d{1,5}")
target_port = single(Attribute.TARGET_PORT, r"\d{1,5}|[a-z][-a-z0-9]{0,14}")
node_port = single(Attribute.NODE_PORT, r"\d{1,5}")
_FILLED = r"\{\{.*?\}\}|\$?\{[^}]*\}|<[^>]*>|\[[a-z][\w -]*\]"
TEMPLATED = rf"(?:{_FILLED}|[a-z0-9])(?:[-a-z0-9.]|{_FILLED})*"
"""A name of a resource, in which parts may be placeholders."""
dns_name = TEMPLATED


def name(text: str) -> Facts:
    """The name of a resource; parts of it may be placeholders."""
    return single(Attribute.NAME, TEMPLATED)(text)


def replicas(text: str) -> Facts:
    """``1``, ``1 (configurable)``, ``2 replicas``, ``two pods``."""
    match = re.fullmatch(r"(\w+)(?: (?:replicas?|pods?|instances?))?(?:,? for [\w ]+)?", _bare(text).lower())
    value = _NUMBER_WORDS.get(match[1], match[1]) if match else ""
    return ((Attribute.REPLICAS, value),) if value.isdecimal() else ()


def ports_of_container(text: str) -> Facts:
    """``3000``, ``8000 (HTTP)``, ``3000/TCP``, ``8080, 9090``."""
    parts = [_bare(part) for part in re.split(r"\s*(?:,|\band\b)\s*", text)]
    matches = [
        re.fullmatch(r"(?:[A-Za-z][\w-]*[:\s]\s*)?(\d{1,5})(?:/(?:TCP|UDP))?(?: \w+)?", part, re.I) for part in parts
    ]
    return tuple((Attribute.CONTAINER_PORT, match[1]) for match in matches if match) if all(matches) else ()


_PORT = (
    r"(?:[A-Za-z][\w-]*:?\s+)?(\d{1,5}|[a-z][-a-z0-9]{0,14})(?:/(?:TCP|UDP))?\s*(?:\(\s*([A-Za-z][\w /.-]*?)\s*\)|"
    r"(target|container|node|service|external|internal))?"
)
_PORTS = pattern(rf"{_PORT}(?:\s*(,|/|:|->|\bto\b)\s*{_PORT})?(?:\s*(,|/|:|->|\bto\b)\s*{_PORT})?", re.IGNORECASE)


def service_ports(text: str) -> Facts:
    """``8000``; ``80 (external), 3000 (target)``; ``80 -> 3000``; ``80:3000``; ``80, 443``."""
    match = _PORTS.fullmatch(with_arrows(plain(text)).strip())
    if not match or not match[1].isdecimal():
        return ()
    found = [(match[1], (match[2] or match[3] or ""), "")]
    found += [(match[at + 1], match[at + 2] or match[at + 3] or "", match[at]) for at in (4, 8) if match[at]]
    facts = [(_port_attribute(remark, joint), number) for number, remark, joint in found]
    if not all(number.isdecimal() or attribute == Attribute.TARGET_PORT for attribute, number in facts):
        return ()
    plain_list = all(attribute == Attribute.PORT for attribute, _ in facts) and not any(r for _, r, _ in found)
    return tuple(facts) if plain_list or len({attribute for attribute, _ in facts}) == len(facts) else ()


def _port_attribute(remark: str, joint: str) -> Attribute:
    words = remark.lower().split()
    if any(word in ("target", "targetport", "container", "pod", "pods", "app", "application") for word in words):
        return Attribute.TARGET_PORT
    if any(word in ("node", "nodeport") for word in words):
        return Attribute.NODE_PORT
    inside = not words or words == ["internal"]
    return Attribute.TARGET_PORT if joint not in ("", ",") and inside else Attribute.PORT


def image(text: str) -> Facts:
    """An image reference: ``todo-frontend:latest``; where its tag is a placeholder, the repository alone."""
    bare = _bare(text)
    repository, colon, tag = bare.rpartition(":")
    if colon and has_placeholder(tag) and "/" not in tag and not has_placeholder(repository):
        return ((Attribute.IMAGE_REPOSITORY, repository),) if re.fullmatch(_REFERENCE, repository) else ()
    filled = placeholders_out(bare, "x")
    return ((Attribute.IMAGE, bare),) if re.fullmatch(_REFERENCE, filled) and not filled.isdecimal() else ()


def image_name(text: str) -> Facts:
    """The repository of an image, which is its name, and its tag where it has one: ``todo-backend:latest``."""
    bare = _bare(text)
    repository, colon, tag = bare.rpartition(":")
    tagged = colon and "/" not in tag and re.fullmatch(r"\w[\w.-]*", tag)
    if not tagged or not re.fullmatch(_REFERENCE, repository):
        return name(text) or (((Attribute.NAME, repository),) if colon and has_placeholder(tag) else ())
    return ((Attribute.NAME, repository), (Attribute.IMAGE_TAG, tag))


_BASE_WORDS = pattern(r"[A-Za-z][\w.+#/-]*(?: [\w.+#/-]+){0,4}")
_VERSIONED = pattern(r"\d|\b(?:lts|latest|alpine|slim|distroless|scratch|stable|bookworm|bullseye)\b", re.IGNORECASE)


def base(text: str) -> Facts:
    """``node:20-alpine``, ``Node.js LTS``, ``Python 3.11 (slim)``: what an image is built on.

    Of a description, ``Base Docker image (node:20-alpine)``, the reference behind it.
    """
    bare = re.sub(r" AS \w+$", "", _bare(text), flags=re.IGNORECASE)
    named = _BASE_WORDS.fullmatch(bare) is not None and (" " not in bare or _VERSIONED.search(bare) is not None)
    if named or _is_tagged(bare):
        return ((Attribute.BASE, bare),)
    remark = last_remark(text)
    inside = plain(remark[1]) if remark else ""
    return ((Attribute.BASE, inside),) if _is_tagged(inside) else ()


def _is_tagged(text: str) -> bool:
    """Whether a text is a reference to an image with a tag."""
    return re.fullmatch(rf"{_REFERENCE}:[\w][\w.-]*", text) is not None


def pairs(text: str) -> dict[str, str] | None:
    """``app=web, tier=front``, ``app: web``, ``{app: web}``: keys and values; None for any other text."""
    inner = plain(text).removeprefix("{").removesuffix("}")
    found = [
        re.fullmatch(r"\s*([\w./-]+)\s*[=:]\s*[\"']?([\w.-]+|\S*[{<]\S.*[>}]\S*)[\"']?\s*", part)
        for part in re.split(r"[,;]|\n", inner)
    ]
    return {match[1]: match[2] for match in found if match} if all(found) else None


def selector(text: str) -> Facts:
    """``app=todo-frontend``, ``app: todo-frontend``, several with commas; the value is ``key=value,...``."""
    found = pairs(without_remarks(text))
    return ((Attribute.SELECTOR, ",".join(f"{key}={value}" for key, value in found.items())),) if found else ()


def labels(prefix: Prefix) -> Phrase:
    """A parser of labels or annotations, one attribute each."""

    def parse(text: str) -> Facts:
        return tuple((prefix + key, value) for key, value in (pairs(without_remarks(text)) or {}).items())

    return parse


def requests(text: str) -> Facts:
    """``256Mi memory, 0.2 CPU``: resource requests."""
    return _resources(text, Attribute.REQUESTS_CPU, Attribute.REQUESTS_MEMORY)


def limits(text: str) -> Facts:
    """``512Mi memory, 0.5 CPU``: resource limits."""
    return _resources(text, Attribute.LIMITS_CPU, Attribute.LIMITS_MEMORY)


def resources(text: str) -> Facts:
    """``requests: 100m CPU, 128Mi memory; limits: 200m CPU, 256Mi memory``: both, each named.

    ``200m/256Mi .. 500m/512Mi`` goes from requests to limits.
    """
    ends = [part for part in _FROM_TO.split(plain(text)) if part]
    if len(ends) == 2 and len(both := (*requests(ends[0]), *limits(ends[1]))) == 4:
        return both
    bare = plain(text).removeprefix("{").removesuffix("}")
    found = re.split(r"[,;]?\s*\b(requests?|limits?)\b\s*[:=]?\s*", bare, flags=re.IGNORECASE)
    facts: list[tuple[str, str]] = []
    for which, part in zip(found[1::2], found[2::2], strict=False):
        read = (requests if which.lower().startswith("request") else limits)(part)
        if not read:
            return ()
        facts += read
    return tuple(facts) if len(found) > 1 and not found[0].strip() else ()


_FROM_TO = pattern(r"\s*(?:\.\.\.?|\u2026|->|\u2192|\u2013|\bto\b)\s*")
_RESOURCE = pattern(
    rf"(?:(?P<before>[A-Za-z]+)\s*[:=]?\s+|(?P<key>[A-Za-z]+)[:=])?[\"']?(?P<quantity>{_QUANTITY})[\"']?(?:\s*(?P<after>[A-Za-z]{{2,}}))?"
)


def _resources(text: str, cpu: Attribute, memory: Attribute) -> Facts:
    facts: list[tuple[str, str]] = []
    bare = plain(without_remarks(text)).removeprefix("{").removesuffix("}")
    for part in re.split(r"\s*(?:,|/|;|\+|\||\band\b|\n)\s*", bare):
        match = _RESOURCE.fullmatch(part.strip())
        said = match and (match["before"] or match["key"] or match["after"])
        attribute = _resource(said, match["quantity"], cpu, memory) if match else None
        if match is None or attribute is None:
            return ()
        facts.append((attribute, quantity(match["quantity"])))
    return tuple(facts) if len({attribute for attribute, _ in facts}) == len(facts) else ()


def quantity(text: str) -> str:
    """A quantity as Kubernetes writes it: ``256 Mi`` and ``256MiB`` are ``256Mi``."""
    return text.replace(" ", "").removesuffix("B")


def _resource(word: str | None, amount: str, cpu: Attribute, memory: Attribute) -> Attribute | None:
    """Which resource is meant: the word says so, else a unit that only one of them has."""
    if word:
        return {"cpu": cpu, "cpus": cpu, "core": cpu, "cores": cpu, "vcpu": cpu, "memory": memory, "ram": memory,
                "mem": memory}.get(word.lower())  # fmt: skip
    if amount.endswith("m"):
        return cpu
    return memory if amount.endswith(("i", "iB")) else None


def amount(attribute: str) -> Phrase:
    """A parser of a single quantity, such as ``500m``, ``0.5 CPU`` or ``1Gi``."""

    def parse(text: str) -> Facts:
        match = re.fullmatch(rf"({_QUANTITY})(?:\s+(?:cpus?|cores?|memory|ram|storage))?", _bare(text), re.IGNORECASE)
        return ((attribute, quantity(match[1])),) if match else ()

    return parse


def both_amounts(request: Attribute, limit: Attribute) -> Phrase:
    """``100m requested / 500m limit``, ``requests: 100m, limits: 500m``: of one resource, each named."""

    def parse(text: str) -> Facts:
        facts: list[tuple[str, str]] = []
        for part in re.split(r"\s*(?:,|;|/|\band\b|\n)\s*", re.sub(r"[()]", " ", plain(text))):
            match = _ONE_AMOUNT.fullmatch(part.strip())
            which = (match["before"] or match["after"] or "").lower() if match else ""
            if match is None or not which:
                return ()
            facts.append((request if which.startswith("request") else limit, quantity(match["quantity"])))
        return tuple(facts) if len({attribute for attribute, _ in facts}) == len(facts) else ()

    return parse


_ONE_AMOUNT = pattern(
    rf"(?:(?P<before>requests?|limits?)\s*[:=]?\s*)?(?P<quantity>{_QUANTITY})"
    r"(?:\s+(?P<after>request(?:s|ed)?|limits?))?",
    re.IGNORECASE,
)

_SOURCE = {"configmap": "ConfigMap", "configmaps": "ConfigMap", "secret": "Secret", "secrets": "Secret"}
_FILLER = {
    "from",
    "and",
    "the",
    "a",
    "injected",
    "via",
    "envfrom",
    "taken",
    "loaded",
    "values",
    "kubernetes",
    "all",
    "using",
}


def env_sources(text: str) -> Facts:
    """``From ConfigMap and Secrets``; the value names the kinds, ``ConfigMap,Secret``, with names where they are."""
    words = re.findall(r"[\w.-]+", plain(text).replace("Config Map", "ConfigMap"))
    found: list[str] = []
    for number, spoken in enumerate(words):
        before = _SOURCE.get(words[number - 1].lower()) if number else None
        kind = _SOURCE.get(spoken.lower())
        if kind:
            found.append(kind)
        elif before and "-" in spoken and found:
            found[-1] = f"{before}/{spoken}"
        elif spoken.lower() not in _FILLER:
            return ()
    return ((Attribute.ENV_FROM, ",".join(dict.fromkeys(found))),) if found else ()


def variables(text: str) -> Facts:
    """``DATABASE_URL, LOG_LEVEL (from ConfigMap app), PORT=8000``: environment variables by name."""
    facts: list[tuple[str, str]] = []
    for part in re.split(r"\s*[,\n]\s*(?![^(]*\))", text.replace("`", "")):
        match = re.fullmatch(r"([A-Z][A-Z0-9_]+)(?:\s*=\s*(\S+))?\s*(.*)", part.strip())
        source = source_of(match[3]) if match else ""
        if not match or (match[3] and not source):
            return ()
        facts.append((Prefix.ENV + match[1], match[2] or ""))
        facts += [(Prefix.ENV_SOURCE + match[1], source)] if source else []
    return tuple(facts)


def environment(text: str) -> Facts:
    """The environment of a container: its sources, or its variables one by one."""
    return env_sources(text) or variables(text)


def variables_from(source: str) -> Phrase:
    """A parser of a list of variables that all come from a ConfigMap or Secret."""

    def parse(text: str) -> Facts:
        return tuple(
            fact for attribute, value in variables(text)
            for fact in ((attribute, value), (attribute.replace(Prefix.ENV, Prefix.ENV_SOURCE, 1), source))
        )  # fmt: skip

    return parse


def keys(text: str) -> Facts:
    """``DATABASE_URL, JWT_SECRET``: keys of a ConfigMap or Secret."""
    parts = [plain(without_remarks(part)) for part in re.split(r"\s*[,\n]\s*(?![^(]*\))", text)]
    whole = all(re.fullmatch(r"[A-Za-z][\w.-]*", part) for part in parts)
    return tuple((Prefix.DATA + part, "") for part in parts) if whole else ()


_PERIODS = {
    "initial delay": "initialDelaySeconds", "delay": "initialDelaySeconds", "period": "periodSeconds",
    "interval": "periodSeconds", "timeout": "timeoutSeconds", "failure threshold": "failureThreshold",
    "success threshold": "successThreshold", "every": "periodSeconds", "failures": "failureThreshold",
    "initialdelayseconds": "initialDelaySeconds", "periodseconds": "periodSeconds", "port": "port",
    "timeoutseconds": "timeoutSeconds", "failurethreshold": "failureThreshold",
}  # fmt: skip
_PERIOD = pattern(
    rf"(?P<key>{'|'.join(sorted(_PERIODS, key=len, reverse=True))})\s*[:=]?\s*(?P<number>\d+)\s*s?(?:ec(?:onds)?)?",
    re.IGNORECASE,
)
_COUNTED = pattern(
    r"(?P<number>\d+)\s*(?:s(?:ec(?:onds)?)?\s+)?(?P<key>failures?|timeout|period|initial delay|delay)", re.IGNORECASE
)
_GET = pattern(
    r"(?:HTTPS?\s+)?(?:GET\s+|path:?\s+)?(?P<path>/[\w./-]*)"
    r"(?:\s*(?:on|at|:)?\s*(?:(?:port\s*)?:?(?P<port>\d{1,5})|(?:port\s+|:)`?(?P<named>[a-z][-a-z0-9]{0,14})`?(?:\s+port)?))?",
    re.IGNORECASE,
)
_TCP = pattern(r"TCP(?: ?socket)?(?: check)?\s*(?:on)?\s*(?:port\s*)?:?\s*(?P<port>\d{1,5})?", re.IGNORECASE)


_EXEC = pattern(
    r"(?:(?:[Ee]xec(?: command)?|[Cc]ommand|[Rr]uns?)\s*:?\s*`(?P<told>[^`]+)`|`(?P<alone>[a-z][\w./-]*\s[^`]+)`)"
    r"(?P<behind>.*)"
)
"""What a probe runs: code behind a word that says so, or code of several words."""


def probe(prefix: Prefix) -> Phrase:
    """``HTTP GET /health on port 8000, period 10s``, ``exec `pg_isready`, every 10s``: the fields of a probe."""

    def parse(text: str) -> Facts:
        if ran := _EXEC.fullmatch(text.strip()):
            behind = parse(ran["behind"])
            command = (f"{prefix}command", ran["told"] or ran["alone"])
            return (command, *behind) if behind or not ran["behind"].strip(" ,;()") else ()
        parts = [part.strip() for part in re.split(r"[,;]", re.sub(r"[()`]", ",", plain(text))) if part.strip()]
        facts = [_probe_fact(part) for part in parts]
        known = [fact for found in facts if found for fact in found]
        if not parts or not all(facts) or len({key for key, _ in known}) < len(known):
            return ()
        return tuple((prefix + key, value) for key, value in known)

    return parse


def _probe_fact(part: str) -> list[tuple[str, str]]:
    if match := _GET.fullmatch(part):
        port = match["port"] or match["named"]
        return [("path", match["path"]), *([("port", port)] if port else [])]
    if match := _TCP.fullmatch(part):
        return [("type", "tcpSocket"), *([("port", match["port"])] if match["port"] else [])]
    if match := _PERIOD.fullmatch(part):
        return [(_PERIODS[match["key"].lower()], match["number"])]
    if match := _COUNTED.fullmatch(part):
        return [(_PERIODS.get(match["key"].lower(), "failureThreshold"), match["number"])]
    return []


def command(attribute: str) -> Phrase:
    """A parser of what a container runs: code (``npm run migrate``) or a list; other words only describe it."""

    def parse(text: str) -> Facts:
        bare = without_remarks(text).strip()
        marked = bare.count("`") == 2 and bare[0] == bare[-1] == "`"
        listed = bare.startswith("[") and bare.endswith("]")
        said = marked or listed or _PROGRAM.match(bare) is not None
        return ((attribute, plain(bare)),) if said else ()

    return parse


_PROGRAM = pattern(
    r"(?:\.?/[\w./-]+|(?:ba|da)?sh|npm|npx|yarn|pnpm|bun|node|python3?|uv|uvicorn|gunicorn|hypercorn|flask|celery|alembic|"
    r"java|dotnet|php|ruby|bundle|rake|nginx|redis-server|postgres|mysqld|mongod)(?= [\w./-]|$)"
)
"""How a command begins that is one without marks."""
runs = command(Attribute.COMMAND)
RUN = "a command is read in code marks: `npm run migrate`"
"""The nearest form of a command that is read, for hints."""


def seconds(attribute: str) -> Phrase:
    """``10``, ``10s``, ``10 seconds``."""

    def parse(text: str) -> Facts:
        match = re.fullmatch(r"(\d+)\s*(?:s|sec|seconds?)?", _bare(text), re.IGNORECASE)
        return ((attribute, match[1]),) if match else ()

    return parse


def truth(attribute: str) -> Phrase:
    """``true``, ``yes``, ``enabled``: ``true``; their opposites: ``false``."""
    values = {"true": "true", "yes": "true", "enabled": "true", "false": "false", "no": "false", "disabled": "false"}

    def parse(text: str) -> Facts:
        value = values.get(_bare(text).lower())
        return ((attribute, value),) if value else ()

    return parse


def address(text: str) -> Facts:
    """``http://api:8000``, ``api.shop.svc.cluster.local:8000``: the port, and the namespace, of a Service."""
    match = re.fullmatch(
        r"(?:https?://)?[a-z][-a-z0-9]*(?:\.([a-z][-a-z0-9]*)\.svc(?:\.[a-z.]+)?)?(?::(\d{1,5}))?/?", _bare(text)
    )
    if not match or not (match[1] or match[2]):
        return ()
    port = ((Attribute.PORT, match[2]),) if match[2] else ()
    return (*port, *(((Attribute.NAMESPACE, match[1]),) if match[1] else ()))


def backend(text: str) -> Facts:
    """``web-service:80``, ``-> web:3000``: the Service, and its port, to which an Ingress sends."""
    match = re.fullmatch(
        r"(?:-> )?([a-z][-a-z0-9]*)(?:(?::| port )(\d{1,5}|[a-z][-a-z0-9]*))?", with_arrows(_bare(text)).strip()
    )
    if not match:
        return ()
    return ((Attribute.BACKEND_SERVICE, match[1]), *(((Attribute.BACKEND_PORT, match[2]),) if match[2] else ()))


def utilisation(attribute: str) -> Phrase:
    """``70%``, ``70% utilization``, ``70``."""

    def parse(text: str) -> Facts:
        match = re.fullmatch(
            r"(?:target )?(\d{1,3})\s*%?(?: (?:average )?(?:cpu |memory )?utili[sz]ation)?",
            _bare(text),
            re.IGNORECASE,
        )
        return ((attribute, match[1]),) if match else ()

    return parse


def replica_range(text: str) -> Facts:
    """``2-10``: the least and most replicas of an autoscaler."""
    match = re.fullmatch(r"(\d+)\s*(?:-|\u2013|to)\s*(\d+)(?: replicas)?", _bare(text))
    return ((Attribute.MIN_REPLICAS, match[1]), (Attribute.MAX_REPLICAS, match[2])) if match else ()


_ROLLING = pattern(r"(max ?surge|max ?unavailable)\s*[:=]?\s*(\d+%?)", re.IGNORECASE)


def strategy(text: str) -> Facts:
    """``RollingUpdate``, ``RollingUpdate (maxSurge 1, maxUnavailable 0)``, ``Recreate``."""
    found = last_remark(text)
    kind = _strategy_type(found[0] if found else text)
    bounds = [_ROLLING.fullmatch(part.strip()) for part in plain(found[1]).split(",")] if found else []
    if not kind or not all(bounds):
        return kind if not re.search(r"\d", found[1] if found else "") else ()
    fields = {name.lower(): field for name, field in ROLLING.items()}
    return (*kind, *((fields[m[1].lower().replace(" ", "")], m[2]) for m in bounds if m))


ROLLING = {name: f"{Prefix.SPEC}strategy.rollingUpdate.{name}" for name in ("maxSurge", "maxUnavailable")}
"""The bounds of a rolling update, and what states them."""
_strategy_type = chosen(Attribute.STRATEGY, "RollingUpdate", "Recreate")


def access_mode(text: str) -> Facts:
    """``ReadWriteOnce``, ``RWO``."""
    short = {"rwo": "ReadWriteOnce", "rox": "ReadOnlyMany", "rwx": "ReadWriteMany", "rwop": "ReadWriteOncePod"}
    bare = plain(_bare(text).removeprefix("[").removesuffix("]"))
    value = short.get(bare.lower(), bare)
    return ((Attribute.ACCESS_MODE, value),) if value in short.values() else ()
