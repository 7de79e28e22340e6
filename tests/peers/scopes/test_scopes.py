# SPDX-License-Identifier: Apache-2.0
"""Scopes and consents, as the Python SDK and the C++ one understand them."""

import json
import multiprocessing
import os
import pathlib
import random
import subprocess
import time
import unittest

import globus_sdk
from globus_sdk import scopes
from globus_sdk.scopes import consents

HERE = pathlib.Path(__file__).parent
TABLE = json.loads((HERE / "texts.json").read_text())
ID = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
PYTHON_PATIENCE = 2.0


def ask(questions):
    """The C++ SDK's answers."""
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    done = subprocess.run(
        [os.environ["SCOPE_PEER"]], input=lines, capture_output=True, text=True, timeout=240
    )
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(questions)
    return answers


def tree(scope):
    return [scope.scope_string, scope.optional, [tree(each) for each in scope.dependencies]]


def in_order(trees):
    """Python keeps scopes in sets, and so in no order that means something."""
    return sorted([name, optional, in_order(below)] for name, optional, below in trees)


def of_python(work):
    """What `work` returns or raises, in the form of the C++ answers."""
    try:
        return {"answer": work()}
    except scopes.ScopeCycleError:
        return {"error": "ScopeCycleError"}
    except scopes.ScopeParseError:
        return {"error": "ScopeParseError"}
    except (
        globus_sdk.GlobusSDKUsageError,
        consents.ConsentParseError,
        consents.ConsentTreeConstructionError,
    ) as error:
        return {"error": type(error).__name__}
    except ValueError:
        return {"error": "ValueError"}


class Agreement(unittest.TestCase):
    def compare(self, questions, work):
        """Asks both sides; `work` answers a question in Python. Returns the errors' names."""
        errors = []
        for question, answer in zip(questions, ask(questions), strict=True):
            answer.pop("message", None)
            if "error" in answer:
                errors.append(answer["error"])
            self.assertEqual(answer, of_python(lambda: work(question)), question)
        return errors

    def compare_trees(self, questions, work):
        errors = []
        for question, answer in zip(questions, ask(questions), strict=True):
            answer.pop("message", None)
            if "answer" in answer:
                answer["answer"] = in_order(answer["answer"])
            else:
                errors.append(answer["error"])
            expected = of_python(lambda: in_order(tree(each) for each in work(question)))
            self.assertEqual(answer, expected, question)
        return errors


