# SPDX-License-Identifier: Apache-2.0
"""Measures the SDK against libcurl, curl and the Python SDK, and prints the ratios as a table.

usage: run.py PROGRAMS_FOLDER VENV_FOLDER RESULT.json [--rounds N] [--only NAME]

The sides of a row take turns within one run, and what counts is the ratio of what they did in the
same round: the median of the rounds is the row's figure, and their middle half its spread. How
fast the machine is, and what else it does, meets both sides alike. No row fails: a goal that is
missed says so in the table.
"""

import argparse
import contextlib
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

import collection_files
from rows import CALLS, FILES, LIBCURL, PYTHON, SDK
from side_programs import figures_of

HERE = Path(__file__).resolve().parent


class Sides:
    """How the programs of the sides are started that make calls of a service."""

    def __init__(self, programs, python, url):
        self.programs, self.python, self.url = Path(programs), python, url

    def command(self, side, mode):
        if side == PYTHON:
            return [self.python, str(HERE / "clients" / "python_client.py"), mode]
        if side == LIBCURL and mode != "slow-look-up":
            return [str(self.programs / "bench_libcurl_client"), mode]
        if mode == "slow-look-up":
            return [str(self.programs / "bench_slow_look_up"), "sdk" if side == SDK else "libcurl"]
        small = mode == "small"
        return [str(self.programs / ("bench_small_program" if small else "bench_sdk_client")), mode]

    def run(self, side, mode, calls):
        started_at = time.monotonic()  # the clock that the clients read
        figures = figures_of(self.command(side, mode) + [self.url, calls])
        return {**figures, "started_at": started_at}


@contextlib.contextmanager
def awake_processors():
    """Keeps each processor busy with what gives way to all else.

    A client and its server wait for each other by turns. On a virtual machine, waking a processor
    that went idle meanwhile takes up to half of a call's CPU time, and whoever wakes it pays.
    """
    idle_class = ["chrt", "--idle", "0"]
    spin = [sys.executable, "-c", "while True: pass"]
    spinners = [subprocess.Popen(idle_class + spin) for _ in range(os.cpu_count())]
    try:
        yield
    finally:
        for spinner in spinners:
            spinner.kill()
            spinner.wait()


def measure_row(row, sides, rounds):
    with awake_processors() if row.awake else contextlib.nullcontext():
        return measure_rounds(row, sides, rounds)


def measure_rounds(row, sides, rounds):
    """The figures of both sides, round by round, after one that does not count."""
    figures = {SDK: [], row.against: []}
    for number in range(rounds + 1):
        answers = set()
        for side in figures:
            result = sides.run(side, row.mode, row.calls[side])
            answers.add(result["answer"])
            if number > 0:
                figures[side].append(row.figure(result))
        if len(answers) != 1 or not answers.pop():
            raise RuntimeError(f"{row.name}: the sides read different answers")
    return summary(row, figures[SDK], figures[row.against])


def summary(row, own, other):
    ratios = [row.ratio(*pair) for pair in zip(own, other)]
    lower, ratio, upper = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return {
        "name": row.name,
        "what": row.title,
        "against": row.against,
        "unit": row.unit,
        "sdk": round(statistics.median(own), 3),
        "other": round(statistics.median(other), 3),
        "ratio": round(ratio, 4),
        "lower": round(lower, 4),
        "upper": round(upper, 4),
        "rounds": len(ratios),
        "goal": row.goal and round(row.goal, 4),
        "more_is_better": row.more,
        "goal_text": row.goal_text(),
        "met": row.is_met(ratio, own),
    }


def skipped(row, why):
    return {"name": row.name, "what": row.title, "against": row.against,
            "goal_text": row.goal_text(), "skipped": why}


class Server:
    """The bench's server, for as long as the block lasts."""

    def __init__(self, programs):
        self.program = str(Path(programs) / "bench_server")

    def __enter__(self):
        self.process = subprocess.Popen(
            [self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return f"http://127.0.0.1:{int(self.process.stdout.readline())}"

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=10)


def python_of(venv):
    """The Python that has the Python SDK, or why there is none."""
    python = Path(venv) / "bin" / "python"
    if python.exists():
        asked = subprocess.run([str(python), "-c", "import globus_sdk"], capture_output=True)
        if asked.returncode == 0:
            return str(python), None
    return None, "the Python SDK could not be installed"


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def version_of(command):
    return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[0]


def machine():
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "compiler": version_of(["g++", "--version"]),
        "curl": version_of(["pkg-config", "--modversion", "libcurl"]),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def number(value):
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def line_of(row):
    if "skipped" in row:
        return [row["what"], row["against"], "", "", "", "", row["goal_text"],
                "skipped: " + row["skipped"]]
    return [
        row["what"], row["against"],
        f"{number(row['sdk'])} {row['unit']}", f"{number(row['other'])} {row['unit']}",
        number(row["ratio"]), f"{number(row['lower'])} to {number(row['upper'])}",
        row["goal_text"], {True: "met", False: "missed", None: ""}[row["met"]],
    ]


def print_table(rows):
    lines = [["what", "against", "SDK", "the other", "ratio", "spread", "goal", ""]]
    lines += [line_of(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines)]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip())


def measure_rows(rows, sides, why_no_python, rounds):
    """The results of the rows, one after another."""
    for row in rows:
        print(f"bench: {row.title}, against {row.against} ...", file=sys.stderr)
        if row.against == PYTHON and why_no_python:
            yield skipped(row, why_no_python)
            continue
        try:
            yield measure_row(row, sides, rounds or row.rounds)
        except collection_files.NoRoom as error:
            yield skipped(row, str(error))


def measure_files(rows, programs, python, why_no_python, calls_url, folder, rounds):
    """The results of the rows about files."""
    why_not = collection_files.why_not()
    if why_not or not rows:
        return [skipped(row, why_not) for row in rows]
    with collection_files.file_sides(programs, python, calls_url, folder) as sides:
        return list(measure_rows(rows, sides, why_no_python, rounds))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs")
    parser.add_argument("venv")
    parser.add_argument("result", type=Path)
    parser.add_argument("--rounds", type=int, help="as many for each row")
    parser.add_argument("--only", default="", help="the rows whose name holds this")
    arguments = parser.parse_args()
    programs, rounds = arguments.programs, arguments.rounds
    python, why_no_python = python_of(arguments.venv)
    calls, files = ([row for row in rows if arguments.only in row.name] for rows in (CALLS, FILES))
    results = {"machine": machine(), "rows": []}
    folder = arguments.result.resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    with Server(programs) as url:
        sides = Sides(programs, python, url)
        results["rows"] += measure_rows(calls, sides, why_no_python, rounds)
        results["rows"] += measure_files(files, programs, python, why_no_python, url,
                                         folder / "files", rounds)
    results["machine"]["load_after"] = round(os.getloadavg()[0], 2)
    arguments.result.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    print_table(results["rows"])


if __name__ == "__main__":
    main()
