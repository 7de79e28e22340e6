# SPDX-License-Identifier: Apache-2.0
"""Writes the bench's results into pages: all of them as a Markdown table between the marks of one
page, and what they say in short between those of another.

usage: table.py RESULT.json PAGE_WITH_TABLE.md PAGE_WITH_SUMMARY.md
"""

import json
import re
import sys
from pathlib import Path

from run import line_of


def table(results):
    lines = [["what", "against", "SDK", "the other", "ratio", "spread", "goal", ""], ["---"] * 8]
    lines += [line_of(row) for row in results["rows"]]
    machine = results["machine"]
    rounds = sorted(row["rounds"] for row in results["rows"] if "rounds" in row)
    note = (f"Median of {rounds[0]} to {rounds[-1]} rounds on {machine['cores']} cores of {machine['processor']} "
            f"({machine['system']}, {machine['compiler']}, libcurl {machine['curl']}, "
            f"Python {machine['python']}); load {machine['load_before']} before, "
            f"{machine['load_after']} after.")
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + f"\n\n{note}"


def summary(results):
    ratios = {row["name"]: row["ratio"] for row in results["rows"] if "ratio" in row}

    def part(name):
        return f"1/{1 / ratios[name]:.0f}"

    text = (f"On one client a blocking call takes {part('blocking-python')} of the Python SDK's CPU, "
            f"and {ratios['blocking-libcurl']:.2f} times that of bare libcurl, which parses nothing. "
            f"A program has its first authorized answer in {part('start-python')} of the Python SDK's time, "
            f"and takes {ratios['memory-python']:.2f} of its memory.")
    # files need room on the disk, and nginx
    if "file-curl" in ratios and "small-files-curl" in ratios:
        text += (f" A file of 2 GiB comes to the disk at {ratios['file-curl']:.2f} times the rate of the curl "
                 f"program, and a folder of 10,000 small files at {ratios['small-files-curl']:.2f} times.")
    return text


def write_between(page, name, text):
    """Puts `text` between `<!-- name -->` and `<!-- end of name -->`."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    old = page.read_text()
    if not (begin in old and end in old):
        sys.exit(f"table.py: {page} has no {begin} ... {end}")
    page.write_text(re.sub(f"{begin}.*{end}", lambda _: f"{begin}\n{text}\n{end}", old, flags=re.S))


def main():
    result, page_with_table, page_with_summary = map(Path, sys.argv[1:])
    results = json.loads(result.read_text())
    write_between(page_with_table, "table", table(results))
    write_between(page_with_summary, "summary of the bench", summary(results))


if __name__ == "__main__":
    main()
