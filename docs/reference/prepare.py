#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write what Doxygen reads in place of the project's files, in the same folders below another.

A header: with the classes that users write in place of their templates (clients.py), without the
inline namespace, as a part of its folder's group, and without what is for the SDK's own use. A
document: with names for its headings as in links, which become references; the start page also with
a table of the clients. groups.dox: with each group's clients. examples.dox: the examples, as the
table in examples/README.md has them. header.html: with the navigation. Lines stay where they are,
for messages.

usage: prepare.py FOLDER
"""

import functools
import html
import pathlib
import re
import sys

import clients

PROJECT = pathlib.Path(__file__).resolve().parents[2]
ROOTS = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md", "packaging/README.md", "docs", "include"]
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
END = "}  // namespace globus_sdk::inline v0\n"
HIDDEN = r"  /** @private */ \1"
START = "docs/reference/start.md"
# pages that are tables of contents: what they link to stands below them
CONTENTS = ["docs/guide/README.md", "docs/adr/README.md"]


@functools.cache
def headers():
    paths = sorted((PROJECT / "include").rglob("*.hpp"))
    return clients.read([path.read_text() for path in paths])


def room_of(header):
    return header.parent.name if header.parent.name != "globus_sdk" else "core"


@functools.cache
def rooms():
    """The groups in groups.dox: their titles, by their names."""
    groups = (PROJECT / "docs/reference/groups.dox").read_text()
    return dict(re.findall(r"^@defgroup (\w+) (.*)$", groups, re.MULTILINE))


@functools.cache
def clients_by_room():
    """The classes that have a template, with their headers, by the names of the groups."""
    found = {room: [] for room in rooms()}
    for path in sorted((PROJECT / "include").rglob("*.hpp")):
        for name, template in clients.ALIAS.findall(path.read_text()):
            found[room_of(path)].append((name, headers().templates[template], path))
    return {room: classes for room, classes in found.items() if classes}


def header(path, text):
    group = f"namespace globus_sdk {{ /** @addtogroup {room_of(path)} */ /** @{{ */"
    text = clients.as_users_see_it(text, headers())
    public, end, _ = text.partition(END)  # after it templates of std are specialized
    text = public + ("/** @} */ }\n" if end else "")
    for pattern, instead in (
        (r"^namespace globus_sdk::inline v0 \{", group),
        (r"^namespace globus_sdk::inline v0::detail \{", "namespace globus_sdk::detail {"),
        # what stands above the includes is about the header
        (r"^(#pragma once\n)\n(?=(///.*\n)+\n#include)", r"\1/// @file\n"),
        # a field that begins empty
        (r"^(  \w.* \w+)\{\};", r"\1;"),
        (r"/// For the SDK's own use", "/// @private For the SDK's own use"),
        (r"^  ((?:explicit )?\w+\(detail::Connection )", HIDDEN),
        # tables of names, and what BasicBaseClient has
        (r"^(template <> struct ChoiceNames)", r"/** @private */ \1"),
        (r"^  (template <class \w> using \w+ = typename Base::template)", HIDDEN),
        (r"^  (using Document = typename Base::Document)", HIDDEN),
    ):
        text = re.sub(pattern, instead, text, flags=re.MULTILINE)
    # a constraint that is named there is shown by its name alone
    return re.sub(r"(?<![\w:])detail::", "", text)


def page_name(document):
    """`guide-apps` of docs/guide/apps.md, `index` of the start page."""
    name = document.relative_to(PROJECT).with_suffix("").as_posix().lower()
    return "index" if document == PROJECT / START else name.removeprefix("docs/").replace("/", "-")


def heading_name(document, heading):
    slug = re.sub(r"[^a-z0-9_ -]", "", heading.lower()).replace(" ", "-")
    return f"{page_name(document)}-{slug}"


def link(document, text, target):
    if "://" in target:
        return f"[{text}]({target})"
    file, _, heading = target.partition("#")
    path = (document.parent / file).resolve() if file else document
    if path.suffix == ".md" and heading:
        return f"[{text}](@ref {page_name(path)}-{heading})"
    if path.suffix == ".md" and document.relative_to(PROJECT).as_posix() in CONTENTS:
        if path.parent == document.parent:
            return f'@subpage {page_name(path)} "{text}"'
    if path.suffix == ".md":
        return f"[{text}](@ref {page_name(path)})"
    if path.suffix == ".cpp" and path.parent.name == "examples":
        return f"[{text}](@ref {path.name})"
    return f"[{text}]({path.name})"


def line_of_document(path, line):
    title = re.match(r"(#+) (.*)$", line)
    if title and title[1] == "#":
        return line if page_name(path) == "index" else f"{line} {{#{page_name(path)}}}"
    if title:
        return f"{line} {{#{heading_name(path, title[2])}}}"
    return LINK.sub(lambda match: link(path, match[1], match[2]), line)


def document(path, text):
    lines, code = [], False
    for line in text.split("\n"):
        code = code != line.startswith("```")
        lines.append(line if code else line_of_document(path, line))
    return "\n".join(lines).replace("<!-- clients -->", table_of_clients())


def table_of_clients():
    rows = ["| | |", "|---|---|"]
    for classes in clients_by_room().values():
        for name, template, path in classes:
            file = path.relative_to(PROJECT / "include").as_posix()
            rows.append(f"| [{name}](@ref globus_sdk::{name}) | {clients.brief(template.comment)} <br/>`{file}` |")
    return "\n".join(rows)


def groups(text):
    for room, classes in clients_by_room().items():
        names = ", ".join(f"@ref globus_sdk::{name} \"{name}\"" for name, _, _ in classes)
        head = re.compile(rf"^@defgroup {room} .*\n@brief .*$", re.MULTILINE)
        text = head.sub(rf"\g<0>\n\n@par Start with\n{names}", text)
    return text


def navigation_link(page, title):
    return f'<li><a href="$relpath^{page}.html">{html.escape(title)}</a></li>'


def file_of(kind, name):
    return kind + name.replace("_", "__").replace("::", "_1_1")


def navigation():
    """The lists of links that every page has beside it."""
    documents = (PROJECT / "docs/guide/README.md").read_text()
    guide = re.findall(r"^\| \[(.*?)\]\(([\w-]+)\.md\)", documents, re.MULTILINE)
    parts = {
        "Clients": [
            (file_of("class", f"globus_sdk::{name}"), name)
            for classes in clients_by_room().values()
            for name, _, _ in classes
        ],
        "Guide": [(f"guide-{page}", title) for title, page in guide],
        "Classes by topic": [(file_of("group__", room), title) for room, title in rooms().items()],
        "More": [
            ("annotated", "All classes"),
            ("from-python", "From Python"),
            ("examples-readme", "Examples"),
            ("sandbox", "The sandbox"),
            ("public-api", "What is promised"),
            ("architecture", "Architecture"),
            ("adr-readme", "Decisions"),
            ("changelog", "Changes"),
            ("readme", "README"),
        ],
    }
    lines = []
    for title, links in parts.items():
        lines += [f"<h2>{title}</h2>", "<ul>"]
        lines += [navigation_link(*link) for link in links] + ["</ul>"]
    return "\n".join(lines)


def examples():
    table = (PROJECT / "examples/README.md").read_text()
    rows = re.findall(r"^\| \[\w+\]\((\w+\.cpp)\) \| (.*) \|$", table, re.MULTILINE)
    return "".join(f"/** @example {file}\n{text} */\n" for file, text in rows)


def prepared(path):
    text = path.read_text()
    if path.suffix == ".hpp":
        return header(path, text)
    if path.suffix == ".md":
        return document(path, text)
    if path.name == "groups.dox":
        return groups(text)
    if path.name == "examples.dox":
        return text + examples()
    return text.replace("<!-- navigation -->", navigation())


def files():
    for root in ROOTS:
        root = PROJECT / root
        paths = [root] if root.is_file() else sorted(root.rglob("*"))
        yield from (path for path in paths if path.suffix in (".hpp", ".md", ".dox", ".html"))


def main():
    for path in files():
        target = pathlib.Path(sys.argv[1], path.relative_to(PROJECT))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(prepared(path))


if __name__ == "__main__":
    main()