class Texts(Agreement):
    def test_table_is_read_alike(self):
        texts = TABLE["texts"]
        errors = self.compare_trees(
            [{"parse": text} for text in texts],
            lambda question: scopes.ScopeParser.parse(question["parse"]),
        )
        self.assertGreaterEqual(len(texts) - len(errors), 40)
        self.assertGreaterEqual(errors.count("ScopeParseError"), 20)
        self.assertGreaterEqual(errors.count("ScopeCycleError"), 6)
        print(f"{len(texts)} texts are read alike, {len(errors)} of them refused")

    def test_what_was_written_is_read_again(self):
        """Each side reads what the other wrote, and finds the same in it."""
        # a name that ends in a line end is another one when it stands at the text's end
        texts = [text for text in TABLE["texts"] if " ".join(text.split()) == text]
        good = [text for text in texts if "answer" in of_python(lambda: read(text))]
        self.assertGreater(len(good), 35)
        written = [scopes.ScopeParser.serialize(read(t), reject_empty=False) for t in good]
        for text, answer in zip(good, ask([{"parse": text} for text in written]), strict=True):
            found = in_order(tree(scope) for scope in read(text))
            self.assertEqual(in_order(answer["answer"]), found, text)
            back = " ".join(spelt(each) for each in answer["answer"])
            self.assertEqual(in_order(tree(scope) for scope in read(back)), found, text)

    def test_random_texts_are_read_alike(self):
        maker = random.Random(20260131)
        parts = ["a", "b", "c", "d", "[", "]", "]", "*", " ", " ", "a[b", "c] ", "\t", "\n"]
        texts = ["".join(maker.choices(parts, k=maker.randint(1, 14))) for _ in range(10000)]
        texts += [random_scopes(maker) for _ in range(10000)]
        errors = self.compare_trees(
            [{"parse": text} for text in texts],
            lambda question: scopes.ScopeParser.parse(question["parse"]),
        )
        cycles = errors.count("ScopeCycleError")
        self.assertGreater(cycles, 1000)
        self.assertGreater(len(texts) - len(errors), 5000)
        print(f"{len(texts)} random texts are read alike: {len(texts) - len(errors)} are scopes, "
              f"{cycles} have cycles")

    def test_merge(self):
        def merged(question):
            left, right = question["merge"]
            return scopes.ScopeParser.merge_scopes(*[
                [scopes.Scope.parse(text) for text in side] for side in (left, right)
            ])

        errors = self.compare_trees([{"merge": lists} for lists in TABLE["merges"]], merged)
        self.assertEqual(set(errors), {"ScopeCycleError"})

    def test_serialize(self):
        errors = self.compare(
            [{"serialize": texts} for texts in TABLE["serialize"]],
            lambda question: scopes.ScopeParser.serialize(question["serialize"]),
        )
        self.assertEqual(errors, ["GlobusSDKUsageError"] * 2)

    def test_one_scope(self):
        names = [text for text in TABLE["texts"] if text]  # an empty name Python allows
        errors = self.compare(
            [{"scope": name} for name in names],
            lambda question: tree(scopes.Scope(question["scope"])),
        )
        self.assertIn("ValueError", errors)
        self.assertLess(len(errors), len(names))
        texts = [{"scope_parse": text} for text in TABLE["texts"]]
        for question, answer in zip(texts, ask(texts), strict=True):
            answer.pop("message", None)
            if "answer" in answer:
                answer["answer"] = in_order([answer["answer"]])
            text = question["scope_parse"]
            expected = of_python(lambda: in_order([tree(scopes.Scope.parse(text))]))
            self.assertEqual(answer, expected, question)


def read(text):
    return scopes.ScopeParser.parse(text)


def random_scopes(maker, depth=0):
    """A text whose syntax is right."""
    made = []
    for _ in range(maker.randint(1, 3)):
        below = f"[{random_scopes(maker, depth + 1)}]" if maker.random() < 0.5 - depth / 8 else ""
        made.append(maker.choice(["", "", "*"]) + maker.choice("abcdefghijkl") + below)
    return " ".join(made)


def spelt(node):
    name, optional, below = node
    inner = f"[{' '.join(spelt(each) for each in below)}]" if below else ""
    return ("*" if optional else "") + name + inner


class Collections(unittest.TestCase):
    def test_names_and_values(self):
        (answer,) = ask([{"collections": ID}])
        ours = answer["answer"]
        theirs = {name for name in scopes.__all__ if name.endswith("Scopes")}
        self.assertEqual(set(ours), theirs)
        for name in sorted(theirs):
            with self.subTest(name):
                collection = getattr(scopes, name)
                if isinstance(collection, type):
                    collection = collection(ID)
                self.assertEqual(ours[name]["resource_server"], collection.resource_server)
                by_name = {
                    attribute: str(getattr(collection, attribute))
                    for attribute in dir(collection)
                    if isinstance(getattr(collection, attribute), scopes.Scope)
                }
                self.assertEqual(ours[name]["by_name"], by_name)
                self.assertEqual(ours[name]["scopes"], [str(scope) for scope in collection])


def consent(number, scope_name, path):
    moment = "2024-03-18T17:32:51.496893+00:00"
    return {
        "created": moment, "updated": moment, "last_used": moment, "id": number,
        "status": "approved", "allows_refresh": True, "auto_approved": False,
        "atomically_revocable": False, "dependency_path": path, "scope_name": scope_name,
        "effective_identity": ID, "scope": ID, "client": ID,
    }


def random_consents(maker):
    made = []
    for number in range(maker.randint(0, 12)):
        parents = [each for each in made if len(each["dependency_path"]) < 4]
        path = maker.choice(parents)["dependency_path"] if parents and maker.random() < 0.8 else []
        made.append(consent(number, maker.choice("abcde"), [*path, number]))
    if made and maker.random() < 0.1:
        del made[maker.randrange(len(made))]  # another may depend on it
    if made and maker.random() < 0.05:
        del made[0][maker.choice(sorted(made[0]))]
    maker.shuffle(made)
    return made


