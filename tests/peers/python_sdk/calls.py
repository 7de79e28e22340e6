# SPDX-License-Identifier: Apache-2.0
"""Counts which of the SDK's methods the tests called, and have looked at the answer of."""

import inspect

_methods = set()
_forms = set()


class Counted:
    """A client whose calls are counted; the client itself is as the SDK made it."""

    def __init__(self, client, prefix=""):
        self._client = client
        self._name = prefix or type(client).__name__

    def __getattr__(self, name):
        value = getattr(self._client, name)
        if name == "paginated":
            return Counted(value, self._name + ".paginated")
        if not callable(value) or inspect.isclass(value):
            return value

        def call(*arguments, **options):
            answer = value(*arguments, **options)
            _methods.add(f"{self._name}.{name}")
            _forms.add((self._name, name, len(arguments), *sorted(options)))
            return answer

        return call


def methods():
    """Names of the methods that gave an answer, such as `TransferClient.get_task`."""
    return sorted(_methods)


def forms():
    """How many of their forms, as the options that were given tell them apart."""
    return len(_forms)
