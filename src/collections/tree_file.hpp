// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "collections/confined_folder.hpp"
#include "globus_sdk/core/body.hpp"

namespace globus_sdk::inline v0::detail {

/// A small file on its way into a folder, by as few calls of the system as that takes: it is not
/// resumed after a process has ended, and not synced by itself. Until place() its bytes are in a
/// file without a name, or beside it, and go with this object.
class TreeFile final : public BodySink {
 public:
  /// Told of bytes as they come; fewer than 0 when they have to come again.
  using OnBytes = std::function<void(std::int64_t bytes)>;

  /// @param mode of the file that is replaced, if there is one.
  TreeFile(ConfinedFolder::Shared folder, std::string name, std::optional<mode_t> mode,
           OnBytes on_bytes);
  ~TreeFile() override;
  TreeFile(const TreeFile&) = delete;
  TreeFile& operator=(const TreeFile&) = delete;

  void begin(const Answer& head) override;
  void write(std::span<const std::byte> bytes) override;
  bool rewind() override;

  /// Puts the file in its place.
  ///
  /// @param time the file's; that of now when it is not given.
  /// @throws FileIntegrityError when the bytes are not all there.
  void place(std::optional<std::chrono::sys_seconds> time);
  std::int64_t size() const noexcept { return size_; }

 private:
  void open();
  void require_written() const;

  const ConfinedFolder::Shared folder_;
  const std::string name_;
  const std::optional<mode_t> mode_;
  const OnBytes on_bytes_;
  FileDescriptor part_{};
  bool has_name_ = false;  ///< the part
  std::int64_t size_ = 0;
  std::optional<std::int64_t> expected_{};  ///< by the answer
  bool is_placed_ = false;
};

}  // namespace globus_sdk::inline v0::detail
