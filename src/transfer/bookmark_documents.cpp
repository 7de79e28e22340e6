// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/bookmark_documents.hpp"

#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/request.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// A bookmark as it is sent, but for its collection.
Payload bookmark(Text name, Text path, const Field<Json>& additional_fields) {
  Payload attributes;
  attributes.set("name", detail::require("name", name))
      .set("path", detail::require("path", path))
      .merge(additional_fields);
  return Payload().set("type", "Bookmark").set("attributes", attributes);
}

}  // namespace

BookmarkCreateDocument::BookmarkCreateDocument(Text collection, Text name, Text path,
                                               const BookmarkCreateDocumentOptions& options) {
  const Payload resource =
      Payload().set("type", "Collection").set("id", detail::require("collection", collection));
  const Payload relationships = Payload().set("collection", Payload().set("data", resource));
  Payload data = bookmark(name, path, options.additional_fields);
  data.set("relationships", relationships);
  document_ = Payload().set("data", data).json();
}

BookmarkUpdateDocument::BookmarkUpdateDocument(Text name, Text path,
                                               const BookmarkUpdateDocumentOptions& options) {
  document_ = Payload().set("data", bookmark(name, path, options.additional_fields)).json();
}

}  // namespace globus_sdk::inline v0
