"""A PostgreSQL of one's own for a test session: a new cluster in a temporary folder, reached by a socket there alone."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

STARTED_WITHIN = 60  # seconds


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine, or it cannot be started; the message says what is missing."""


def programs() -> Path:
    """The folder of initdb and postgres: of the newest version among Debian's, or where the path leads."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]) if p.parts[-3].isdigit() else 0)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if not on_path:
        raise NoPostgres("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return Path(on_path).resolve().parent


def runs_as() -> str | None:
    """The user a server started by root must run as; None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


@contextmanager
def cluster(durable: bool = False) -> Iterator[psycopg.Connection]:
    """A running server, and an autocommit connection to it; both are gone afterwards. Only a durable one syncs to disk."""
    home, user = Path(tempfile.mkdtemp(prefix="taizhang-pg-", dir="/tmp")), runs_as()
    try:
        if user:
            os.chown(home, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        _initialised(home, user)
        with _server(home, user, durable), _connected(home) as connection:
            yield connection
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _initialised(home: Path, user: str | None) -> None:
    command = [programs() / "initdb", "-D", home / "data", "-U", "tests", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(command, cwd=home, user=user, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoPostgres(f"initdb: {done.stderr.strip()[-300:]}")


@contextmanager
def _server(home: Path, user: str | None, durable: bool) -> Iterator[None]:
    settings = {"listen_addresses": "", "unix_socket_directories": str(home), "max_connections": "100", "timezone": "Asia/Shanghai"}
    settings["fsync"] = "on" if durable else "off"
    command = [programs() / "postgres", "-D", home / "data", *(f"--{name}={value}" for name, value in settings.items())]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=home, user=user, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(STARTED_WITHIN)


@contextmanager
def _connected(home: Path) -> Iterator[psycopg.Connection]:
    until = time.monotonic() + STARTED_WITHIN
    while True:
        try:
            connection = psycopg.connect(host=str(home), user="tests", dbname="postgres", autocommit=True)
            break
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                raise NoPostgres(f"the server does not answer: {error}") from None
            time.sleep(0.1)
    with connection:
        yield connection
