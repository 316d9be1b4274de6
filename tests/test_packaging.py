"""What the packaging promises, as far as it shows without a container engine: files agree, and the start works."""

import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.db import connection

from rnik.lib import icons

ROOT = Path(__file__).resolve().parent.parent
HOST = re.compile(r"https?://|registry|--index-url|--extra-index-url|--find-links")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load(read("docker-compose.yml"))


@pytest.fixture(scope="module")
def dockerfile() -> list[list[str]]:
    """The Dockerfile's instructions, each split into words, continued lines joined."""
    lines = re.sub(r"\\\n", " ", read("Dockerfile")).splitlines()
    return [line.split() for line in lines if line.strip() and not line.startswith("#")]


def arguments(dockerfile: list[list[str]], instruction: str) -> list[list[str]]:
    return [words for name, *words in dockerfile if name == instruction]


def from_the_context(dockerfile: list[list[str]]) -> Iterator[str]:
    """What the Dockerfile copies out of the checkout."""
    for words in arguments(dockerfile, "COPY"):
        if not words[0].startswith("--from="):
            yield from words[:-1]


def documented_variables() -> set[str]:
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", read(".env.example"), re.MULTILINE))


# --- images ---------------------------------------------------------------------------------------------------


def is_pinned(image: str) -> bool:
    """Is it a digest, or a tag that names a full version?"""
    return "@sha256:" in image or re.search(r":v?\d+\.\d+(\.\d+)?(-[\w.]+)?$", image) is not None


@pytest.mark.parametrize(
    ("image", "pinned"),
    [
        ("caddy:2.11.4-alpine", True),
        ("postgres:16.15-bookworm", True),
        ("postgres@sha256:abc", True),
        ("postgres", False),
        ("postgres:16", False),
        ("postgres:16-bookworm", False),
        ("caddy:latest", False),
    ],
)
def test_a_pinned_image_names_its_full_version(image: str, pinned: bool) -> None:
    assert is_pinned(image) == pinned


def test_every_image_of_the_compose_file_is_pinned_or_built_here(compose: dict[str, Any]) -> None:
    fetched = [service["image"] for service in compose["services"].values() if "build" not in service]
    assert fetched
    assert [image for image in fetched if not is_pinned(image)] == []


def test_both_stages_of_the_image_start_from_the_same_exact_python(dockerfile: list[list[str]]) -> None:
    bases = [words[0] for words in arguments(dockerfile, "FROM")]
    assert bases == [bases[0]] * 2
    assert re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", bases[0])


# --- files and variables --------------------------------------------------------------------------------------


def test_every_file_that_the_compose_file_mounts_exists(compose: dict[str, Any]) -> None:
    mounts = [mount for service in compose["services"].values() for mount in service.get("volumes", [])]
    files = [mount.split(":")[0] for mount in mounts if mount.startswith((".", "/"))]
    assert files == ["./deploy/Caddyfile"]
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_every_volume_and_network_that_a_service_uses_is_declared(compose: dict[str, Any]) -> None:
    services = compose["services"].values()
    volumes = {mount.split(":")[0] for service in services for mount in service.get("volumes", [])}
    networks = {network for service in services for network in service["networks"]}
    assert {name for name in volumes if not name.startswith(".")} == set(compose["volumes"])
    assert networks == set(compose["networks"])


def test_only_caddy_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]
    assert [name for name, service in services.items() if "outside" in service["networks"]] == ["caddy"]
    assert compose["networks"]["inside"] == {"internal": True}


def test_our_containers_run_read_only_and_without_privileges(compose: dict[str, Any]) -> None:
    for name in ("web", "migrate"):
        service = compose["services"][name]
        assert (service["read_only"], service["tmpfs"], service["cap_drop"]) == (True, ["/tmp"], ["ALL"])


def test_a_missing_secret_stops_the_compose_file() -> None:
    text = read("docker-compose.yml")
    without_default = set(re.findall(r"\$\{([A-Z_]+)\}", text))
    required = set(re.findall(r"\$\{([A-Z_]+):\?[^}]+\}", text))
    assert required == {"SECRET_KEY", "POSTGRES_PASSWORD", "SITE_ADDRESS"}
    assert without_default <= required


