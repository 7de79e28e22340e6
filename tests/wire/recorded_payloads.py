# SPDX-License-Identifier: Apache-2.0
"""The recorded documents of payload classes as C++: how each is made, and sent."""

import copy
import functools
import json
import re

import cpp_code
import naming_rule
from services import ADDED_UUIDS, SERVICES


def header_of_classes(sources):
    headers = {}
    for path in sorted(cpp_code.INCLUDE.rglob("*.hpp")):
        header = str(path.relative_to(cpp_code.INCLUDE))
        for name in re.findall(r"^class (\w+) ", sources.code(header), re.MULTILINE):
            headers[name] = header
    return headers


def takes(parameter, payload):
    """Whether a parameter takes that class, or one that it is a kind of by its name."""
    return any(payload.endswith(word) for word in re.findall(r"\w+", parameter["type"]))


def sending_call(sources, payload):
    """A recorded call that sends a payload of that class: its client, its records, which of them,
    and in which parameter; nothing for a class that is only a part of others."""
    for client in SERVICES:
        records, declared = sources.records(client), sources.declared(client)
        for record in records["calls"]:
            signature = records["signatures"][record["method"]]
            for parameter in signature:
                if (takes(parameter, payload) and parameter["name"] in record["args"]
                        and record["requests"] and cpp_code.declares(declared, record["method"])):
                    return client, signature, record, parameter
    return None


def with_document(body, argument, document):
    """A recorded body with a document in place of the argument that was recorded; what the SDK adds
    to the one it adds to the other.

    >>> with_document({"a": {"k": 1}}, {"k": 1}, {"d": 2})
    {'a': {'d': 2}}
    >>> with_document({"k": 1, "submission_id": "i"}, {"k": 1}, {"d": 2})
    {'submission_id': 'i', 'd': 2}
    >>> with_document({"a": ["x", "y"]}, ["x", "y"], {"d": 2})
    {'a': [{'d': 2}]}
    """
    if isinstance(argument, list) and body == argument:
        return [document]
    if isinstance(body, dict):
        if isinstance(argument, dict) and argument.items() <= body.items():
            added = {key: value for key, value in body.items() if key not in argument}
            return {**added, **document}
        return {key: with_document(value, argument, document) for key, value in body.items()}
    return body


def with_added_uuids(method, body):
    """A body with "'UUID'" where the method puts one.

    >>> with_added_uuids("create_tunnel", {"data": {"attributes": {}}})
    {'data': {'attributes': {'submission_id': "'UUID'"}}}
    >>> with_added_uuids("create_tunnel", {"data": {"attributes": {"submission_id": "x"}}})
    {'data': {'attributes': {'submission_id': 'x'}}}
    """
    body = copy.deepcopy(body)
    for added in ADDED_UUIDS:
        if added.method == method:
            place = functools.reduce(dict.__getitem__, added.path[:-1], body)
            place.setdefault(added.path[-1], "'UUID'")
    return body


def sending_function(payload, client, signature, record, parameter):
    """The function that sends a payload of that class, and returns the body that arrived."""
    in_list = isinstance(record["args"][parameter["name"]], list)
    argument = naming_rule.Expression("{payload}" if in_list else "payload")
    call = cpp_code.call_of(client, record["method"], signature,
                            {**record["args"], parameter["name"]: argument})
    names, arguments = call.named()
    return ["", "template <class Mode>", *cpp_code.function(
        f"std::string sent(const {payload}& payload)",
        ["World<Mode> world;", f"const auto client = {cpp_code.maker(client)}(world);", *names,
         f"finish({cpp_code.invocation(record['method'], arguments)});",
         "return world.take().back().body;"])]


class Payloads:
    """The code of the classes that are there."""

    def __init__(self, sources, records):
        self.signatures = records["signatures"]
        headers = header_of_classes(sources)
        names = [name for name in self.signatures if name in headers]
        self.headers = {name: headers[name] for name in names}
        self.sending = {name: sending_call(sources, name) for name in names}
        self.clients = list(dict.fromkeys(call[0] for call in self.sending.values() if call))

    def sending_functions(self):
        lines = []
        for payload, call in self.sending.items():
            lines += sending_function(payload, *call) if call else []
        return lines

    def making_function(self, index, record):
        payload = record["payload"]
        call = naming_rule.Call(self.signatures[payload], record["args"], "")
        return ["", *cpp_code.function(f"{payload} payload_{index}()",
                                       [f"return {payload}({', '.join(call.braced())});"])]

    def whole_payloads(self, payload, records):
        """Made in code that is compiled and not run: all options in order, and in their other
        forms."""
        signature = self.signatures[payload]
        recorded = [record["args"] for record in records["documents"]
                    if record["payload"] == payload]
        calls = [naming_rule.Call(signature, arguments, "").braced()
                 for arguments in naming_rule.whole_arguments(signature, recorded)]
        return [] if not calls else ["", *cpp_code.function(
            f"[[maybe_unused]] void whole_{payload}()",
            [f"static_cast<void>({payload}({', '.join(call)}));" for call in calls])]

    def row(self, index, record):
        if record["payload"] not in self.headers:
            return "{},"
        document = f"[] {{ return Json(payload_{index}().document()); }}"
        call = self.sending[record["payload"]]
        if not call:
            return f"{{{document}}},"
        _, _, sent, parameter = call
        body = with_added_uuids(
            sent["method"], with_document(sent["requests"][-1]["body"],
                                          sent["args"][parameter["name"]], record["document"]))
        return (f"{{{document}, [] {{ return sent<Mode>(payload_{index}()); }},"
                f" {naming_rule.text(json.dumps(body))}}},")


def code(sources, records):
    payloads = Payloads(sources, records)
    documents = list(enumerate(records["documents"]))
    lines = cpp_code.makers(payloads.clients) + payloads.sending_functions()
    for index, record in documents:
        if record["payload"] in payloads.headers:
            lines += payloads.making_function(index, record)
    for payload in payloads.headers:
        lines += payloads.whole_payloads(payload, records)
    rows = [payloads.row(index, record) for index, record in documents]
    headers = [f"globus_sdk/{header}" for header in payloads.headers.values()]
    return cpp_code.file(
        cpp_code.includes(payloads.clients, *headers, "wire/replay_payloads.hpp"),
        lines + cpp_code.table("Mode", "RecordedPayload", "recorded_payloads", rows)
        + cpp_code.test_of_records("PayloadRecords", [
            "replay_payloads<TypeParam>(recorded_payloads<TypeParam>);"]))
