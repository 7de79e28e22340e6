// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "globus_sdk/collections/gcs_collection_client.hpp"

namespace globus_sdk::inline v0 {

/// Parameters of GCSDownloader that may be left out.
struct GCSDownloaderOptions {
  /// The client that reads. Unset: one is made for the collection of the first file.
  Field<GCSCollectionClient> gcs_client{};
  /// The client that looks the collection up. Unset: one of the app.
  Field<TransferClient> transfer_client{};
  /// Connections to share with other clients. Unset: those of the app, or some of its own.
  Field<Transport> transport{};
};

/// Reads files of one collection by their URLs: it finds out which collection is behind the URL,
/// and which scopes that needs. Mirrors `globus_sdk.experimental.GCSDownloader`, and may be used by
/// many threads at once.
///
///     GCSDownloader downloader{app};
///     std::string text = downloader.read_file("https://m-d3a2c3.collection1.tutorials.globus.org/"
///                                             "home/share/godata/file1.txt");
///
/// The first file is asked for without a token. If everybody may read it, that is all. Otherwise
/// the server answers with the address of a login page, which names the collection; Transfer tells
/// the rest. The app then has a login for the collection's scope `https`, and for `data_access`
/// where the collection has that. Files that follow are asked for with the token. Threads that come
/// first together wait for one look-up.
///
/// A token goes to no other server than the one that Transfer names for the collection.
class GCSDownloader {
 public:
  /// @param app the app whose tokens are used.
  template <detail::AppHandle App>
  explicit GCSDownloader(const App& app, const GCSDownloaderOptions& options = {})
      : GCSDownloader(std::shared_ptr<const detail::AppBinding>(app.binding()), options) {}

  /// The content of a file.
  ///
  /// @param file_uri the complete URL of the file, percent-encoded.
  /// @return its bytes, however many there are. GCSCollectionClient::download is for files that do
  ///   not fit into memory.
  /// @throws GlobusSDKUsageError for what is no https URL, and for the URL of another server than
  ///   that of the first file; GlobusError when the collection behind the URL cannot be found.
  std::string read_file(Text file_uri) const;

  /// The client for the collection of a URL, which read_file() uses.
  ///
  /// @throws GlobusError as read_file() does, and when the file may be read without a token: there
  ///   is nothing then that tells the collection.
  GCSCollectionClient gcs_client(Text file_uri) const;

 private:
  struct State;
  GCSDownloader(std::shared_ptr<const detail::AppBinding> app, const GCSDownloaderOptions& options);

  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
