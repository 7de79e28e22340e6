# SPDX-License-Identifier: Apache-2.0
"""The records of a client's methods as C++."""

import cpp_code
import naming_rule
import recorded_listings
from services import MAY_BE_EMPTY, SERVICES


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
    if not recorded:
        return []  # a static method: of those the signatures have no parameters
    calls = [cpp_code.call_of(client, method, signature, arguments).braced()
             for arguments in naming_rule.whole_arguments(signature, recorded)]
    return [] if not calls else ["", *cpp_code.function(
        f"[[maybe_unused]] void whole_{method}(const {client}& client)",
        [f"{cpp_code.invocation(method, arguments)};" for arguments in calls])]


def mistakes(client, records, method):
    """Arguments that no service takes, each with the parameter that is wrong: an empty text where
    one is required, and a number below zero in a query."""
    calls = [call for call in records["calls"] if call["method"] == method and call["requests"]]
    for parameter in records["signatures"][method] if calls else []:
        name = parameter["name"]
        wrong = None
        if f"{client}.{method}.{name}" in MAY_BE_EMPTY:
            continue
        if naming_rule.is_required(parameter) and naming_rule.takes_text(parameter):
            wrong = ""
        elif naming_rule.is_required(parameter) and naming_rule.takes_texts(parameter):
            wrong = [""]
        elif "int" in naming_rule.alternatives(parameter["type"]):
            queries = [call["requests"][-1]["query"] for call in calls if name in call["args"]]
            wrong = -1 if any(key == name for query in queries for key, _ in query) else None
        if wrong is not None:
            yield name, {**calls[0]["args"], name: wrong}


def mistake_functions(client, records, methods):
    """Functions that make those calls, and the rows that name them."""
    lines, rows = [], []
    for method in methods:
        for parameter, arguments in mistakes(client, records, method):
            call = cpp_code.call_of(client, method, records["signatures"][method], arguments)
            names, arguments = call.named()
            identifier = f"mistake_{len(rows)}"
            lines += ["", "template <class Client>", *cpp_code.function(
                f"void {identifier}(const Client& client)",
                [*names, f"finish({cpp_code.invocation(method, arguments)});"])]
            rows.append(f'{{"{method}", "{parameter}", {identifier}}},')
    return lines, rows


def code(sources, client, records):
    declared = sources.declared(client)
    lines, rows = [], []
    for index, record in enumerate(records["calls"]):
        there = cpp_code.declares(declared, record["method"])
        if there:
            lines += call_function(client, records, index)
        run = f"call_{index}" if there else "nullptr"
        rows.append(f'{{"{record["method"]}", "{record["variant"]}", {run}}},')
    methods = [method for method in records["signatures"] if cpp_code.declares(declared, method)]
    for method in methods:
        lines += whole_calls(client, records, method)
    wrong_calls, wrong_rows = mistake_functions(client, records, methods)
    headers = ", ".join(f'"{header}"' for header in SERVICES[client].headers)
    return cpp_code.file(
        cpp_code.includes([client], "wire/replay_answers.hpp", "wire/walk_listings.hpp"),
        lines + wrong_calls + cpp_code.makers([client])
        + cpp_code.table("Client", "RecordedCall<Client>", "recorded_calls", rows)
        + cpp_code.vector("Client", "MistakenCall<Client>", "mistaken_calls", wrong_rows)
        + cpp_code.test_of_records(f"{client}Records", [
            f"using Client = Basic{client}<TypeParam>;",
            f'replay_calls<TypeParam, Client>("{client}.json", {{{headers}}},',
            f"    recorded_calls<Client>, {cpp_code.maker(client)}<TypeParam>);"])
        + cpp_code.typed_test(f"{client}Records", "MistakesAreRefused", [
            f"using Client = Basic{client}<TypeParam>;",
            "refuse_mistakes<TypeParam, Client>(mistaken_calls<Client>(), "
            f"{cpp_code.maker(client)}<TypeParam>);"])
        + cpp_code.typed_test(f"{client}Records", "AnswersAreRead", [
            f"using Client = Basic{client}<TypeParam>;",
            f'replay_answers<TypeParam, Client>("{client}", recorded_calls<Client>,',
            f"    {cpp_code.maker(client)}<TypeParam>);"])
        + recorded_listings.test(declared, client, records))
