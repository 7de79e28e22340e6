// SPDX-License-Identifier: Apache-2.0
// A program that uses this has an operator new that can be told to fail.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <exception>
#include <memory>

#include "support/sanitized.hpp"

namespace globus_sdk_test {

/// While it lives, what this thread allocates by operator new fails: the nth, or all from the nth
/// on. The memory of libcurl, OpenSSL and SQLite is another one.
class FailingMemory {
 public:
  enum class Kind { once, from_then_on };

  /// Clang's ThreadSanitizer has an operator new of its own, in which nothing fails.
  static constexpr bool is_possible =
#if defined(__clang__)
      !is_thread_sanitized;
#else
      true;
#endif

  FailingMemory(std::size_t nth, Kind kind);
  ~FailingMemory();
  FailingMemory(const FailingMemory&) = delete;
  FailingMemory& operator=(const FailingMemory&) = delete;

  /// Whether so many were asked for.
  bool has_failed() const;
};

/// Does something in a new world each time, first with the first allocation failing, then with the
/// second one, and so on until none fails any more. What it throws is its own affair; after each
/// time everything has to be as before. Under a sanitizer, which is slow, every seventh has to do.
///
/// @param make makes a `std::unique_ptr` of a world.
/// @param attempt gets a world, and has failing memory.
/// @param goes_on gets the same world, and memory.
template <class Make, class Attempt, class GoesOn>
void with_every_allocation_failing(Make make, Attempt attempt, GoesOn goes_on) {
  if (!FailingMemory::is_possible) GTEST_SKIP() << "no allocation can be made to fail";
  constexpr std::size_t step = is_sanitized ? 7 : 1;
  for (const auto kind : {FailingMemory::Kind::once, FailingMemory::Kind::from_then_on}) {
    bool has_failed = true;
    for (std::size_t nth = 1; has_failed && !testing::Test::HasFailure(); nth += step) {
      SCOPED_TRACE(testing::Message()
                   << "allocation " << nth
                   << (kind == FailingMemory::Kind::once ? " alone" : " and all after it"));
      const auto world = make();
      {
        const FailingMemory memory(nth, kind);
        try {
          attempt(*world);
        } catch (const std::exception&) {  // mostly bad_alloc
        }
        has_failed = memory.has_failed();
      }
      goes_on(*world);
    }
  }
}

}  // namespace globus_sdk_test
