// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// Options of BookmarkCreateDocument.
struct BookmarkCreateDocumentOptions {
  /// More attributes of the bookmark.
  Field<Json> additional_fields{};
};

/// A bookmark to be made by TransferClientV2::create_bookmark. Mirrors
/// `globus_sdk.experimental.BookmarkCreateDocument`.
class BookmarkCreateDocument {
 public:
  /// @param collection the collection that the folder is in, a UUID.
  /// @param name how the user calls the bookmark.
  /// @param path the folder.
  /// @throws GlobusSDKUsageError for an empty text.
  BookmarkCreateDocument(Text collection, Text name, Text path,
                         const BookmarkCreateDocumentOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

/// Options of BookmarkUpdateDocument.
struct BookmarkUpdateDocumentOptions {
  /// More attributes of the bookmark.
  Field<Json> additional_fields{};
};

/// What TransferClientV2::update_bookmark makes of a bookmark. Mirrors
/// `globus_sdk.experimental.BookmarkUpdateDocument`.
class BookmarkUpdateDocument {
 public:
  /// @param name how the user calls the bookmark from then on.
  /// @param path the folder from then on.
  /// @throws GlobusSDKUsageError for an empty text.
  BookmarkUpdateDocument(Text name, Text path, const BookmarkUpdateDocumentOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
