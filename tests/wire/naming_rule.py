# SPDX-License-Identifier: Apache-2.0
"""How a call of the Python SDK's is written in C++: from its signature and its values alone.

Required parameters are positional, in Python's order, those that are keyword-only in Python too.
What has a default in Python is a member of one struct, the last parameter, whose name is the
method's in CamelCase with `Options` behind it; its members are given by designated initialisers in
Python's order. A name that is a keyword of C++ takes a `_`.

The examples below are tests: python3 -m doctest naming_rule.py
"""

import datetime
import re

# those that a parameter or a method could be called
KEYWORDS = set(
    """alignas and asm auto bool break case catch char class const continue default delete do
    double else enum explicit export extern false float for friend goto if inline int long
    mutable namespace new not operator or private protected public register requires return
    short signed sizeof static struct switch template this throw true try typedef typename union
    unsigned using virtual void volatile while xor""".split()
)

# parameters that are numbers of seconds in Python, besides those that may be a timedelta too
SECONDS = {"timeout", "polling_interval"}


class Expression(str):
    """A value that is C++ already."""


def name(python_name):
    """
    >>> name("label"), name("delete")
    ('label', 'delete_')
    """
    return python_name + "_" if python_name in KEYWORDS else python_name


def options_name(method, client=""):
    """The name of a method's options; of the client's, where another one has such a method, too.

    >>> options_name("operation_ls")
    'OperationLsOptions'
    >>> options_name("get_task", "SearchClient"), options_name("get_tunnel", "TransferClientV2")
    ('SearchGetTaskOptions', 'TransferV2GetTunnelOptions')
    """
    words = "".join(word.capitalize() for word in method.split("_"))
    return client.replace("Client", "") + words + "Options"


def text(value):
    r"""
    >>> print(text('a "b" \\ ü\n'), text("\x01" + "1"))
    "a \"b\" \\ ü\012" "\0011"
    """
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda c: "\\%03o" % ord(c.group()), escaped) + '"'


def braces(elements):
    return "{" + ", ".join(elements) + "}"


def is_pair(value):
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str)


def is_datetime(value):
    """Whether it is what Python was given as a datetime."""
    return isinstance(value, dict) and list(value) == ["$datetime"]


def moment(iso):
    """What Python was given as a datetime. The times of std::chrono are in UTC: another offset, and
    a time without one, are given as a text.

    >>> moment("2026-01-02T03:04:05+00:00")
    'std::chrono::sys_seconds(1767323045s)'
    >>> moment("2026-01-02T03:04:05.250000+00:00")
    'std::chrono::sys_time<std::chrono::microseconds>(1767323045250000us)'
    >>> moment("2026-01-02T03:04:05+02:00"), moment("2026-01-02T03:04:05")
    ('"2026-01-02T03:04:05+02:00"', '"2026-01-02T03:04:05"')
    """
    given = datetime.datetime.fromisoformat(iso)
    if given.utcoffset() != datetime.timedelta(0):
        return text(iso)
    epoch = datetime.datetime.fromtimestamp(0, datetime.timezone.utc)
    microseconds = (given - epoch) // datetime.timedelta(microseconds=1)
    if microseconds % 1000000:
        return f"std::chrono::sys_time<std::chrono::microseconds>({microseconds}us)"
    return f"std::chrono::sys_seconds({microseconds // 1000000}s)"


def json(value):
    """JSON as an argument. Where braces would mean something else, the type is named.

    >>> print(json({"a": [1, "x", None], "b": {"c": True}}), json(0.5))
    {{"a", {1, "x", nullptr}}, {"b", {{"c", true}}}} 0.5
    >>> print(json({}), json([]), json([["a", "b"]]))
    Json::object() Json::array() Json::array({{"a", "b"}})
    >>> print(json({"end": {"$datetime": "2026-01-02T03:04:05+00:00"}}))
    {{"end", Timestamp(std::chrono::sys_seconds(1767323045s)).iso_seconds()}}
    """
    if value is None:
        return "nullptr"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return text(value)
    if is_datetime(value):  # JSON has none: the text of one
        return f"Timestamp({moment(value['$datetime'])}).iso_seconds()"
    if isinstance(value, dict):
        members = [braces([text(key), json(member)]) for key, member in value.items()]
        return braces(members) if members else "Json::object()"
    elements = braces(json(element) for element in value)
    if not value:
        return "Json::array()"
    return f"Json::array({elements})" if all(map(is_pair, value)) else elements


def seconds(value):
    """
    >>> seconds(10), seconds(0.25)
    ('10s', '250ms')
    """
    return f"{value}s" if value == int(value) else f"{round(value * 1000)}ms"


def is_duration(parameter):
    """
    >>> is_duration({"name": "timeout", "type": "int"})
    True
    >>> is_duration({"name": "interval", "type": "int | datetime.timedelta"})
    True
    >>> is_duration({"name": "authentication_assurance_timeout", "type": "int"})
    False
    """
    return parameter["name"] in SECONDS or "timedelta" in parameter["type"]


