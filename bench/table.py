# SPDX-License-Identifier: Apache-2.0
"""Writes the bench's results as a Markdown table between the marks of a page.

usage: table.py RESULT.json PAGE.md
"""

import json
import re
import sys
from pathlib import Path

from run import line_of

BEGIN, END = "<!-- table -->", "<!-- end of table -->"


def table(results):
    lines = [["what", "against", "SDK", "the other", "ratio", "spread", "goal", ""], ["---"] * 8]
    lines += [line_of(row) for row in results["rows"]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main():
    result, page = map(Path, sys.argv[1:])
    results = json.loads(result.read_text())
    machine = results["machine"]
    rounds = sorted(row["rounds"] for row in results["rows"] if "rounds" in row)
    note = (f"Median of {rounds[0]} to {rounds[-1]} rounds on {machine['cores']} cores of {machine['processor']} "
            f"({machine['system']}, {machine['compiler']}, libcurl {machine['curl']}, "
            f"Python {machine['python']}); load {machine['load_before']} before, "
            f"{machine['load_after']} after.")
    text = f"{BEGIN}\n{table(results)}\n\n{note}\n{END}"
    page.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: text, page.read_text(), flags=re.S))


if __name__ == "__main__":
    main()
