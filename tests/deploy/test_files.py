"""The files of deploy/: linted, validated, and in step with each other and with the atlas."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from each import each

from deploy.site import ROOT, free_port, get, wait_until

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
FINAL_STAGE = "FROM" + DOCKERFILE.rpartition("\nFROM")[2]
# The oldest and the newest that a hospital's cluster may be.
KUBERNETES = ["1.27", "1.31", "1.35"]
PORT = "8501"
GIT = shutil.which("git") or "git"


def run(
    *command: str, given: str | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A program beside this Python, or git; a test run without it fails."""
    path = GIT if command[0] == "git" else str(Path(sys.executable).parent / command[0])
    return subprocess.run(
        [path, *command[1:]], cwd=ROOT, input=given, env=env, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def instructions(text: str, name: str) -> list[str]:
    joined = re.sub(r"\\\n\s*", " ", text)
    return re.findall(rf"^{name} +(.+)$", joined, re.MULTILINE)


def environment() -> dict[str, str]:
    """What the container sets."""
    pairs = (pair for line in instructions(FINAL_STAGE, "ENV") for pair in line.split())
    return dict(pair.split("=", 1) for pair in pairs)


def resources() -> dict[str, dict[str, Any]]:
    files = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    found = [one for path in files for one in yaml.safe_load_all(path.read_text())]
    assert len({one["kind"] for one in found}) == len(found)
    return {one["kind"]: one for one in found}


def compose() -> dict[str, Any]:
    done = run(
        "docker-compose", "-f", "deploy/compose.yaml", "config", "--format", "json",
        env={"ATLAS_HOST": "atlas.example", "ATLAS_COOKIE_SECRET": "s", "HOME": "/nonexistent"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# ---- The container ------------------------------------------------------------------------------


def test_the_container_file_passes_the_linter_which_would_notice() -> None:
    done = run("hadolint", "--no-color", "--failure-threshold", "style", "deploy/Dockerfile")
    assert (done.returncode, done.stdout) == (0, "")
    wrong = run("hadolint", "-", given="FROM python\nRUN sudo pip install streamlit\n")
    assert wrong.returncode != 0
    assert "DL3006" in wrong.stdout


def test_images_are_pinned_and_the_last_stage_has_no_compiler() -> None:
    for image in instructions(DOCKERFILE, "FROM"):
        assert re.match(r"python:3\.11-slim-bookworm( AS \w+)?$", image)
    assert "--only-binary=:all:" in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE
    assert not re.search(r"apt-get|gcc|build-essential|pip install", FINAL_STAGE)


def test_the_container_runs_as_a_user_without_rights() -> None:
    assert instructions(FINAL_STAGE, "USER") == ["10001:10001"]
    assert "--uid 10001" in FINAL_STAGE
    pod = resources()["Deployment"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsUser"] == 10001
    assert all(compose()["services"][name]["user"] == "10001:10001" for name in ("app-1", "app-2"))


def sent_to_the_build() -> set[str]:
    """Committed files that .dockerignore lets through, as Docker reads it: the last rule wins."""
    rules = re.findall(r"^[^#\n].*", (ROOT / ".dockerignore").read_text(), re.MULTILINE)

    def kept(path: str) -> bool:
        decided = True
        folders = [path, *(str(parent) for parent in Path(path).parents)]
        for rule in rules:
            pattern = rule.removeprefix("!").removeprefix("**/")
            if any(fnmatch.fnmatch(part, pattern) for part in folders):
                decided = rule.startswith("!")
        return decided

    return {path for path in run("git", "ls-files").stdout.splitlines() if kept(path)}


def copied(folder: Path) -> None:
    """What the last stage copies out of the build's files, laid out in ``folder``."""
    files = sent_to_the_build()
    for line in instructions(FINAL_STAGE, "COPY"):
        if line.startswith("--from"):
            continue
        *sources, target = line.split()
        for source in sources:
            chosen = [path for path in files if path == source or path.startswith(f"{source}/")]
            assert chosen, f"{source} is not sent to the build"
            for path in chosen:
                inside = path if target == "./" else f"{target}{path.removeprefix(source)}"
                (folder / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / path, folder / inside)


def test_nothing_that_only_developers_need_is_sent_to_the_build() -> None:
    files = sent_to_the_build()
    assert "app.py" in files
    assert "stp_data/tables/datapackage.json" in files
    unwanted = ("tests/", "benchmarks/", "stp_data/build/", "deploy/", "tools/", "docs/images/")
    assert not [path for path in files if path.startswith(unwanted)]


# Runs in the server's process before anything else and notes where it would write.
WATCH = """
import os, sys
log = os.open(os.environ["WRITES"], os.O_WRONLY | os.O_APPEND)
def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        flags = args[2] or 0
        wrote = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    else:
        wrote = event in ("os.mkdir", "os.rename", "os.remove", "os.symlink", "shutil.copyfile")
    if wrote:
        os.write(log, os.fsdecode(args[0]).encode() + b"\\n")
sys.addaudithook(watch)
"""


def test_what_the_container_holds_starts_without_home_writes_nothing_and_drains(
    tmp_path: Path,
) -> None:
    app, watch, writes = tmp_path / "app", tmp_path / "watch", tmp_path / "writes"
    app.mkdir(), watch.mkdir(), writes.touch()
    copied(app)
    (watch / "sitecustomize.py").write_text(WATCH)
    port = free_port()
    values = {
        **environment(),
        "PATH": os.environ["PATH"],
        # Of the container's own: where it listens.
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "atlas.example",
        "PYTHONPATH": str(watch),
        "WRITES": str(writes),
    }
    (command,) = instructions(FINAL_STAGE, "CMD")[-1:]
    words = [sys.executable if word == "python" else word for word in json.loads(command)]
    before = {path: path.stat().st_mtime_ns for path in app.rglob("*")}
    process = subprocess.Popen(
        words, cwd=app, env=values, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        wait_until(lambda: process.poll() is not None or is_healthy(port), "it answers")
        for path in ("/", "/briefing/dorset.docx", "/download/stp-atlas.xlsx"):
            assert get(port, path, host="atlas.example").status == 200
        for host, status in (("atlas.example", 101), ("elsewhere.example", 403)):
            upgrade = {
                "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "c3RwLWF0bGFzLXRlc3QhIQ==",
            }  # fmt: skip
            assert get(port, "/_stcore/stream", upgrade, host=host).status == status
    finally:
        process.terminate()
        output, _ = process.communicate(timeout=30)
    assert not is_healthy(port)
    assert b"Traceback" not in output
    assert {path: path.stat().st_mtime_ns for path in app.rglob("*")} == before
    allowed = ("/tmp", "/dev/", "/proc/")  # noqa: S108
    inside = str(tmp_path)
    wrote = {
        path
        for path in writes.read_text().splitlines()
        if path.startswith(inside) or not path.startswith(allowed)
    }
    assert wrote == set()


def is_healthy(port: int) -> bool:
    """What the container's HEALTHCHECK says."""
    (check,) = instructions(FINAL_STAGE, "HEALTHCHECK")
    words = json.loads(check.partition("CMD ")[2])
    code = words[-1].replace(f":{PORT}/", f":{port}/")
    assert str(port) in code
    done = subprocess.run(
        [sys.executable, *words[1:-1], code], env={}, capture_output=True, check=False
    )
    return done.returncode == 0


# ---- Compose ------------------------------------------------------------------------------------


def test_compose_reads_the_file_and_starts_only_with_a_secret_and_a_name() -> None:
    assert set(compose()["services"]) == {"app-1", "app-2", "nginx"}
    done = run(
        "docker-compose", "-f", "deploy/compose.yaml", "config", "--quiet",
        env={"HOME": "/nonexistent"},
    )  # fmt: skip
    assert done.returncode != 0
    assert "ATLAS_COOKIE_SECRET" in done.stderr
    assert "ATLAS_HOST" in done.stderr


def test_every_service_is_hardened_and_bounded() -> None:
    for service in compose()["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["user"] not in {"", "0", "root"}
        assert min(float(service[name]) for name in ("mem_limit", "cpus", "pids_limit")) > 0
        assert any(entry.startswith("/tmp:size=") for entry in service["tmpfs"])  # noqa: S108


def test_replicas_have_no_way_out_and_no_open_port() -> None:
    found = compose()
    assert found["networks"]["inside"]["internal"] is True
    for name in ("app-1", "app-2"):
        assert set(found["services"][name]["networks"]) == {"inside"}
        assert "ports" not in found["services"][name]
    (port,) = found["services"]["nginx"]["ports"]
    assert port["host_ip"] == "127.0.0.1"


def test_nginx_knows_the_address_of_every_replica_and_every_name_in_the_template() -> None:
    services = compose()["services"]
    given = services["nginx"]["environment"]
    for name in ("app-1", "app-2"):
        address = services[name]["networks"]["inside"]["ipv4_address"]
        assert f"server {address}:{PORT} max_fails" in given["ATLAS_SERVERS"]
    asked = set(re.findall(r"\$\{(\w+)\}", (DEPLOY / "nginx.conf").read_text()))
    assert asked == {name for name in given if name.startswith("ATLAS_")}


def test_the_example_names_every_setting() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    named = set(re.findall(r"^(\w+)=", (DEPLOY / "example.env").read_text(), re.MULTILINE))
    assert asked - named == {"ATLAS_VERSION"}
    assert run("git", "check-ignore", "deploy/.env").returncode == 0


# ---- Kubernetes ---------------------------------------------------------------------------------


@each("release", KUBERNETES)
@each("kind", sorted(resources()))
def test_every_manifest_fits_the_schema(kind: str, release: str) -> None:
    kubernetes_validate.validate(resources()[kind], release, strict=True)


def test_the_schema_would_notice() -> None:
    broken = resources()["Deployment"]
    broken["spec"]["template"]["spec"]["containers"][0]["redinessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, KUBERNETES[0], strict=True)


def test_manifests_fit_together_and_name_no_namespace() -> None:
    found = resources()
    assert set(found) == {
        "Deployment", "HorizontalPodAutoscaler", "Ingress", "NetworkPolicy", "PodDisruptionBudget",
        "Service",
    }  # fmt: skip
    labels = found["Deployment"]["spec"]["template"]["metadata"]["labels"]
    for kind, one in found.items():
        assert "namespace" not in one["metadata"], kind
    assert found["Service"]["spec"]["selector"] == labels
    for kind in ("Deployment", "PodDisruptionBudget", "NetworkPolicy"):
        name = "podSelector" if kind == "NetworkPolicy" else "selector"
        assert found[kind]["spec"][name]["matchLabels"] == labels
    path = found["Ingress"]["spec"]["rules"][0]["http"]["paths"][0]
    assert path["backend"]["service"]["name"] == found["Service"]["metadata"]["name"]
    target = found["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert target["name"] == found["Deployment"]["metadata"]["name"]


def test_pods_have_no_rights_and_no_way_out() -> None:
    found = resources()
    assert found["NetworkPolicy"]["spec"]["egress"] == []
    assert set(found["NetworkPolicy"]["spec"]["policyTypes"]) == {"Ingress", "Egress"}
    pod = found["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert [mount["mountPath"] for mount in container["volumeMounts"]] == ["/tmp"]  # noqa: S108
    port = str(container["ports"][0]["containerPort"])
    assert port == PORT == environment()["STREAMLIT_SERVER_PORT"]


def test_sessions_are_sticky_and_a_stop_drains() -> None:
    found = resources()
    annotations = found["Ingress"]["metadata"]["annotations"]
    assert annotations["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    assert found["Service"]["spec"]["sessionAffinity"] == "None"
    pod = found["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    pause = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
    # What is under way has half a minute, as nginx gives it.
    assert pod["terminationGracePeriodSeconds"] >= pause + 30
    assert found["HorizontalPodAutoscaler"]["spec"]["minReplicas"] >= 2


def test_the_version_is_that_of_the_atlas() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    (container,) = resources()["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert version
    assert container["image"] == f"stp-atlas:{version[1]}"
