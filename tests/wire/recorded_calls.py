# SPDX-License-Identifier: Apache-2.0
"""The records of a client's methods as C++."""

import cpp_code
import naming_rule
from services import SERVICES


def call_function(client, records, index):
    record = records["calls"][index]
    method = record["method"]
    # one that raises an error has no type of its own
    returned = [other["returns"] for other in [record, *records["calls"]]
                if other["method"] == method and other.get("returns")]
    finish = "finish"
    if returned:
        finish = f"finish_as<{cpp_code.result_type(client, method, returned[0])}>"
    call = cpp_code.call_of(client, method, records["signatures"][method], record["args"])
    return ["", f"// {method}, {record['variant']}", *cpp_code.functions(
        "void", f"call_{index}", client, call,
        lambda arguments: f"{finish}({cpp_code.invocation(method, arguments)});")]


def whole_calls(client, records, method):
    """Calls that are compiled and not made: all options in order, and in their other forms."""
    signature = records["signatures"][method]
    recorded = [record["args"] for record in records["calls"] if record["method"] == method]
    calls = [cpp_code.call_of(client, method, signature, arguments).braced()
             for arguments in naming_rule.whole_arguments(signature, recorded)]
    return [] if not calls else ["", *cpp_code.function(
        f"[[maybe_unused]] void whole_{method}(const {client}& client)",
        [f"{cpp_code.invocation(method, arguments)};" for arguments in calls])]


def code(sources, client, records):
    declared = sources.declared(client)
    lines, rows = [], []
    for index, record in enumerate(records["calls"]):
        there = cpp_code.declares(declared, record["method"])
        if there:
            lines += call_function(client, records, index)
        run = f"call_{index}" if there else "nullptr"
        rows.append(f'{{"{record["method"]}", "{record["variant"]}", {run}}},')
    for method in records["signatures"]:
        lines += whole_calls(client, records, method) if cpp_code.declares(declared, method) else []
    headers = ", ".join(f'"{header}"' for header in SERVICES[client].headers)
    return cpp_code.file(
        cpp_code.includes([client], "wire/replay.hpp"),
        lines + cpp_code.makers([client])
        + cpp_code.table("Client", "RecordedCall<Client>", "recorded_calls", rows)
        + cpp_code.test_of_records(f"{client}Records", [
            f"using Client = Basic{client}<TypeParam>;",
            f'replay_calls<TypeParam, Client>("{client}.json", {{{headers}}},',
            f"    recorded_calls<Client>, {cpp_code.maker(client)}<TypeParam>);"]))