class Consents(Agreement):
    TEXTS = ["", "a", "b c", "a[b]", "a[b c]", "*a[*b]", "a[b[c]]", "a[b[c] d]", "b[a[c d]] a",
             "c[d[e]]", "a[", "a[a]", "e[*a b[c]]"]

    def test_random_forests(self):
        def shape(question):
            forest = consents.ConsentForest(question["consents"])
            return {
                "meets": [forest.meets_scope_requirements(text) for text in question["scopes"]],
                "trees": [[each.root.id, len(each.nodes), each.max_depth] for each in forest.trees],
            }

        maker = random.Random(20260201)
        questions = [
            {"consents": random_consents(maker), "scopes": maker.choices(self.TEXTS, k=4)}
            for _ in range(3000)
        ]
        errors = self.compare(questions, shape)
        expected = {"ConsentParseError", "ConsentTreeConstructionError", "ScopeParseError",
                    "ScopeCycleError"}
        self.assertEqual(set(errors), expected)
        print(f"{len(questions)} forests are alike, {len(errors)} of them refused")


def nested(size):
    levels = size // 10  # 100,000 in a MiB
    return "".join(f"s{i}[" for i in range(levels)) + "leaf" + "]" * levels


def siblings(size):
    return "a[" + " ".join(f"scope{i}" for i in range(size // 11)) + "]"


def roots(size):
    return " ".join(f"scope{i}[d{i}]" for i in range(size // 20))


def one_name(size):
    return "x" * size


def repeated(size):
    return "a[*b] " * (size // 6)


def unclosed(size):
    return "".join(f"s{i}[" for i in range(size // 8)) + "leaf"


def cycle(size):
    levels = size // 16
    return "".join(f"s{i}[" for i in range(levels)) + "s0" + "]" * levels


def doubling(size):
    """Two ways through each level, and so more ways than can be gone."""
    levels = size // 40
    return " ".join(f"a{i}[a{i + 1} b{i + 1}] b{i}[a{i + 1} b{i + 1}]" for i in range(levels))


def python_reads(text):
    try:
        scopes.ScopeParser.parse(text)
    except scopes.ScopeParseError:
        pass


def python_seconds(text):
    """How long Python takes, in a process of its own, which is stopped when it takes too long."""
    worker = multiprocessing.get_context("fork").Process(target=python_reads, args=(text,))
    begin = time.monotonic()
    worker.start()
    worker.join(PYTHON_PATIENCE)
    seconds = time.monotonic() - begin
    if worker.is_alive():
        worker.kill()
        worker.join()
        return f"over {PYTHON_PATIENCE:.0f} s"
    return f"{seconds * 1000:.0f} ms" if worker.exitcode == 0 else "fails"


class HostileTexts(unittest.TestCase):
    SMALL = 128 * 1024
    FACTOR = 8

    def test_time_grows_as_the_text_does(self):
        kinds = [nested, siblings, roots, one_name, repeated, unclosed, cycle, doubling]
        sizes = (self.SMALL, self.SMALL * self.FACTOR)
        answers = iter(ask([{"time": kind(size)} for kind in kinds for size in sizes]))
        print()
        for kind in kinds:
            small, large = (next(answers)["answer"] for _ in sizes)
            print(f"{kind.__name__:>10}: {small['seconds'] * 1000:.1f} ms for 128 KiB, "
                  f"{large['seconds'] * 1000:.1f} ms for 1 MiB ({large['result']}); "
                  f"Python's, 128 KiB: {python_seconds(kind(self.SMALL))}")
            refused = kind in (unclosed, cycle, doubling)
            self.assertEqual(large["result"], "refused" if refused else "read", kind.__name__)
            # in proportion it is 8, quadratic 64; what takes no time is not compared
            grown = large["seconds"] / max(small["seconds"], 0.001)
            self.assertLess(grown, self.FACTOR * 4, kind.__name__)


if __name__ == "__main__":
    unittest.main()
