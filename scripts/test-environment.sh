# SPDX-License-Identifier: Apache-2.0
# What every run of tests has in its environment; to be sourced, in the project's folder.

# a test that needs another setting makes it itself
for variable in "${!GLOBUS_SDK_@}" "${!GLOBUS_SANDBOX_@}"; do unset "$variable"; done

export TSAN_OPTIONS="suppressions=$PWD/tests/thread_sanitizer.supp ${TSAN_OPTIONS:-}"
# by it clang's ThreadSanitizer finds the names that stand there
symbolizer=/usr/lib/llvm-19/bin/llvm-symbolizer
if [ -x "$symbolizer" ]; then TSAN_OPTIONS+=" external_symbolizer_path=$symbolizer"; fi
