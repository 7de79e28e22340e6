// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

/// What the documents that are sent to Globus Connect Server have in common. A class for one kind
/// of document derives from it, and makes the document in its constructor.
class GCSDocument {
 public:
  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 protected:
  explicit GCSDocument(Json document) noexcept : document_(std::move(document)) {}

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
