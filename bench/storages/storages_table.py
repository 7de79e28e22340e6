# SPDX-License-Identifier: Apache-2.0
"""Writes the figures of storages into a page.

usage: storages_table.py RESULT.json PAGE.md
"""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from table import write_between  # noqa: E402

NAMES = {"json": "JSONTokenStorage", "sqlite": "SQLiteTokenStorage",
         "postgres": "PostgresTokenStorage"}
WORKS = {"first_page": "the first 1,000 namespaces", "page": "1,000 namespaces after any",
         "next_to_expire": "the 1,000 tokens that expire first",
         "expiry_page": "the 1,000 that expire after any", "removal": "delete a user"}


def time_text(seconds):
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1 or unit == "µs":
            return f"{seconds * factor:.3g} {unit}"


def rows_of_gets(results):
    rows = [["storage", "users", "clients", "look-ups/s", "p50", "p99"]]
    rows += [[NAMES[row["storage"]], f"{row['users']:,}", str(row["clients"]),
              f"{row['times'] / row['seconds']:,.0f}", time_text(row["p50"]), time_text(row["p99"])]
             for row in results["gets"]]
    return rows


def rows_of_works(results):
    storages = results["works"]
    heads = [f"{NAMES[each['storage']]}, {figure}" for each in storages for figure in ("p50", "p99")]
    return [[f"at {storages[0]['users']:,} users", *heads]] + [
        [title, *[time_text(each["works"][work][figure])
                  for each in storages for figure in ("p50", "p99")]]
        for work, title in WORKS.items()]


def markdown(rows):
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def page_part(results):
    machine = results["machine"]
    return (f"{markdown(rows_of_gets(results))}\n\n{markdown(rows_of_works(results))}\n\n"
            f"On {machine['cores']} cores of {machine['processor']} ({machine['system']}, "
            f"{machine['compiler']}, PostgreSQL {results['postgres'] or 'left out'}); load "
            f"{machine['load_before']} before.")


def main():
    result, page = map(Path, sys.argv[1:])
    write_between(page, "table", page_part(json.loads(result.read_text())))


if __name__ == "__main__":
    main()
