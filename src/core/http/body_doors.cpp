// SPDX-License-Identifier: Apache-2.0
#include "core/http/body_doors.hpp"

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0 {

BodySource::~BodySource() = default;
BodySink::~BodySink() = default;

void BodySink::begin(const Answer&) {}
bool BodySink::rewind() {
  return false;
}

namespace detail {

namespace {

template <class Step> Flow attempt(std::exception_ptr& failure, Step&& step) noexcept {
  if (failure) return Flow::fails;
  try {
    std::forward<Step>(step)();
    return Flow::goes_on;
  } catch (...) {
    failure = std::current_exception();
    return Flow::fails;
  }
}

}  // namespace

std::size_t read_from(BodySource& source, std::span<std::byte> buffer) {
  const std::size_t count = source.read(buffer);
  if (count > buffer.size()) {
    throw GlobusSDKUsageError("BodySource::read: it returned more bytes than there was room for");
  }
  return count;
}

Flow DirectSink::begin(const Answer& head) noexcept {
  return attempt(failure_, [&] { sink_.begin(head); });
}

Flow DirectSink::write(std::span<const std::byte> bytes) noexcept {
  return attempt(failure_, [&] { sink_.write(bytes); });
}

Flow DirectSource::rewind() noexcept {
  return attempt(failure_, [&] { source_.rewind(); });
}

Flow DirectSource::read(std::span<std::byte> buffer, std::size_t& count) noexcept {
  count = 0;
  return attempt(failure_, [&] { count = read_from(source_, buffer); });
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
