# SPDX-License-Identifier: Apache-2.0
"""Writes the recorded calls as C++: one file of tests for each file of records.

usage: generate_calls.py RECORDS OUTPUT.cpp

RECORDS is a name: `TransferClient` of records/TransferClient.json. naming_rule.py says how a call
is written, services.py which clients there are and where they depart from the rule. Methods and
classes that no header declares are left out; the tests count them, and check that they are not
there.
OUTPUT.cpp.d says for make what was read.
"""

import sys
from pathlib import Path

import recorded_calls
import recorded_flows
import recorded_payloads
from cpp_code import Sources
from services import DEPARTURES, SERVICES


def check_departures(sources):
    """An entry about no recorded method is left over from what it was about."""
    recorded = set()
    for client in SERVICES:
        for method in sources.records(client)["signatures"]:
            recorded |= {method, f"{client}.{method}"}
    for entry in DEPARTURES:
        if entry.method not in recorded:
            sys.exit(f"services.py: no record is of {entry.method}")


def write_where_it_differs(path, text):
    """What is as it was is not compiled again."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def code(sources, name):
    records = sources.records(name)
    if name == "flows":
        return recorded_flows.code(sources, records)
    if name == "payloads":
        return recorded_payloads.code(sources, records)
    if name not in SERVICES:
        sys.exit(f"services.py: SERVICES has no line for {name}")
    return recorded_calls.code(sources, name, records)


def main():
    name, output = sys.argv[1], Path(sys.argv[2])
    sources = Sources()
    check_departures(sources)
    lines = ["// SPDX-License-Identifier: Apache-2.0",
             f"// made of {name}.json by generate_calls.py", *code(sources, name), ""]
    output.parent.mkdir(exist_ok=True)
    write_where_it_differs(output, "\n".join(lines))
    read = " ".join(str(path).replace(" ", "\\ ") for path in dict.fromkeys(sources.read))
    Path(f"{output}.d").write_text(f"{output}: {read}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
