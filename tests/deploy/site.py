"""Two replicas behind nginx, as deploy/ says, on ports of this machine; and readers of them."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
COOKIE = "stp_replica"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
    """Seconds until ``holds`` says yes; fails when it does not in time."""
    start = time.monotonic()
    while not holds():
        if time.monotonic() - start > seconds:
            raise AssertionError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.05)
    return time.monotonic() - start


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def get(
    port: int,
    path: str,
    headers: dict[str, str] | None = None,
    *,
    method: str = "GET",
    host: str | None = None,
    body: bytes | None = None,
) -> Answer:
    """One request on a connection of its own; header names in small letters."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        sent = {"Host": host or f"localhost:{port}", **(headers or {})}
        connection.request(method, path, body=body, headers=sent)
        answer = connection.getresponse()
        read = answer.read()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, read)
    finally:
        connection.close()


@dataclass
class Replica:
    """One process of the atlas."""

    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; ``wait`` says when it answers."""
        # What the container sets, but for the address, which stays on this machine.
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "STREAMLIT_SERVER_COOKIE_SECRET": "the same on all replicas",
            "STREAMLIT_BROWSER_SERVER_ADDRESS": "localhost",
        }
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, f"--server.port={self.port}"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def wait(self) -> None:
        """Return once it is healthy."""

        def healthy() -> bool:
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            try:
                return get(self.port, "/_stcore/health").status == 200
            except OSError:
                return False

        wait_until(healthy, "the replica is healthy")

    def kill(self) -> None:
        """kill -9: no goodbye."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(timeout=PATIENCE)

    def terminate(self) -> None:
        """SIGTERM, as a container is stopped; returns at once."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)

    def metric(self, name: str) -> int:
        """A figure of its metrics."""
        text = get(self.port, "/_stcore/metrics").body.decode()
        found = re.search(rf"^{re.escape(name)} (\d+)", text, re.MULTILINE)
        assert found, text
        return int(found[1])

    @property
    def opened(self) -> int:
        """Websockets opened so far."""
        names = ("connect", "reconnect")
        return sum(self.metric(f'session_events_total{{type="{name}"}}') for name in names)


@dataclass
class Site:
    """The whole: nginx's port, and the replicas behind it."""

    port: int
    ops: int
    replicas: list[Replica]
    folder: Path
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def get(self, path: str, headers: dict[str, str] | None = None, **more: object) -> Answer:
        """Ask through nginx."""
        return get(self.port, path, headers, **more)  # type: ignore[arg-type]

    def logged(self) -> list[dict[str, object]]:
        """The lines of nginx's access log."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def restored(self) -> None:
        """Every replica runs, and nginx sends readers to all of them."""
        gone = [one for one in self.replicas if one.process and one.process.poll() is not None]
        if not gone:
            return
        for replica in gone:
            replica.start()
        for replica in gone:
            replica.wait()
        wanted = {f"127.0.0.1:{replica.port}" for replica in self.replicas}

        def all_asked() -> bool:
            mark = len(self.logged())
            for number in range(0, 256, 16):
                assert self.get("/", {"Cookie": f"{COOKIE}={number:02x}"}).status == 200
            wait_until(lambda: len(self.logged()) >= mark + 16, "the requests are logged")
            return wanted <= {str(line["replica"]) for line in self.logged()[mark:]}

        wait_until(all_asked, "nginx sends readers to every replica")

    def serving(self, cookie: str) -> Replica:
        """The replica that a reader with this cookie gets; only while nobody else asks."""
        mark = len(self.logged())
        self.get("/", {"Cookie": cookie})
        wait_until(lambda: len(self.logged()) > mark, "the request is logged")
        # The last of those that nginx tried.
        asked = str(self.logged()[mark]["replica"]).rpartition(" ")[2]
        return next(one for one in self.replicas if asked == f"127.0.0.1:{one.port}")

    def cookie_of(self, replica: Replica) -> str:
        """A cookie whose readers that replica serves."""
        cookies = (f"{COOKIE}={number:02x}" for number in range(256))
        return next(cookie for cookie in cookies if self.serving(cookie) is replica)


def filled_in(template: str, values: dict[str, str]) -> str:
    """The template as envsubst fills it in: only these names, everything else untouched."""
    for name, value in values.items():
        template = template.replace(f"${{{name}}}", value)
    return template


@contextmanager
def running(nginx: str, replicas: int = 2) -> Iterator[Site]:
    """A site of its own, stopped at the end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = Site(
            free_port(),
            free_port(),
            [Replica(free_port(), folder / f"replica-{n}.log") for n in range(replicas)],
            folder,
            folder / "access.log",
        )
        servers = (
            f"server 127.0.0.1:{one.port} max_fails=2 fail_timeout=1s;" for one in site.replicas
        )
        (folder / "nginx.conf").write_text(
            filled_in(
                (ROOT / "deploy" / "nginx.conf").read_text(),
                {
                    "ATLAS_LISTEN": f"listen 127.0.0.1:{site.port};",
                    "ATLAS_OPS": f"listen 127.0.0.1:{site.ops};",
                    "ATLAS_HOSTS": "localhost",
                    "ATLAS_SERVERS": "\n".join(servers),
                    "ATLAS_SCRATCH": name,
                },
            )
        )
        folder.chmod(0o755)  # Started by root, nginx works as another user.
        command = [nginx, "-p", name, "-c", f"{name}/nginx.conf", "-g", "daemon off;"]
        try:
            for replica in site.replicas:
                replica.start()
            for replica in site.replicas:
                replica.wait()
            with site.log.open("ab") as log, (folder / "nginx.err").open("ab") as err:
                proxy = subprocess.Popen(command, stdout=log, stderr=err)
            site.processes.append(proxy)

            def answers() -> bool:
                assert proxy.poll() is None, (folder / "nginx.err").read_text()
                try:
                    return get(site.ops, "/health").status == 200
                except OSError:
                    return False

            wait_until(answers, "nginx answers")
            yield site
        finally:
            for proxy in site.processes:
                proxy.terminate()  # Killed, it would leave its workers behind.
                proxy.wait(timeout=PATIENCE)
            for replica in site.replicas:
                if replica.process is not None and replica.process.poll() is None:
                    replica.kill()


