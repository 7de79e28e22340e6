# SPDX-License-Identifier: Apache-2.0
"""What all generated code is made of: the files that are read, and functions of calls."""

import json
import re
from pathlib import Path

import naming_rule
from services import DEPARTURES, SERVICES

WIRE = Path(__file__).resolve().parent
INCLUDE = WIRE.parent.parent / "include" / "globus_sdk"


class Sources:
    """Reads files, and knows which: when one of them changes, the code is made anew."""

    def __init__(self):
        self.read = []

    def text(self, path):
        self.read.append(path)
        return path.read_text(encoding="utf-8")

    def records(self, name):
        return json.loads(self.text(WIRE / "records" / f"{name}.json"))

    def code(self, header):
        """A public header without its comments."""
        return re.sub(r"//.*", "", self.text(INCLUDE / header))

    def declared(self, client):
        """The code that declares a client's methods."""
        return "".join(self.code(header) for header in SERVICES[client].headers)


def declares(code, method):
    return re.search(rf"[ >&*]{naming_rule.name(method)}\(", code) is not None


def departures(client, method):
    return [entry for entry in DEPARTURES if entry.method in (method, f"{client}.{method}")]


def call_of(client, method, signature, arguments):
    """The call, by the rule and the method's departures from it."""
    shares_its_name = method in SERVICES[client].shared_names
    options_type = naming_rule.options_name(method, client if shares_its_name else "")
    arguments = dict(arguments)
    for entry in departures(client, method):
        options_type = entry.options or options_type
        for parameter in entry.left_out:
            arguments.pop(parameter, None)
    return naming_rule.Call(signature, arguments, options_type)


def result_type(client, method, python_type):
    for entry in departures(client, method):
        python_type = entry.returns.get(python_type, python_type)
    return python_type


def indented(lines):
    return ["  " + line for line in lines]


def function(heading, body):
    return [heading + " {", *indented(body), "}"]


def invocation(method, arguments):
    return f"client.{naming_rule.name(method)}({', '.join(arguments)})"


def functions(result, identifier, client, call, statement):
    """The function of a call for a client of any mode, with names for what stands in braces; and
    for a blocking one as one writes it in a line, where that differs.

    `statement` makes the last statement of the call's arguments.
    """
    names, arguments = call.named()
    lines = ["template <class Client>"]
    lines += function(f"{result} {identifier}(const Client& client)",
                      [*names, statement(arguments)])
    if call.needs_names():
        lines += function(f"{result} {identifier}(const {client}& client)",
                          [statement(call.braced())])
    return lines


def maker(client):
    """The name of the function that makes a client."""
    return "make_" + re.sub(r"(?<!^)(?=[A-Z])", "_", client).lower()


def made(client):
    """What a client is in a world."""
    service = SERVICES[client]
    if service.client:
        return f"Basic{client}<Mode>({maker(service.client)}(world))"
    return f"world.template client<Basic{client}>({service.made_of})"


def makers(clients):
    """Functions that make clients in a world, and the clients that they are made of."""
    needed = [name for client in clients for name in (SERVICES[client].client, client) if name]
    lines = []
    for client in dict.fromkeys(needed):
        lines += ["", "template <class Mode>",
                  *function(f"Basic{client}<Mode> {maker(client)}(World<Mode>& world)",
                            [f"return {made(client)};"])]
    return lines


def includes(clients, *others):
    """Includes of clients in every mode, and of other headers."""
    headers = []
    for client in clients:
        headers += [f"globus_sdk/{header}" for header in SERVICES[client].headers]
        modes = Path("wire") / (Path(SERVICES[client].headers[0]).parent.name + "_modes.hpp")
        headers += [str(modes)] if (WIRE.parent / modes).exists() else []
    return [f'#include "{header}"' for header in dict.fromkeys([*headers, *others])]


def file(include_lines, lines):
    return [*include_lines, "", "namespace globus_sdk_test {", "namespace {", "",
            "using namespace globus_sdk;", *lines, "", "}  // namespace",
            "}  // namespace globus_sdk_test"]


def table(parameter, row_type, name, rows):
    """An array of rows for each argument of a template with one parameter."""
    return ["", f"template <class {parameter}>", f"constexpr {row_type} {name}[] = {{",
            *indented(rows), "};"]


def vector(parameter, row_type, name, rows):
    """A function that returns rows, which may be none, for each argument of a template."""
    return ["", f"template <class {parameter}>", *function(
        f"std::vector<{row_type}> {name}()", ["return {", *indented(rows), "};"])]


def typed_test(suite, name, statements):
    return ["", *function(f"TYPED_TEST({suite}, {name})", statements)]


def test_in_modes(suite, name, statements):
    """A suite in every mode, and its first test."""
    return ["", f"template <class Mode> class {suite} : public testing::Test {{}};",
            f"TYPED_TEST_SUITE({suite}, Modes, ModeNames);", *typed_test(suite, name, statements)]


def test_of_records(name, statements):
    return test_in_modes(name, "AreReproduced", statements)
