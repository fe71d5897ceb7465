"""A PostgreSQL of the suite's own: a cluster in a temporary folder, reached by a socket in it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

PORT = 5499
# Nothing has to outlive the run, and nothing works beside the tests.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
    "autovacuum": "off",
    "max_connections": "200",
}


class Cluster:
    """A started cluster; `url(name)` is a database in it."""

    def __init__(self, binaries: Path) -> None:
        """Make and start it."""
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="staytouch-pg-"))
        self.as_root = os.getuid() == 0
        if self.as_root:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", self.folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        options = f"-k {self.folder} -p {PORT} -c listen_addresses= {settings}"
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", options, "start")

    def url(self, name: str) -> str:
        """What DATABASE_URL would say for a database of this name."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}&port={PORT}"

    def stop(self) -> None:
        """Stop it and leave nothing behind."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, binary: str, *arguments) -> None:
        command = [str(self.binaries / binary), *map(str, arguments)]
        if self.as_root:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)


def start_cluster() -> Cluster | None:
    """A cluster, or None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    binary = found[-1] if found else shutil.which("initdb")
    return Cluster(Path(binary).parent) if binary else None
