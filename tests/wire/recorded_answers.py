# SPDX-License-Identifier: Apache-2.0
"""Typed views of the recorded answers as C++: each member of a view, and what a view is of.

The examples below are tests: python3 -m doctest recorded_answers.py
"""

import re

import cpp_code
import naming_rule

# The answers that views are of: by client and method the view, and the member of the answer that
# has the items which it is of. "" is for an answer that is an array itself, None for one that is
# the document.
VIEWS = {
    "FlowsClient": {
        "cancel_run": ("Run", None),
        "delete_run": ("Run", None),
        "get_run": ("Run", None),
        "list_runs": ("Run", "runs"),
        "update_run": ("Run", None),
    },
    "GroupsClient": {
        "batch_membership_action": ("GroupMembership", "add"),
        "create_group": ("Group", None),
        "delete_group": ("Group", None),
        "get_group": ("Group", None),
        "get_my_groups": ("Group", ""),
        "update_group": ("Group", None),
    },
    "SearchClient": {
        "get_subject": ("GMetaResult", None),
        "post_search": ("SearchResult", None),
        "search": ("SearchResult", None),
    },
    "SpecificFlowClient": {
        "resume_run": ("Run", None),
        "run_flow": ("Run", None),
    },
    "TimersClient": {
        "create_job": ("Timer", None),
        "create_timer": ("Timer", None),
        "delete_job": ("Timer", None),
        "get_job": ("Timer", None),
        "list_jobs": ("Timer", "jobs"),
        "update_job": ("Timer", None),
    },
    "TransferClient": {
        "endpoint_manager_task_list": ("Task", "DATA"),
        "endpoint_search": ("Endpoint", "DATA"),
        "get_endpoint": ("Endpoint", None),
        "get_task": ("Task", None),
        "operation_ls": ("FileEntry", "DATA"),
        "operation_stat": ("FileEntry", None),
        "task_list": ("Task", "DATA"),
    },
}


def views_in(code):
    """The views that a header defines, each with its members and where these come from.

    >>> views_in('struct A { JsonMember<Choice<B>> c{document, "d"}; JsonMember<bool> e{'
    ...          'document, detail::name_in(document, "f", "g")}; }; struct Other { int h; };')
    {'A': [('c', '"d"'), ('e', '"f", "g"')]}
    """
    views = {}
    _, *pieces = re.split(r"\bstruct (\w+) \{", code)
    for name, body in zip(pieces[::2], pieces[1::2]):
        members = re.findall(r"JsonMember<[\w:<>]+>\s+(\w+)\{\s*document,\s*([^}]*)\}", body)
        if members:
            views[name] = [(member, ", ".join(re.findall(r'"\w+"', source)))
                           for member, source in members]
    return views


def check_names(view, members):
    """A member is called as in the document, by the rule that holds for parameters.

    >>> check_names("A", [("c", '"d"')])
    Traceback (most recent call last):
    ValueError: A::c is of "d"
    """
    for member, keys in members:
        if f'"{member}"' != re.sub(r'"(\w+)".*', lambda key: f'"{naming_rule.name(key[1])}"', keys):
            raise ValueError(f"{view}::{member} is of {keys}")


def headers_with_views(sources):
    found = {}
    for path in sorted(cpp_code.INCLUDE.rglob("*.hpp")):
        header = str(path.relative_to(cpp_code.INCLUDE))
        views = views_in(sources.code(header)) if header != "core/json_member.hpp" else {}
        if views:
            found[header] = views
    return found


def members_of(view, members):
    """How all members of a view are gone over."""
    return ["", f"template <> struct Members<{view}> {{",
            "  template <class Check>",
            f"  static void check(const {view}& view, Check& check) {{",
            *[f"    check({{{keys}}}, view.{member});" for member, keys in members], "  }", "};"]


def reading(client, method, view, member):
    condition = f'if (client == "{client}" && method == "{method}")'
    if member is None:
        return [f"{condition} return disagreement_of<{view}>(response);"]
    items = f'response.data()["{member}"]' if member else "response.data()"
    return [condition, f"  return disagreement_of_items<{view}>({items});"]


def code(sources):
    headers = headers_with_views(sources)
    views = {view: members for found in headers.values() for view, members in found.items()}
    lines = []
    for view, members in views.items():
        check_names(view, members)
        lines += members_of(view, members)
    readings = [line for client, methods in VIEWS.items() for method, read in methods.items()
                for line in reading(client, method, *read)]
    include_lines = [f'#include "globus_sdk/{header}"' for header in headers]
    return [*include_lines, '#include "wire/view_members.hpp"', "", "namespace globus_sdk_test {",
            "", "using namespace globus_sdk;", *lines, "",
            *cpp_code.function("Disagreement view_disagreement(std::string_view client, "
                               "std::string_view method, const GlobusHTTPResponse& response)",
                               [*readings, "return {};"]),
            "", "}  // namespace globus_sdk_test"]
