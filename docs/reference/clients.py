# SPDX-License-Identifier: Apache-2.0
"""The classes that users write, made of the templates that define them.

`using TransferClient = BasicTransferClient<Blocking>;` names such a class. Doxygen reads a class of
that name in place of the template: with what the template has and what its bases give, in groups as
the headers' section comments have them, each method as it is called in the ordinary mode, and with
the fields of its options. Everything is taken from the headers, which clang-format laid out.
"""

import collections
import html
import re
import typing


class Member(typing.NamedTuple):
    """A member of a class, or a field of a struct."""

    line: int  # of its comment, counted from the class's
    section: str
    comment: list  # of lines, without their slashes
    code: str  # on one line


class Template(typing.NamedTuple):
    name: str
    base: str
    comment: list
    members: list
    inherits_constructors: bool


class Headers(typing.NamedTuple):
    """What all headers have together."""

    classes: dict  # names of classes, by the names of their templates
    templates: dict  # by their names
    options: dict  # fields of structs, by the names of the structs that one function takes
    documents: dict  # classes of parameters, by the names that their types have in templates
    concepts: dict  # pairs of comment and definition, by their names


STRING = r'"(?:\\.|[^"\\])*"'
COMMENT = r"(?:^///[^\n]*\n)*"
ALIAS = re.compile(rf"{COMMENT}^using (\w+) = (\w+)<Blocking>;\n", re.MULTILINE)
INSTANCE = re.compile(r"^extern template [^;]*;\n", re.MULTILINE)
TEMPLATE = re.compile(
    rf"({COMMENT})^template <(?:template <class> class Client, )?class Mode>\s+"
    r"class (?:\[\[nodiscard\]\] )?(?:GLOBUS_SDK_EXPORT )?(\w+)(?: final)?"
    r"(?:\s*:\s*public (\w+)<[^{;]*>)?\s*\{\n(.*?)^\};\n",
    re.MULTILINE | re.DOTALL,
)
STRUCT = re.compile(r"^struct (\w+) \{\n(.*?)^\};\n", re.MULTILINE | re.DOTALL)
SAME = re.compile(r"^using (\w+) = (\w+);$", re.MULTILINE)
CONCEPT = re.compile(rf"({COMMENT})^template <class \w+>\nconcept (\w+) =([^;]*;[^;]*)", re.MULTILINE)
DOCUMENT = re.compile(r"using (\w+) = typename Mode::template DocumentOf<(?:globus_sdk::)?(\w+)>;")
ACCESS = re.compile(r" (public|protected|private):$")
SECTION = re.compile(r"  // -{4} (.*?) -+$")

CONSTRUCTORS, METHODS, CONSTANTS = "constructors", "methods", "types and constants"
HOW_TO_CALL = """
 @par How to call it
 A method returns when its answer is there, and throws an error where none comes. What async()
 returns has the same methods for coroutines: `co_await` gives what a method returns here. What may be
 left out is a field of the last parameter, given by name: `{.label = "nightly"}`. A
 `std::string_view` may be any text, also one out of an answer: `answer["id"]`.
""".rstrip()
ALL_PAGES = "paginated() gives all pages, as one range."


def closing(text, start):
    """Where the bracket closes that stands at `start`: the place after it."""
    opens, closes = text[start], {"(": ")", "<": ">", "{": "}"}[text[start]]
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == opens) - (text[place] == closes)
        if depth == 0:
            return place + 1
    raise ValueError(f"nothing closes: {text[start:]}")


def is_whole(code):
    """Whether a member ends where this code does."""
    bare = re.sub(STRING, "", code)
    balanced = all(bare.count(a) == bare.count(b) for a, b in ("()", "{}"))
    return balanced and bare.endswith((";", "}"))


def members(body, access):
    """The public members of a class, which begins with `access`."""
    section, comment, code, first = "", [], [], 0
    for number, line in enumerate(body.split("\n")):
        text, _, beside = line.strip().partition("///<")
        if not text.startswith("///"):
            text = re.sub(rf"({STRING})|\s*//.*", r"\1", text).strip()
        if not code and (match := ACCESS.match(line)):
            access = match[1]
        elif not code and (match := SECTION.match(line)):
            section = match[1]
        elif not code and text.startswith("///"):
            first = first if comment else number
            comment.append(text[3:])
        elif code or (text and not text.startswith("#")):
            first = first if code or comment else number
            code.append(text)
            comment += [beside] if beside else []
        if code and is_whole(" ".join(code)):
            if access == "public":
                whole = re.sub(r"(?<=[(\[{<]) ", "", " ".join(code))
                yield Member(first, section, comment, whole)
            comment, code = [], []


