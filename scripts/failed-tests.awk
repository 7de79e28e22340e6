# SPDX-License-Identifier: Apache-2.0
# Of ctest's log, what the tests that failed said, and nothing of the others.

function show() { if (inside) printf "%s", block; inside = 0 }

# GoogleTest: a test from its first line to its last; one that ended with its program has none
/^\[ RUN      \] / { block = ""; inside = 1 }
inside { block = block $0 "\n" }
/^\[       OK \] |^\[  SKIPPED \] / { inside = 0 }
/^\[  FAILED  \] / { show() }
/^Test time = / { show() }

# unittest: everything from the first failure to the count
/^(FAIL|ERROR): / { failed = 1 }
/^Ran [0-9]+ tests? in / { failed = 0 }
failed { print }
