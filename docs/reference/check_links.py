#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Say which links of HTML pages lead to no page, or, from a document, to no place in one.

Doxygen's own pages link to operators that it shows nowhere.

usage: check_links.py FOLDER
"""

import html.parser
import pathlib
import sys
import urllib.parse


OWN_PAGES = ("class", "struct", "functions")


class Page(html.parser.HTMLParser):
    """Where a page links to, and what of it can be linked to."""

    def __init__(self, file):
        super().__init__()
        self.links = set()
        self.names = set()
        self.feed(file.read_text())

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("id", "name") and value:
                self.names.add(value)
            elif name in ("href", "src") and tag in ("a", "img") and value:
                self.links.add(value)


def faults(folder):
    pages = {file.name: Page(file) for file in folder.glob("*.html")}
    for name, page in sorted(pages.items()):
        for link in sorted(page.links):
            target = urllib.parse.urlsplit(link)
            if target.scheme or target.netloc:
                continue
            file = urllib.parse.unquote(target.path) or name
            if not (folder / file).exists():
                yield f"{name}: no such file: {link}"
            elif target.fragment and file in pages and not name.startswith(OWN_PAGES):
                if target.fragment not in pages[file].names:
                    yield f"{name}: no such place: {link}"


def main():
    found = list(faults(pathlib.Path(sys.argv[1])))
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
