// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace globus_sdk_test {

/// Whether a sanitizer is compiled in: it keeps freed memory, and maps more than a test can look
/// through.
inline constexpr bool is_sanitized =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    true;
#elif defined(__has_feature)
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
    false;
#endif

/// Whether it is ThreadSanitizer. What it notes of each byte counts as the program's memory, and it
/// follows no thread that the child of a fork starts.
inline constexpr bool is_thread_sanitized =
#if defined(__SANITIZE_THREAD__)
    true;
#elif defined(__has_feature)
    __has_feature(thread_sanitizer);
#else
    false;
#endif

}  // namespace globus_sdk_test
