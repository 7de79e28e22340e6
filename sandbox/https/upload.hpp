// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>

#include "sandbox/base/file_descriptor.hpp"
#include "sandbox/server/http.hpp"
#include "sandbox/transfer/files/confined_folder.hpp"

namespace globus_sandbox::https {

/// A file while it comes: beside its target, under a name of its own, and its owner's alone where
/// the target is not more open than that. It takes the target's place as a whole, or goes.
class Upload : public ReceivedFile {
 public:
  /// Throws a std::system_error: where the folder does not exist, or may not be written to.
  /// @param path of the target, below the folder
  Upload(const transfer::ConfinedFolder& folder, std::string_view path);
  ~Upload() override;

  int descriptor() const override { return file_.get(); }

  /// What may become of a file that stands in the target's place.
  enum class Target { may_exist, must_be_new };
  /// Gives the file its name, and the permissions of the one that it replaces. Throws a
  /// std::system_error; EEXIST where the target must be new and is not.
  /// @return whether there was no such file before
  bool take_place(Target target);
  struct stat status() const;

 private:
  transfer::ConfinedFolder::Entry target_;
  std::string name_;
  FileDescriptor file_;
  bool is_in_place_ = false;
};

}  // namespace globus_sandbox::https
