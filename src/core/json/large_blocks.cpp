// SPDX-License-Identifier: Apache-2.0
#include "core/json/large_blocks.hpp"

#include <sys/mman.h>

#include <new>

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20;

bool is_large(std::size_t size) {
  return size >= 2 * huge_page;
}

}  // namespace

void* LargeBlocks::do_allocate(std::size_t size, std::size_t alignment) {
  if (!is_large(size)) return small_->allocate(size, alignment);
  void* block = ::operator new(size, std::align_val_t(huge_page));
  madvise(block, size, MADV_HUGEPAGE);  // a wish: without it all works as well
  return block;
}

void LargeBlocks::do_deallocate(void* pointer, std::size_t size, std::size_t alignment) {
  if (!is_large(size)) return small_->deallocate(pointer, size, alignment);
  ::operator delete(pointer, std::align_val_t(huge_page));
}

bool LargeBlocks::do_is_equal(const boost::json::memory_resource& other) const noexcept {
  return this == &other;
}

}  // namespace globus_sdk::inline v0::detail
