// SPDX-License-Identifier: Apache-2.0
#include "support/failing_memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <new>

namespace {

constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

// plain numbers: this is asked before the first constructor and after the last destructor
thread_local std::size_t allocations_until_failure = never;
thread_local bool goes_on_failing = false;
thread_local bool failed = false;

}  // namespace

// see FailingMemory::is_possible; g++ does not know what stands behind this #if
#if defined(__clang__)
#if __has_feature(thread_sanitizer)
#define THE_SANITIZER_HAS_ITS_OWN
#endif
#endif
#if !defined(THE_SANITIZER_HAS_ITS_OWN)

namespace {

bool is_to_fail() noexcept {
  if (allocations_until_failure == never) return false;
  if (allocations_until_failure > 1) {
    --allocations_until_failure;
    return false;
  }
  failed = true;
  if (!goes_on_failing) allocations_until_failure = never;
  return true;
}

void* allocate(std::size_t size, std::size_t alignment) noexcept {
  if (is_to_fail()) return nullptr;
  size = std::max<std::size_t>(size, 1);
  if (alignment <= alignof(std::max_align_t)) return std::malloc(size);
  return std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

void* allocate_or_throw(std::size_t size, std::size_t alignment) {
  void* const memory = allocate(size, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) {
  return allocate_or_throw(size, 1);
}
void* operator new[](std::size_t size) {
  return allocate_or_throw(size, 1);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size, 1);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size, 1);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}

#endif  // THE_SANITIZER_HAS_ITS_OWN

namespace globus_sdk_test {

FailingMemory::FailingMemory(std::size_t nth, Kind kind) {
  failed = false;
  goes_on_failing = kind == Kind::from_then_on;
  allocations_until_failure = nth;
}

FailingMemory::~FailingMemory() {
  allocations_until_failure = never;
}

bool FailingMemory::has_failed() const {
  return failed;
}

}  // namespace globus_sdk_test