def read(texts):
    """What the headers have, of which these are the texts."""
    text = "\n".join(texts)
    templates = {
        name: Template(
            name,
            base,
            [line[3:] for line in comment.splitlines()],
            list(members(body, "private")),
            "using Base::Base;" in body,
        )
        for comment, name, base, body in TEMPLATE.findall(text)
    }
    classes = {template: name for name, template in ALIAS.findall(text)}
    unread = classes.keys() - templates.keys()
    if unread:
        raise SystemExit(f"clients.py cannot read {', '.join(sorted(unread))}: see TEMPLATE")
    parameters = collections.Counter(
        name
        for template in templates.values()
        for member in template.members
        for name in re.findall(r"(?:Options<|const )(\w+)(?:>|&) \w+ = \{\}", member.code)
    )
    structs = {name: list(members(body, "public")) for name, body in STRUCT.findall(text)}
    structs |= {name: structs[same] for name, same in SAME.findall(text) if same in structs}
    return Headers(
        classes=classes,
        templates=templates,
        options={name: fields for name, fields in structs.items() if parameters[name] == 1},
        documents=dict(DOCUMENT.findall(text)),
        concepts={name: (comment, code) for comment, name, code in CONCEPT.findall(text)},
    )


def brief(comment):
    """The first sentence of a comment."""
    text = "\n".join(comment).strip().split("\n\n")[0]
    return re.split(r"(?<=\.)\s", " ".join(text.split()), maxsplit=1)[0]


def declaration(code):
    """A function without its body."""
    place = 0
    while place < len(code):
        if code[place] == "(":
            place = closing(code, place)
        elif code[place] in "{;" or code.startswith(" : ", place):
            return code[:place].strip()
        else:
            place += 1
    return code


def unwrapped(text, wrapper, form):
    """`wrapper<T>` as `form` has it, whose {} is the T."""
    while match := re.search(rf"\b{wrapper}<", text):
        end = closing(text, match.end() - 1)
        text = text[: match.start()] + form.format(text[match.end() : end - 1]) + text[end:]
    return text


def constraint_after(text):
    """The constraint at the beginning of a text, and what stands behind it."""
    end = 0
    while True:
        end = re.compile(r"!?[\w:]*").match(text, end).end()
        if text[end : end + 1] in ("(", "<", "{"):
            end = closing(text, end)
        more = re.compile(r" (?:&&|\|\|) ").match(text, end)
        if not more:
            return text[:end], text[end:].strip()
        end = more.end()


def unconstrained(text, template, headers):
    """A function without the constraints of its own use; nothing where the class does not meet them."""
    head = ""
    if text.startswith("template <"):
        end = closing(text, len("template "))
        head, text = text[len("template <") : end - 1], text[end:].strip()
    if text.startswith("requires"):
        constraint, text = constraint_after(text.removeprefix("requires").strip())
        for concept in re.findall(r"detail::(\w+)<Client<Mode>>", constraint):
            definition = headers.concepts.get(concept, ("", ""))[1]
            needed = re.search(r"requires \{ Client::(\w+); \}", definition)
            if needed and not any(needed[1] in member.code for member in template.members):
                return None
    if "class Other = Async" in head:
        head = ""
    for concept, parameter in re.findall(r"detail::(\w+) (\w+)", head):
        # "An app as the parameter of a client: GlobusApp, or a class that is derived from it."
        comment = headers.concepts.get(concept, ("", ""))[0]
        base = re.search(r"(\w+), or a\s(?:///)?\s?class that is derived from it", comment)
        if base and head == f"detail::{concept} {parameter}":
            head, text = "", re.sub(rf"\b{parameter}\b", base[1], text)
        else:
            head = head.replace(f"detail::{concept} {parameter}", f"class {parameter}")
    return f"template <{head}> {text}" if head else text


def as_called(code, owner, template, headers):
    """A function of `owner` as a user of the class sees it; nothing where no user can call it."""
    text = declaration(code)
    if re.search(r"= delete$", text):
        return None
    text = unconstrained(text, template, headers)
    if not text:
        return None
    for word in ("explicit ", "[[nodiscard]] ", " GLOBUS_SDK_LIFETIMEBOUND"):
        text = text.replace(word, "")
    name = re.search(r"(\S+)\(", text)
    if re.search(r"\b(InMode|Paginated)<", text[: name.start()]):
        text = "auto " + text[name.start() :]
    text = re.sub(rf"\b{owner}\b(<Mode>)?|\bClient<Mode>", headers.classes[template.name], text)
    text = re.sub(r"\b(\w+)<Mode>", lambda match: headers.classes.get(match[1], match[0]), text)
    text = unwrapped(unwrapped(text, "Result", "{}"), "Options", "const {}&")
    for alias, parameter in headers.documents.items():
        text = re.sub(rf"\b{alias}\b(?= \w)", f"const {parameter}&", text)
    text = re.sub(r"\bText\b(?= \w)", "std::string_view", text)
    text = text[: closing(text, re.search(r"\w\(", text).end() - 1)]
    return None if "detail::" in text else text + ";"


