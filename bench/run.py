# SPDX-License-Identifier: Apache-2.0
"""Measures the SDK against bare libcurl and the Python SDK, and prints the ratios as a table.

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

HERE = Path(__file__).resolve().parent
SDK, LIBCURL, PYTHON = "SDK", "libcurl", "Python SDK"


def cpu_per_call(figures):
    return figures["cpu_seconds"] / figures["calls"] * 1e6


def calls_per_second(figures):
    return figures["calls"] / figures["seconds"]


def cpu_milliseconds(figures):
    """For what one thread does alone: a busy machine does not make it more."""
    return figures["cpu_seconds"] * 1e3


def milliseconds_late(figures):
    """The worst of several calls, whose limits came while a name was looked up."""
    return figures["seconds"] * 1e3


def peak_megabytes(figures):
    return figures["peak_kilobytes"] / 1024


def resident_megabytes(figures):
    return figures["resident_kilobytes"] / 1024


def since_start(figures):
    return (figures["answered_at"] - figures["started_at"]) * 1e3


class Row:
    """One comparison: what is measured, against whom, and what would be good."""

    def __init__(self, name, title, against, mode, figure, unit, goal, more=False,
                 calls=(1, 1), speed=False, rounds=9, awake=False, at_most=None):
        self.name, self.title, self.against, self.mode = name, title, against, mode
        self.figure, self.unit = figure, unit
        self.goal, self.more = goal, more  # the ratio is to be at most, or at least, the goal
        self.calls = dict(zip((SDK, against), calls))
        self.speed = speed  # the ratio says how many times as fast the SDK is
        self.rounds = rounds
        self.awake = awake  # processors are kept from going idle meanwhile
        self.at_most = at_most  # what each of the SDK's figures is to be, in place of a ratio's goal

    def ratio(self, own, other):
        return other / own if self.speed else own / other

    def is_met(self, ratio, own):
        if self.at_most is not None:
            return max(own) <= self.at_most
        if self.goal is None:
            return None
        return ratio >= self.goal if self.more else ratio <= self.goal

    def goal_text(self):
        if self.at_most is not None:
            return f"SDK <= {self.at_most} {self.unit}"
        if self.goal is None:
            return "none"
        return f"{'>=' if self.more else '<='} {self.goal:.3g}"


ROWS = [
    Row("blocking-libcurl", "CPU of a blocking call", LIBCURL, "blocking",
        cpu_per_call, "µs", 1.10, calls=(3000, 3000), rounds=61, awake=True),
    Row("whole-answer-libcurl", "the same, an answer of 50 members (1.9 KB)", LIBCURL,
        "whole-answer", cpu_per_call, "µs", None, calls=(3000, 3000), rounds=61, awake=True),
    Row("blocking-idle", "the same, where processors go idle between calls", LIBCURL, "blocking",
        cpu_per_call, "µs", None, calls=(3000, 3000), rounds=61),
    Row("blocking-python", "CPU of a blocking call", PYTHON, "blocking",
        cpu_per_call, "µs", 1 / 10, calls=(20000, 1000), awake=True),
    Row("threads-libcurl", "8 threads on one client", LIBCURL, "threads",
        calls_per_second, "calls/s", 0.9, more=True, calls=(16000, 16000), rounds=31),
    Row("threads-python", "8 threads on one client", PYTHON, "threads",
        calls_per_second, "calls/s", 20, more=True, calls=(32000, 1600)),
    Row("async-libcurl", "64 in flight on one thread", LIBCURL, "async",
        calls_per_second, "calls/s", 0.9, more=True, calls=(16000, 16000), rounds=31),
    Row("listing-python", "100,000 entries (30 MB) parsed and walked", PYTHON, "listing",
        cpu_milliseconds, "ms", 3, more=True, speed=True),
    Row("listing-memory-python", "peak memory of fetching and walking them", PYTHON,
        "listing-memory", peak_megabytes, "MB", 1 / 2),
    Row("start-python", "process start to first authorized answer", PYTHON, "small",
        since_start, "ms", 1 / 15),
    Row("slow-look-up", "end of a call after its limit, in a look-up of 20 s (worst of 6)", LIBCURL,
        "slow-look-up", milliseconds_late, "ms", None, at_most=100),
    Row("memory-python", "resident memory of a small program", PYTHON, "small",
        resident_megabytes, "MB", 1 / 2),
]


class Sides:
    """How the programs of the sides are started."""

    def __init__(self, programs, python):
        self.programs, self.python = Path(programs), python

    def command(self, side, mode):
        if side == PYTHON:
            return [self.python, str(HERE / "clients" / "python_client.py"), mode]
        if side == LIBCURL and mode != "slow-look-up":
            return [str(self.programs / "bench_libcurl_client"), mode]
        if mode == "slow-look-up":
            return [str(self.programs / "bench_slow_look_up"), "sdk" if side == SDK else "libcurl"]
        small = mode == "small"
        return [str(self.programs / ("bench_small_program" if small else "bench_sdk_client")), mode]

    def run(self, side, mode, url, calls):
        command = self.command(side, mode) + [url, str(calls)]
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GLOBUS_SDK_") and not name.lower().endswith("_proxy")
        }
        started_at = time.monotonic()  # the clock that the clients read
        done = subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True)
        return {**json.loads(done.stdout), "started_at": started_at}


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


def measure_row(row, sides, url, rounds):
    with awake_processors() if row.awake else contextlib.nullcontext():
        return measure_rounds(row, sides, url, rounds)


def measure_rounds(row, sides, url, rounds):
    """The figures of both sides, round by round, after one that does not count."""
    figures = {SDK: [], row.against: []}
    for number in range(rounds + 1):
        answers = set()
        for side in figures:
            result = sides.run(side, row.mode, url, row.calls[side])
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs")
    parser.add_argument("venv")
    parser.add_argument("result", type=Path)
    parser.add_argument("--rounds", type=int, help="as many for each row")
    parser.add_argument("--only", help="the rows whose name holds this")
    arguments = parser.parse_args()
    python, why_not = python_of(arguments.venv)
    sides = Sides(arguments.programs, python)
    results = {"machine": machine(), "rows": []}
    with Server(arguments.programs) as url:
        for row in ROWS:
            if arguments.only and arguments.only not in row.name:
                continue
            print(f"bench: {row.title}, against {row.against} ...", file=sys.stderr)
            if row.against == PYTHON and why_not:
                results["rows"].append(skipped(row, why_not))
                continue
            results["rows"].append(measure_row(row, sides, url, arguments.rounds or row.rounds))
    results["machine"]["load_after"] = round(os.getloadavg()[0], 2)
    arguments.result.parent.mkdir(parents=True, exist_ok=True)
    arguments.result.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    print_table(results["rows"])


if __name__ == "__main__":
    main()
