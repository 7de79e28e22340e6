// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/memory_resource.hpp>
#include <boost/json/storage_ptr.hpp>
#include <cstddef>

namespace globus_sdk::inline v0::detail {

/// Memory for large documents. Its large blocks ask the system for huge pages: where they are to be
/// had, a listing of 30 MB spares most of 20,000 page faults.
class LargeBlocks final : public boost::json::memory_resource {
 private:
  void* do_allocate(std::size_t size, std::size_t alignment) override;
  void do_deallocate(void* pointer, std::size_t size, std::size_t alignment) override;
  bool do_is_equal(const boost::json::memory_resource& other) const noexcept override;

  boost::json::storage_ptr small_{};  // the default memory
};

}  // namespace globus_sdk::inline v0::detail
