"""Start the dashboard, or say in one line why it cannot start: ``python tools/start.py 8501``."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def port_is_free(port: int) -> bool:
    """Whether a server could listen on this port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def main() -> int:
    """Exit code of the server, or 1 with one line."""
    asked = sys.argv[1] if len(sys.argv) > 1 else "8501"
    if not (asked.isascii() and asked.isdecimal()) or not 1024 <= int(asked) <= 65535:
        print(
            f"STP Atlas cannot start: {asked!r} is not a port from 1024 to 65535.", file=sys.stderr
        )
        return 1
    port = int(asked)
    if not port_is_free(port):
        print(
            f"STP Atlas cannot start: port {port} is in use. Stop what uses it, or choose "
            f"another: make run PORT={port + 1}",
            file=sys.stderr,
        )
        return 1
    sys.path.insert(0, str(ROOT))
    import stp_data  # Late, so that a bad port is refused at once.

    try:
        stp_data.load()
    except stp_data.DataError as error:
        print(f"STP Atlas cannot start. {error}", file=sys.stderr)
        return 1
    print(f"STP Atlas: open http://localhost:{port} (stop with Ctrl+C)", flush=True)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