@contextmanager
def websocket(port: int, headers: dict[str, str] | None = None) -> Iterator[ClientConnection]:
    """An open websocket of the dashboard."""
    with connect(
        f"ws://localhost:{port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=headers,
        max_size=None,
        open_timeout=PATIENCE,
    ) as connection:
        yield connection


def view(connection: ClientConnection, query: str) -> str:
    """All that a page of that address sends, as text; returns when the page is whole."""
    message = BackMsg()
    message.rerun_script.query_string = query
    connection.send(message.SerializeToString())
    parts = []
    while True:
        data = connection.recv(timeout=PATIENCE)
        answer = ForwardMsg()
        answer.ParseFromString(data)  # type: ignore[arg-type]
        parts.append(str(answer))
        if answer.WhichOneof("type") == "script_finished":
            return "\n".join(parts)


def is_closed(connection: ClientConnection) -> bool:
    """Whether the other side has gone."""
    try:
        connection.recv(timeout=0.01)
    except TimeoutError:
        return False
    except ConnectionClosed:
        return True
    return False


class Crowd:
    """Readers who ask for pages one after the other, from several threads.

    An answer that breaks off half-way is asked for once more, as a browser does: nginx has passed
    on its beginning by then and cannot ask another replica. Nothing else is forgiven.
    """

    def __init__(self, site: Site, paths: list[str], readers: int = 4) -> None:
        self.site, self.paths, self.readers = site, paths, readers
        self.good = 0
        self.broken: list[str] = []
        self.bad: list[str] = []
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._read, args=(n,)) for n in range(readers)]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=PATIENCE)

    def _read(self, reader: int) -> None:
        number = reader
        # All together stay below the 100 a second that nginx allows one address.
        while not self._stop.wait(0.01 * self.readers):
            number += 7
            path = self.paths[number % len(self.paths)]
            cookie = {"Cookie": f"{COOKIE}={number % 256:02x}"}
            try:
                try:
                    status = str(self.site.get(path, cookie).status)
                except http.client.IncompleteRead as error:
                    self.broken.append(f"{path}: {error!r}")
                    status = str(self.site.get(path, cookie).status)
            except (OSError, http.client.HTTPException) as error:
                status = repr(error)
            with self._lock:
                if status == "200":
                    self.good += 1
                else:
                    self.bad.append(f"{path}: {status}")

    def answered(self, more: int) -> None:
        """Return once that many further requests were answered."""
        goal = self.good + more
        wait_until(lambda: self.good >= goal or bool(self.bad), f"{more} more answers")

    def lost_nothing(self) -> bool:
        """Whether all were answered, and at most what was on its way broke off, once each."""
        return not self.bad and len(self.broken) <= self.readers
