# SPDX-License-Identifier: Apache-2.0
# What every run of tests has in its environment; to be sourced, in the project's folder.

# a test that needs another setting makes it itself
for variable in "${!GLOBUS_SDK_@}" "${!GLOBUS_SANDBOX_@}"; do unset "$variable"; done

export TSAN_OPTIONS="suppressions=$PWD/tests/thread_sanitizer.supp ${TSAN_OPTIONS:-}"
