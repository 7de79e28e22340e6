// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "globus_sdk/collections/file_results.hpp"
#include "globus_sdk/core/field.hpp"

namespace globus_sdk::inline v0::detail {

/// Whether what was thrown for one file of a tree concerns every other file as well: a login that
/// is missing, a disk that is full, a stop.
bool concerns_whole_tree(const std::exception_ptr& failure);

/// What came of a tree so far, as many workers tell it, and whether it goes on.
class TreeTally {
 public:
  /// @param first, second tokens of the caller's: each of them ends the tree.
  TreeTally(const Field<std::stop_token>& first, const Field<std::stop_token>& second);
  TreeTally(const TreeTally&) = delete;
  TreeTally& operator=(const TreeTally&) = delete;

  void add_moved(std::int64_t bytes);
  void add_skipped();
  void add_folders(int made);
  void add_failure(std::string path, const std::exception_ptr& failure);
  /// The tree has no further file, because of this. Only the first reason counts.
  void end(const std::exception_ptr& failure);
  bool has_ended() const;
  /// Asks whoever works on the tree to stop.
  std::stop_token stop() const { return stop_.get_token(); }

  /// What came of the tree.
  ///
  /// @throws why the tree ended, if it did before its last file.
  TreeResult result();

 private:
  struct RequestStop {
    std::stop_source& stop;
    void operator()() const noexcept { stop.request_stop(); }
  };
  using Link = std::optional<std::stop_callback<RequestStop>>;

  mutable std::mutex mutex_;
  TreeResult result_{};                   // guarded by mutex_
  std::exception_ptr failure_ = nullptr;  // guarded by mutex_
  std::stop_source stop_{};
  Link first_{};
  Link second_{};
};

}  // namespace globus_sdk::inline v0::detail
