#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write what Doxygen reads in place of the project's files, in the same folders below another.

A header: without the inline namespace, as a part of its folder's group, and without what is for the
SDK's own use. A document: with names for its headings as in links, which become references.
examples.dox: the examples, as the table in examples/README.md has them. Lines stay where they are,
for messages.

usage: prepare.py FOLDER
"""

import pathlib
import re
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
ROOTS = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md", "packaging/README.md", "docs", "include"]
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
END = "}  // namespace globus_sdk::inline v0\n"
HIDDEN = r"  /** @private */ \1"
# pages that are tables of contents: what they link to stands below them
CONTENTS = ["docs/guide/README.md", "docs/adr/README.md"]


def header(path, text):
    room = path.parent.name if path.parent.name != "globus_sdk" else "core"
    group = f"namespace globus_sdk {{ /** @addtogroup {room} */ /** @{{ */"
    public, end, _ = text.partition(END)  # after it templates of std are specialized
    text = public + ("/** @} */ }\n" if end else "")
    for pattern, instead in (
        (r"^namespace globus_sdk::inline v0 \{", group),
        (r"^namespace globus_sdk::inline v0::detail \{", "namespace globus_sdk::detail {"),
        (r"/// For the SDK's own use", "/// @private For the SDK's own use"),
        (r"^  ((?:explicit )?\w+\(detail::Connection )", HIDDEN),
        # tables of names, and what BasicBaseClient has
        (r"^(template <> struct ChoiceNames)", r"/** @private */ \1"),
        (r"^  (template <class \w> using \w+ = typename Base::template)", HIDDEN),
        (r"^  (using Document = typename Base::Document)", HIDDEN),
    ):
        text = re.sub(pattern, instead, text, flags=re.MULTILINE)
    return text


def page_name(document):
    """`guide-apps` of docs/guide/apps.md, `index` of README.md."""
    name = document.relative_to(PROJECT).with_suffix("").as_posix().lower()
    return "index" if name == "readme" else name.removeprefix("docs/").replace("/", "-")


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
    return text + examples() if path.name == "examples.dox" else text


def main():
    for root in ROOTS:
        root = PROJECT / root
        for path in [root] if root.is_file() else root.rglob("*"):
            if path.suffix not in (".hpp", ".md", ".dox"):
                continue
            target = pathlib.Path(sys.argv[1], path.relative_to(PROJECT))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(prepared(path))


if __name__ == "__main__":
    main()