def element_class(python_type):
    """The payload class that a list is of.

    >>> element_class("Iterable[DependentScopeSpec] | MissingType")
    'DependentScopeSpec'
    >>> element_class("Iterable[uuid.UUID | str]"), element_class("list[str | TransferFilterDict]")
    (None, None)
    """
    found = re.search(r"(?:Iterable|list)\[([A-Z]\w*)\]", python_type)
    return found and found[1]


def is_json(python_type):
    return python_type == "Any" or bool(re.search(r"\bdict\[|TransferFilterDict", python_type))


def value(parameter, given):
    """What is given for a parameter.

    >>> value({"name": "ids", "type": "str | Iterable[str]"}, ["a", "b"])
    '{"a", "b"}'
    >>> value({"name": "ids", "type": "str | Iterable[str]"}, [])
    'Strings()'
    >>> value({"name": "specs", "type": "Iterable[DependentScopeSpec]"}, ["a"])
    '{DependentScopeSpec("a")}'
    >>> value({"name": "timeout", "type": "int"}, 10)
    '10s'
    >>> interval = {"name": "interval", "type": "datetime.timedelta | int | None"}
    >>> value(interval, 90.5), value(interval, None)
    ('90500ms', 'nullptr')
    """
    if is_datetime(given):
        return moment(given["$datetime"])
    if isinstance(given, Expression):
        return given
    if isinstance(given, (int, float)) and is_duration(parameter):
        return seconds(given)
    if isinstance(given, list):
        of_class = element_class(parameter["type"])
        if of_class:
            return braces(f"{of_class}({json(element)})" for element in given)
        if not given and not is_json(parameter["type"]):
            return "Strings()"
    return json(given)


def argument_type(parameter, given):
    """The type of an argument that stands in braces.

    >>> argument_type({"name": "ids", "type": "Iterable[str]"}, ["a"])
    'Strings'
    >>> argument_type({"name": "data", "type": "dict[str, Any] | TransferData"}, {})
    'Json'
    """
    of_text = isinstance(given, list) and all(isinstance(element, str) for element in given)
    return "Strings" if of_text and not is_json(parameter["type"]) else "Json"


def alternatives(python_type):
    """
    >>> alternatives("uuid.UUID | str | Iterable[uuid.UUID | str] | MissingType")
    ['uuid.UUID', 'str', 'Iterable', 'MissingType']
    """
    while "[" in python_type:
        python_type = re.sub(r"\[[^\[\]]*\]", "", python_type)
    return python_type.split(" | ")


def other_forms(parameter, given):
    """The forms besides a recorded one that the type has.

    >>> other_forms({"type": "str | list[str] | MissingType", "default": "MISSING"}, "a")
    ['{"a", "a"}']
    >>> other_forms({"type": "str | list[str] | None | MissingType", "default": "MISSING"}, ["a"])
    ['"a"', 'nullptr']
    >>> other_forms({"type": "datetime.datetime | str"}, {"$datetime": "2026-01-02"})
    ['"2026-01-02"']
    >>> other_forms({"type": "int | Literal['exists', 'size']"}, "exists")
    ['1']
    >>> other_forms({"type": "dict[str, Any] | None", "default": "None"}, {"a": 1})
    []
    >>> other_forms({"type": "datetime.timedelta | int | None"}, 7)
    ['nullptr']
    """
    types = alternatives(parameter["type"])
    forms = []
    if isinstance(given, str):
        if {"Iterable", "list"} & set(types):
            forms.append(braces([text(given), text(given)]))
        if "int" in types:
            forms.append("1")
    elif "str" in types and isinstance(given, list) and given:
        forms.append(json(given[0]))
    elif "str" in types and isinstance(given, dict) and "$datetime" in given:
        forms.append(text(given["$datetime"]))
    # a default of None is what is not sent
    if "None" in types and parameter.get("default") != "None":
        forms.append("nullptr")
    return [Expression(form) for form in forms]


def whole_arguments(signature, recorded):
    """Arguments that no record has, which are to be compiled all the same: all of a method's at
    once, so that their order counts; then the same in their other forms.

    >>> signature = [{"name": "b", "type": "int"}, {"name": "a", "type": "str | list[str]"}]
    >>> whole_arguments(signature, [{"a": "x"}, {"b": 1}])
    [{'b': 1, 'a': 'x'}, {'b': 1, 'a': '{"x", "x"}'}]
    >>> whole_arguments(signature, [{"a": "x", "b": 1}])
    [{'b': 1, 'a': '{"x", "x"}'}]
    >>> whole_arguments([{"name": "never_recorded", "type": "bool | MissingType"}], [{}])
    [{'never_recorded': True}]
    """
    whole = {}
    for parameter in signature:
        values = [arguments[parameter["name"]] for arguments in recorded
                  if parameter["name"] in arguments]
        if not values and "bool" in alternatives(parameter["type"]):
            values = [True]
        if values:
            whole[parameter["name"]] = values[0]
    forms = {parameter["name"]: other_forms(parameter, whole[parameter["name"]])
             for parameter in signature if parameter["name"] in whole}
    in_other_forms = [
        {**whole, **{name: form[index] for name, form in forms.items() if index < len(form)}}
        for index in range(max(map(len, forms.values()), default=0))]
    return [arguments for arguments in [whole, *in_other_forms] if arguments not in recorded]


