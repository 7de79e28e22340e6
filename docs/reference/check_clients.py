#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Say which clients lack a page of their own, or a method on it, and which pages show their templates.

Clients, and the names of their methods, are looked up in the headers once more, line by line: this
takes nothing from clients.py. Documents may tell of templates, and so may the pages of templates
that have no other name: programs with a client of their own write these.

usage: check_clients.py FOLDER
"""

import html
import pathlib
import re
import sys

import prepare

PROJECT = pathlib.Path(__file__).resolve().parents[2]
ALIAS = re.compile(r"^using (\w+) = (\w+)<Blocking>;$", re.MULTILINE)
METHOD = re.compile(r"^  (?!using |static |friend |return |template <|///?)\S.*?\b(\w+)\(", re.MULTILINE)
MACHINERY = re.compile(r"\bResult<|\bOptions<|\bMode\b|\bdetail::|\bv0\b")


def text_of(page):
    """What a page shows."""
    hidden = re.compile(r"<script.*?</script>|<head.*?</head>|<[^>]*>", re.DOTALL)
    return re.sub(r"\s*([<>])\s*", r"\1", html.unescape(hidden.sub("", page.read_text())))


def public_methods(headers, template):
    """The names of what a template and its bases declare, without constructors."""
    pattern = rf"^(?:template.*)?class {template}\b([^{{;]*)\{{[\s\S]*?^}};"
    found = re.search(pattern, headers, re.MULTILINE)
    body, base = found[0], re.search(r": public (\w+)", found[1])
    public = body.partition("\n public:\n")[2]
    public = re.split(r"^ (?:private|protected):$", public, flags=re.MULTILINE)[0]
    internal = re.compile(r"^  /// For the SDK's own use.*\n(?:  ///.*\n)*.*\n", re.MULTILINE)
    methods = set(METHOD.findall(internal.sub("", public))) - {template}
    return methods | public_methods(headers, base[1]) if base else methods


def page_of(folder, name):
    return folder / f"classglobus__sdk_1_1{name.replace('_', '__')}.html"


def faults_of_client(folder, name, methods):
    page = page_of(folder, name)
    if not page.exists():
        yield f"{name} has no page"
        return
    text = text_of(page)
    if f'<div class="title">{name}<' not in page.read_text():
        yield f"{page.name}: is not called {name}"
    for word in sorted(set(MACHINERY.findall(text))):
        yield f"{page.name}: shows {word}"
    for method in sorted(methods):
        if not re.search(rf"\b{method}\s?\(", text):
            yield f"{page.name}: has no {method}"


def documents():
    return {f"{prepare.page_name(path)}.html" for path in prepare.files() if path.suffix == ".md"}


def faults(folder):
    headers = "".join(path.read_text() for path in sorted((PROJECT / "include").rglob("*.hpp")))
    aliases = ALIAS.findall(headers)
    if not aliases:
        yield "the headers name no client"
    for name, template in aliases:
        yield from faults_of_client(folder, name, public_methods(headers, template))
    templates = re.compile(r"\b(" + "|".join(template for _, template in aliases) + r")\b")
    told = documents()
    for page in sorted([*folder.glob("*.html"), *folder.glob("search/*.js")]):
        if page.name in told or page.name.endswith("-example.html"):
            continue
        for template in sorted(set(templates.findall(text_of(page)))):
            yield f"{page.name}: shows {template}"


def main():
    found = list(faults(pathlib.Path(sys.argv[1])))
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