def test_every_variable_of_the_compose_file_is_in_the_example() -> None:
    assert set(re.findall(r"\$\{([A-Z_]+)", read("docker-compose.yml"))) <= documented_variables()


def test_every_variable_that_the_application_reads_is_in_the_example() -> None:
    sources = [
        path for folder in ("rnik", "conference", "inputs", "deploy") for path in (ROOT / folder).rglob("*.py")
    ]
    pattern = re.compile(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"|\benviron(?:\.get\(|\[)\s*\"([A-Z_]+)\"")
    found = {name for path in sources for pair in pattern.findall(path.read_text()) for name in pair if name}
    assert {"SECRET_KEY", "DATABASE_URL", "DEBUG", "WEB_CONCURRENCY"} <= found
    assert found - documented_variables() == set()


def test_the_example_holds_no_secret() -> None:
    assert re.findall(r"^[A-Z_]+=(.+)$", read(".env.example"), re.MULTILINE) == []


def test_everything_that_the_image_copies_exists_and_may_enter_it(dockerfile: list[list[str]]) -> None:
    sources = {source.rstrip("/") for source in from_the_context(dockerfile)}
    allowed = {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")}
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert sources == allowed


def test_what_the_last_stage_takes_from_the_first_is_there(dockerfile: list[list[str]]) -> None:
    copied = {f"/app/{source.rstrip('/')}" for source in from_the_context(dockerfile)}
    taken = {words[1] for words in arguments(dockerfile, "COPY") if words[0] == "--from=build"}
    packages = {source for source in taken if source.startswith("/app/frontend/node_modules/")}
    assert taken - copied - packages == {"/opt/venv", "/app/staticfiles"}
    assert [source for source in packages if not (ROOT / source.removeprefix("/app/")).is_dir()] == []


def test_the_image_holds_the_front_end_packages_that_are_read_while_serving(
    dockerfile: list[list[str]], settings: Any
) -> None:
    node_modules = settings.NODE_MODULES
    served = [entry[1] for entry in settings.STATICFILES_DIRS if isinstance(entry, tuple)]
    needed = {*served, node_modules / icons.FOLDER, node_modules / "@expo-google-fonts"}
    taken = {ROOT / words[2].rstrip("/") for words in arguments(dockerfile, "COPY") if words[0] == "--from=build"}
    assert needed == {folder for folder in taken if folder.is_relative_to(node_modules)}


def test_the_image_holds_every_package_of_the_application(dockerfile: list[list[str]]) -> None:
    patterns = tomllib.loads(read("pyproject.toml"))["tool"]["setuptools"]["packages"]["find"]["include"]
    packages = {pattern.removesuffix("*") for pattern in patterns}
    assert packages <= {source.rstrip("/") for source in from_the_context(dockerfile)}


def test_the_image_does_not_run_as_root(dockerfile: list[list[str]]) -> None:
    assert arguments(dockerfile, "USER") == [["10001:10001"]]


# --- lock files -----------------------------------------------------------------------------------------------


def locked(name: str) -> dict[str, str]:
    """Each requirement of a lock file, as its line stands, to the hashes behind it."""
    entries = re.sub(r"\\\n", " ", read(name)).splitlines()
    return {entry.split(" --hash", 1)[0].strip(): entry.partition(" --hash")[2] for entry in entries if entry.strip()}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-semantic.txt", "requirements-dev.txt"])
def test_every_locked_requirement_is_exact_and_has_a_hash_and_no_host(name: str) -> None:
    requirements = locked(name)
    assert len(requirements) > 10
    assert [line for line in requirements if not re.match(r"[a-z0-9.\-]+==[\w.]+( ;|$)", line)] == []
    assert [line for line, hashes in requirements.items() if "sha256:" not in hashes] == []
    assert HOST.search(read(name)) is None


def test_the_lock_files_agree() -> None:
    assert set(locked("requirements.txt")) <= set(locked("requirements-semantic.txt"))
    assert set(locked("requirements-semantic.txt")) <= set(locked("requirements-dev.txt"))


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    names = {line.split("==")[0] for line in locked("requirements.txt")}
    asked = {re.split(r"[\[~=<>]", line)[0].lower() for line in project["dependencies"]}
    assert asked <= names


def test_the_front_end_is_locked_by_content_and_not_by_host() -> None:
    lock = json.loads(read("frontend/package-lock.json"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    wanted = json.loads(read("frontend/package.json"))
    assert lock["packages"][""]["dependencies"] == wanted["dependencies"]
    assert [
        version for version in wanted["dependencies"].values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)
    ] == []
    assert [name for name, entry in packages.items() if not entry.get("integrity")] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


# --- the start ------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@dataclass(frozen=True)
class Server:
    """A web server that was started for a test, and the file it logs to."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def status(self, path: str, *, host: str, headers: dict[str, str] | None = None) -> int:
        """What `host` answers to `path`. Waits while the server starts; fails when it has ended."""
        for _attempt in range(100):
            client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                client.request("GET", path, headers={"Host": host, **(headers or {})})
                return client.getresponse().status
            except ConnectionRefusedError:
                time.sleep(0.1)
            finally:
                client.close()
            if self.process.poll() is not None:
                break
        pytest.fail(f"the server did not answer:\n{self.log.read_text()}")

    def stop(self) -> int:
        """Ask it to end, as a container engine does; its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=15)


@pytest.fixture
def server(dockerfile: list[list[str]], tmp_path: Path) -> Iterator[Server]:
    """The image's start command, with production settings and a database of its own."""
    program, *options = json.loads(" ".join(arguments(dockerfile, "CMD")[0]))
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "there-is-no-home"),
        "PORT": str(port),
        "WEB_CONCURRENCY": "2",
        "DEBUG": "false",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "rnik.example,localhost",
        "SECURE_PROXY": "true",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'rnik.sqlite3'}",
        "STATIC_ROOT": str(tmp_path / "staticfiles"),
    }
    collect = [ROOT / ".venv/bin/python", "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    command = [ROOT / ".venv/bin" / program, *options]
    log = tmp_path / "log"
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            yield Server(process, port, log)
        finally:
            process.kill()


def test_the_images_start_command_serves_with_production_settings(server: Server, tmp_path: Path) -> None:
    from_caddy = {"X-Forwarded-Proto": "https"}
    style_sheet = json.loads((tmp_path / "staticfiles/staticfiles.json").read_text())["paths"]["app/app.css"]
    answers = {
        "from inside": server.status("/healthz", host="localhost"),
        "through Caddy": server.status("/healthz", host="rnik.example", headers=from_caddy),
        "a style sheet": server.status(f"/static/{style_sheet}", host="rnik.example", headers=from_caddy),
        "without TLS": server.status("/", host="rnik.example"),
        "another host": server.status("/healthz", host="elsewhere.example"),
    }
    assert answers == {
        "from inside": 200,
        "through Caddy": 200,
        "a style sheet": 200,
        "without TLS": 301,
        "another host": 400,
    }
    assert server.stop() == 0
    assert "GET /healthz 200" in server.log.read_text()
    assert "127.0.0.1" not in re.sub(r"Listening at: .*", "", server.log.read_text())
    assert not (tmp_path / "there-is-no-home").exists()


def test_the_health_check_of_the_image_asks_where_the_server_listens(dockerfile: list[list[str]]) -> None:
    check = " ".join(word for words in arguments(dockerfile, "HEALTHCHECK") for word in words)
    variables = {word for words in arguments(dockerfile, "ENV") for word in words}
    assert "http://localhost:{os.environ[" in check
    assert "/healthz" in check
    assert "PORT=8000" in variables
    assert "reverse_proxy {$UPSTREAM:web:8000}" in read("deploy/Caddyfile")


# --- the tests themselves -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for(record_property: Any) -> None:
    """scripts/run_tests.py prints what is recorded here."""
    scheme = urlsplit(os.environ.get("DATABASE_URL", "sqlite:")).scheme
    version = ".".join(map(str, connection.get_database_version()))
    record_property("database", f"{connection.display_name} {version}")
    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql", "postgresql": "postgresql"}[scheme]


def test_continuous_integration_runs_what_a_developer_runs() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert read(".ci/run").splitlines()[-1] == "exec make test </dev/null"