def takes_text(parameter):
    """Whether a text is one of the forms that a parameter takes.

    >>> takes_text({"type": "uuid.UUID | str"}), takes_text({"type": "str | Iterable[str]"})
    (True, True)
    >>> takes_text({"type": "dict[str, Any]"}), takes_text({"type": "Literal['a', 'b']"})
    (False, False)
    """
    return bool({"uuid.UUID", "str"} & set(alternatives(parameter["type"])))


def is_temporary(argument):
    """Whether an argument makes an object that has a destructor.

    >>> is_temporary('{"a", "b"}'), is_temporary("Json::object()"), is_temporary('"a"')
    (True, True, False)
    """
    return argument.startswith(("{", "Json::", "Strings("))


def takes_texts(parameter):
    """Whether a list of texts is one of the forms that a parameter takes.

    >>> takes_texts({"type": "str | Iterable[str]"}), takes_texts({"type": "list[dict[str, Any]]"})
    (True, False)
    """
    return re.search(r"(?:Iterable|list)\[(?:uuid\.UUID|str)", parameter["type"]) is not None


def is_required(parameter):
    return "default" not in parameter and not parameter["kind"].startswith("var_")


def check_arguments(signature, arguments):
    """
    >>> signature = [{"name": "a", "kind": "keyword_only"}, {"name": "args", "kind": "var_keyword"}]
    >>> check_arguments(signature, {"a": 1, "b": 1})
    Traceback (most recent call last):
    ValueError: the signature has no b
    >>> check_arguments(signature, {})
    Traceback (most recent call last):
    ValueError: there is no a
    """
    known = {parameter["name"] for parameter in signature}
    for given in arguments:
        if given not in known:
            raise ValueError(f"the signature has no {given}")
    for parameter in signature:
        if is_required(parameter) and parameter["name"] not in arguments:
            raise ValueError(f"there is no {parameter['name']}")


class Call:
    """The arguments of a call in C++.

    >>> def parameter(name, type, **default):
    ...     return {"name": name, "kind": "positional_or_keyword", "type": type, **default}
    >>> ls = [parameter("endpoint_id", "uuid.UUID | str"),
    ...       parameter("path", "str | MissingType", default="MISSING"),
    ...       parameter("orderby", "str | list[str] | MissingType", default="MISSING")]
    >>> call = Call(ls, {"endpoint_id": "e", "orderby": ["a", "b"], "path": "/~/"}, "LsOptions")
    >>> print(*call.braced(), sep=", ")
    "e", {.path = "/~/", .orderby = {"a", "b"}}
    >>> call.needs_names()
    True
    >>> statements, arguments = call.named()
    >>> print(*statements, *arguments, sep=chr(10))
    const LsOptions options{.path = "/~/", .orderby = {"a", "b"}};
    "e"
    options
    >>> update = [parameter("task_id", "str"), parameter("data", "dict[str, Any]")]
    >>> print(Call(update, {"task_id": "x", "data": {}}, "").named()[0])
    ['const Json data = Json::object();']
    >>> statements, arguments = Call(update, {"data": {"a": 1}, "task_id": "x"}, "").named()
    >>> print(*statements, *arguments, sep=chr(10))
    const Json data = {{"a", 1}};
    "x"
    data
    """

    def __init__(self, signature, arguments, options_type):
        check_arguments(signature, arguments)
        given = [(parameter, arguments[parameter["name"]])
                 for parameter in signature if parameter["name"] in arguments]
        self.required = [pair for pair in given if is_required(pair[0])]
        self.options = braces(f".{name(parameter['name'])} = {value(parameter, argument)}"
                              for parameter, argument in given if not is_required(parameter))
        self.options_type = options_type

    def has_options(self):
        return self.options != "{}"

    def braced(self):
        """As one writes it in one line."""
        arguments = [value(parameter, given) for parameter, given in self.required]
        return arguments + [self.options] if self.has_options() else arguments

    def needs_names(self):
        return any(map(is_temporary, self.braced()))

    def named(self):
        """The statements that name what is made for the call, and the arguments of the call: the form
        of asynchronous calls on g++ 12."""
        statements, arguments = [], []
        for parameter, given in self.required:
            argument = value(parameter, given)
            if is_temporary(argument):
                variable = name(parameter["name"])
                statements.append(
                    f"const {argument_type(parameter, given)} {variable} = {argument};")
                argument = variable
            arguments.append(argument)
        if self.has_options():
            statements.append(f"const {self.options_type} options{self.options};")
            arguments.append("options")
        return statements, arguments