def field(member):
    """A line of a list: the name, type and meaning of a field."""
    kind, name, value = re.match(r"([^={]*) (\w+)([^;]*);", member.code).groups()
    nullable = "Nullable<" in kind
    for wrapper in ("Field", "Nullable", "Choice"):
        kind = unwrapped(kind, wrapper, "{}")
    default = re.match(r"\s*=\s*(.*)", value)
    meaning = " ".join("\n".join(member.comment).strip().split("\n\n")[0].split())
    return (
        f"   - `{name}` ({html.escape(kind)}{' or null' if nullable else ''}"
        f"{f', by default `{default[1]}`' if default else ''}): {meaning}"
    )


def first_line(comment, pattern, start=0):
    """The number of the first line that begins so; behind the last where none does."""
    matching = (n for n in range(start, len(comment)) if re.match(pattern, comment[n]))
    return next(matching, len(comment))


def with_fields(comment, text, headers):
    """The comment of a function, with the fields of its options."""
    match = re.search(r"const (\w+)& (\w+) = \{\}", text)
    fields = headers.options.get(match[1]) if match else None
    if not fields:
        return comment
    lines = [field(member) for member in fields]
    written = first_line(comment, f" @param {match[2]} ")
    if written < len(comment):
        end = first_line(comment, r" @| *$", written + 1)
        return comment[:end] + lines + comment[end:]
    lines.insert(0, f" @param {match[2]} {match[1]}, with any of these fields:")
    end = first_line(comment, r" @(?!param)")
    apart = [""] if end and not comment[end - 1].startswith((" @", "  ")) and comment[end - 1] else []
    return comment[:end] + apart + lines + comment[end:]


def with_pages(comment, code):
    """The comment of a function, with a word on paging where it is about a listing in pages."""
    if "send_paged<" not in code:
        return comment
    end = first_line(comment, " @")
    apart = [""] if end and comment[end - 1] else []
    return comment[:end] + apart + [" " + ALL_PAGES, ""] + comment[end:]


def shown(template, owner, headers):
    """What a user sees of one template: groups, and the members in them."""
    for member in owner.members:
        if "For the SDK's own use" in " ".join(member.comment) or member.code.startswith("friend"):
            continue
        is_data = re.match(r"(template <[^>]*> )?using |static constexpr (?!.*\) \{)", member.code)
        if is_data:
            if not re.search(r"\b(Base|Mode)\b", member.code):
                yield CONSTANTS, member._replace(code=re.sub(r"\bdetail::", "", member.code))
            continue
        is_constructor = re.search(rf"(^|\s){owner.name}\(", declaration(member.code)) is not None
        if is_constructor and owner is not template and not template.inherits_constructors:
            continue
        text = as_called(member.code, owner.name, template, headers)
        if text:
            comment = with_pages(with_fields(member.comment, text, headers), member.code)
            group = CONSTRUCTORS if is_constructor else member.section or METHODS
            line = member.line if owner is template and not is_constructor else 0
            yield group, Member(line, group, comment, text)


def groups_of(template, headers):
    groups = {CONSTRUCTORS: []}
    owner = template
    while owner:
        for group, member in shown(template, owner, headers):
            groups.setdefault(group, []).append(member)
        owner = headers.templates.get(owner.base)
    constants = groups.pop(CONSTANTS, [])
    return {**groups, CONSTANTS: constants}


def plain_class(template, headers):
    """The lines of the class that users see. Members stay about where they are, for messages."""
    groups = groups_of(template, headers)
    can_wait = any(" async(" in member.code for group in groups.values() for member in group)
    lines = [f"///{line}" for line in (HOW_TO_CALL.split("\n") if can_wait else [])]
    before = len(lines) + 2
    lines += [f"class {headers.classes[template.name]} {{", " public:"]
    for title, found in groups.items():
        if not found:
            continue
        name, _, text = title.partition(": ")
        # Doxygen puts a group with types first: these stay without, which makes them the last
        if title != CONSTANTS:
            lines += [f"/// @name {name[0].upper() + name[1:]}"]
            lines += [f"/// {text[0].upper() + text[1:]}."] if text else []
            lines += ["/// @{"]
        for member in found:
            lines += [""] * (member.line + before - len(lines))
            lines += [f"  ///{line}" for line in member.comment] + [f"  {member.code}", ""]
        lines += ["/// @}"] if title != CONSTANTS else []
    return lines + ["};"]


def as_users_see_it(text, headers):
    """A header with classes in place of the templates that have a name for users."""

    def instead(match):
        template = headers.templates[match[2]]
        if template.name not in headers.classes:
            return match[0]
        lines = plain_class(template, headers)
        missing = match[0].count("\n") - match[1].count("\n") - len(lines)
        return match[1] + "\n".join(lines + [""] * missing) + "\n"

    blank = lambda match: "\n" * match[0].count("\n")
    return ALIAS.sub(blank, INSTANCE.sub(blank, TEMPLATE.sub(instead, text)))
