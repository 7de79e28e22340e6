# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions of the SDK's operations and compares them with the kept counts.

usage: instructions.py PROGRAM KEPT.json [--accept]

Instructions, unlike seconds, are the same on a busy machine. A count that has grown by more than 3%
fails, so that a call does not become dearer unnoticed; --accept keeps the counts as they are now.
Counts depend on the compiler and on the libraries: where those are others than the ones that the
kept counts were made with, nothing is compared.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOLERANCE = 0.03
# how often each operation is done: the difference of the two runs counts
TIMES = {
    "get_and_parse": (20, 220),
    "form_post": (20, 220),
    "page_of_100_items": (5, 55),
    "transfer_data_of_1000_items": (1, 6),
    "libcurl_setup": (20, 220),
}
PACKAGES = ["libboost-json1.81-dev", "libcurl4-openssl-dev", "libc6"]


def line_of(command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.splitlines()[0] if done.returncode == 0 and done.stdout else "none"


def processor():
    """The C library's string functions are others where there is no AVX2."""
    flags = Path("/proc/cpuinfo").read_text().split()
    return os.uname().machine + (" with AVX2" if "avx2" in flags else "")


def made_with():
    """What the counts depend on."""
    versions = {"compiler": line_of(["g++", "--version"]), "processor": processor()}
    for package in PACKAGES:
        versions[package] = line_of(["dpkg-query", "-W", "-f", "${Version}\n", package])
    return versions


def instructions(program, operation, times):
    """All instructions of one run of the program."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program,
                   operation, str(times)]
        done = subprocess.run(command, capture_output=True, text=True, env={"PATH": os.defpath})
    counted = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not counted:
        sys.exit(f"instructions: {operation} cannot be counted:\n{done.stderr}")
    return int(counted.group(1))


def count(program, operation):
    few, many = TIMES[operation]
    difference = instructions(program, operation, many) - instructions(program, operation, few)
    return round(difference / (many - few))


def count_all(program):
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(TIMES, pool.map(lambda operation: count(program, operation), TIMES)))


def compare(now, kept):
    """Prints each count beside the kept one; gives those that have grown too much."""
    grown = []
    for operation, figure in now.items():
        before = kept.get(operation)
        if before is None:
            print(f"  {operation:28} {figure:>10,}  not kept yet")
            grown.append(f"{operation} has no kept count")
            continue
        change = figure / before - 1
        note = ""
        if change > TOLERANCE:
            note = "  GROWN"
            grown.append(f"{operation} has grown by {change:.1%}, from {before:,} to {figure:,}")
        elif change < -TOLERANCE:
            note = "  fallen: 'make bench-instructions-accept' keeps the gain"
        print(f"  {operation:28} {figure:>10,}  kept {before:>10,}  {change:+.1%}{note}")
    return grown


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("kept", type=Path)
    parser.add_argument("--accept", action="store_true")
    arguments = parser.parse_args()
    versions = made_with()
    if arguments.accept:
        kept = {"made_with": versions, "instructions": count_all(arguments.program)}
        arguments.kept.write_text(json.dumps(kept, indent=2) + "\n")
        print(f"instructions: kept in {arguments.kept}; say in the commit why they changed")
        return
    kept = json.loads(arguments.kept.read_text())
    if kept["made_with"] != versions:
        others = [name for name in versions if kept["made_with"].get(name) != versions[name]]
        print(f"instructions: skipped: other {', '.join(others)} than the kept counts were made with")
        return
    print("instructions of one operation (callgrind):")
    grown = compare(count_all(arguments.program), kept["instructions"])
    if grown:
        print("instructions: FAILED: " + "; ".join(grown))
        print("  Make it cheaper, or raise the kept counts on purpose: "
              "'make bench-instructions-accept', and say why in the commit.")
        sys.exit(1)
    print("instructions: none has grown by more than 3%")


if __name__ == "__main__":
    main()
