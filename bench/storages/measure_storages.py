# SPDX-License-Identifier: Apache-2.0
"""Measures storages of tokens, and prints two tables: how fast tokens are looked up, and what it
takes to work with a million users.

usage: measure_storages.py PROGRAMS_FOLDER RESULT.json [--seconds N] [--users N]
"""

import argparse
import contextlib
import json
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

import loaders  # noqa: E402
import postgres  # noqa: E402
from run import machine  # noqa: E402
from side_programs import figures_of  # noqa: E402
from storages_table import rows_of_gets, rows_of_works  # noqa: E402

USERS = (1, 1000)
CLIENTS = (1, 8, 64)


class Storages:
    """Storages of one kind after another, each in a place of its own."""

    def __init__(self, program, folder, server):
        self.program, self.folder, self.server = program, Path(folder), server
        self.kinds = ["json", "sqlite"] + (["postgres"] if server else [])

    def place(self, kind, name):
        if kind != "postgres":
            return str(self.folder / f"{name}.{kind}")
        self.server.sql(f"CREATE DATABASE {name}")
        return self.server.url(name)

    def run(self, kind, where, *what):
        return figures_of([self.program, kind, where, *what])


def measure_gets(storages, seconds):
    for kind in storages.kinds:
        for users in USERS:
            where = storages.place(kind, f"users_{users}")
            storages.run(kind, where, "fill", users)
            for clients in CLIENTS:
                print(f"bench: {kind}, {users} users, {clients} clients ...", file=sys.stderr)
                figures = storages.run(kind, where, "get", clients, seconds)
                yield {"storage": kind, "users": users, "clients": clients, **figures}


def measure_works(storages, users, seconds):
    for kind in storages.kinds[1:]:
        print(f"bench: {kind} with {users} users ...", file=sys.stderr)
        where = storages.place(kind, "many")
        storages.run(kind, where, "fill", 1)
        if kind == "sqlite":
            loaders.load_sqlite(where, users)
        else:
            loaders.load_postgres(storages.server, "many", users)
        yield {"storage": kind, "users": users,
               "works": storages.run(kind, where, "rows", users, seconds)}


def why_no_postgres(program):
    if "postgres" not in figures_of([program, "kinds"])["kinds"]:
        return "the program is built without libpq"
    if postgres.programs_folder() is None:
        return "there is no PostgreSQL server (scripts/install-deps.sh postgres)"
    return None


def print_table(lines):
    widths = [max(map(len, column)) for column in zip(*lines)]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs")
    parser.add_argument("result", type=Path)
    parser.add_argument("--seconds", type=float, default=3, help="for each figure")
    parser.add_argument("--users", type=int, default=1_000_000, help="where they are many")
    arguments = parser.parse_args()
    program = Path(arguments.programs) / "bench_storages"
    why_not = why_no_postgres(program)
    if why_not:
        print(f"bench: PostgresTokenStorage is left out: {why_not}", file=sys.stderr)
    results = {"machine": machine()}
    with (contextlib.nullcontext() if why_not else postgres.PostgresServer()) as server, \
            tempfile.TemporaryDirectory() as folder:
        storages = Storages(program, folder, server)
        results["postgres"] = server and server.sql("SHOW server_version").split()[0]
        results["gets"] = list(measure_gets(storages, arguments.seconds))
        results["works"] = list(measure_works(storages, arguments.users, arguments.seconds))
    arguments.result.parent.mkdir(parents=True, exist_ok=True)
    arguments.result.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    print_table(rows_of_gets(results))
    print()
    print_table(rows_of_works(results))


if __name__ == "__main__":
    main()
