// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// A file could not be moved, though the collection answered: the base class of what is wrong with
/// the bytes themselves, or with this machine's files.
class GLOBUS_SDK_EXPORT FileTransferError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~FileTransferError() override;
};

/// A file changed while it was being read: that of the collection, or a local one during an upload.
/// Nothing that mixes both states was returned, put in the place of a local file, or sent as a
/// whole.
class GLOBUS_SDK_EXPORT FileChangedError : public FileTransferError {
 public:
  using FileTransferError::FileTransferError;
  ~FileChangedError() override;
};

/// The bytes are not those that were to come: their number or their checksum is another.
class GLOBUS_SDK_EXPORT FileIntegrityError : public FileTransferError {
 public:
  using FileTransferError::FileTransferError;
  ~FileIntegrityError() override;
};

/// A file or folder of this machine could not be read or written: no space, no permission, no such
/// folder.
class GLOBUS_SDK_EXPORT LocalFileError : public FileTransferError {
 public:
  /// @param action what was tried, for example `write`.
  /// @param path the local path.
  /// @param error_number an `errno` value.
  LocalFileError(Text action, Text path, int error_number);
  ~LocalFileError() override;

  /// The local path.
  const std::string& path() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The system's number of the error, as in `errno`: `ENOSPC`, `EACCES`, ...
  int error_number() const noexcept;

 private:
  struct Place;
  std::shared_ptr<const Place> place_;
};

}  // namespace globus_sdk::inline v0
