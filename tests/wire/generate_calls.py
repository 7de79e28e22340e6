# SPDX-License-Identifier: Apache-2.0
"""Writes the recorded calls as C++: one file of tests for each file of records.

usage: generate_calls.py RECORDS OUTPUT.cpp

RECORDS is a name: `TransferClient` of records/TransferClient.json. naming_rule.py says how a call
is written, services.py which clients there are and where they depart from the rule. Methods and
classes that no header declares are left out; the tests count them, and check that they are not
there. Of the answers it writes what goes over the members of typed views.
OUTPUT.cpp.d says for make what was read.
"""

import sys
from pathlib import Path

import naming_rule
import recorded_answers
import recorded_calls
import recorded_flows
import recorded_payloads
from cpp_code import Sources, departures
from services import DEPARTURES, SERVICES


def departs(entry, method, records):
    """Whether an entry says something about a method that the rule does not."""
    parameters = {parameter["name"] for parameter in records["signatures"][method]}
    returned = {call.get("returns") for call in records["calls"] if call["method"] == method}
    return (entry.options != naming_rule.options_name(method)
            and set(entry.left_out) <= parameters and set(entry.returns) <= returned)


def check_departures(sources):
    """An entry that is needed nowhere is left over from what it was about."""
    left_over = list(DEPARTURES)
    for client in SERVICES:
        records = sources.records(client)
        for method in records["signatures"]:
            left_over = [entry for entry in left_over
                         if entry not in departures(client, method)
                         or not departs(entry, method, records)]
    if left_over:
        sys.exit("services.py: no record needs " + "; ".join(map(str, left_over)))


def write_where_it_differs(path, text):
    """What is as it was is not compiled again."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def code(sources, name):
    if name == "answers":
        return recorded_answers.code(sources)
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
