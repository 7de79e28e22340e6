# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server on loopback, with its usual settings, for as long as a block lasts."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

USER = "bench"


def programs_folder():
    """The folder of the newest server's programs; None where there is none."""
    folders = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


class PostgresServer:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
        self.port, self.password = free_port(), secrets.token_urlsafe(12)
        # it refuses root
        self.other_user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None

    def run(self, program, *arguments):
        command = [str(programs_folder() / program), *map(str, arguments)]
        if self.other_user:
            command = ["runuser", "-u", self.other_user.pw_name, "--", *command]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              cwd=self.folder)
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stdout}")
        return done.stdout.strip()

    def __enter__(self):
        passwords = self.folder / "password"
        passwords.write_text(self.password + "\n")
        if self.other_user:
            for path in (self.folder, passwords):
                os.chown(path, self.other_user.pw_uid, self.other_user.pw_gid)
        self.run("initdb", "-D", self.folder / "data", "-U", USER, f"--pwfile={passwords}",
                 "-A", "scram-sha-256", "-E", "UTF8", "--no-locale")
        self.run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o",
                 f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=",
                 "start")
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database):
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def sql(self, statements, database="postgres"):
        return self.run("psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d",
                        self.url(database), "-c", statements)
