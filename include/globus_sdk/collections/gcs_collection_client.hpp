// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "globus_sdk/collections/collection_options.hpp"
#include "globus_sdk/collections/download_target.hpp"
#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/collections/file_head.hpp"
#include "globus_sdk/collections/file_results.hpp"
#include "globus_sdk/collections/remote_file.hpp"
#include "globus_sdk/collections/upload_source.hpp"
#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
/// The state of a client for the collection at that address.
Connection make_collection_connection(const Service& service, Text collection_id,
                                      Text collection_address,
                                      std::shared_ptr<const GlobusAuthorizer> authorizer,
                                      const ClientOptions& options);
/// The same for a client that an app authorizes.
Connection make_collection_connection(const Service& service, Text collection_id,
                                      Text collection_address,
                                      std::shared_ptr<const AppBinding> app,
                                      const ClientOptions& options);
/// The same for a client that asks Transfer for the address and the scopes.
Connection make_collection_connection(const Service& service, Text collection_id,
                                      std::shared_ptr<const AppBinding> app,
                                      const ClientOptions& options);
/// The collection of such a client.
const std::string& collection_id_of(const Connection& connection);
/// Transfer by the app of such a client.
///
/// @throws GlobusSDKUsageError when the client has no app.
Connection transfer_of(const Connection& connection);

/// What may stand inside a `co_await` expression without a name: paths, texts, bytes in memory.
template <class T>
concept NeedsNoName = TextLike<T> || std::same_as<T, std::filesystem::path> ||
                      std::convertible_to<const T&, std::span<const std::byte>>;

/// A place of bytes (a DownloadTarget, an UploadSource) in a mode whose compiler destroys twice
/// what stands inside a `co_await` expression. A function has to have a name there; the compiler's
/// message about one that has none contains the name of this class.
template <class Place> class NameTheFunctionBeforeCoAwait : public Place {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a parameter type converts by itself
  template <class T>
    requires std::constructible_from<Place, T&>
  NameTheFunctionBeforeCoAwait(T& named) : Place(named) {}
  template <class T>
    requires(!std::is_lvalue_reference_v<T> && std::constructible_from<Place, const T&> &&
             NeedsNoName<T>)
  NameTheFunctionBeforeCoAwait(T&& place) : Place(std::as_const(place)) {}
  template <class T>
    requires(!std::is_lvalue_reference_v<T> && !NeedsNoName<T>)
  NameTheFunctionBeforeCoAwait(T&&) = delete;
  // NOLINTEND(google-explicit-constructor)
};

/// The parameter type for a place of bytes in a mode.
template <class Mode, class Place>
using PlaceIn =
    std::conditional_t<WantsNamedClient<Mode>, NameTheFunctionBeforeCoAwait<Place>, const Place&>;
}  // namespace detail

/// The files of one collection over HTTPS: download, upload, random access, whole trees. The
/// collection is one of Globus Connect Server that has HTTPS access enabled: its document at
/// Transfer has an `https_server`. An authorizer for this client has a user's tokens for the
/// collection's id, with its scope `https`.
/// Mirrors `globus_sdk.experimental.GCSCollectionClient`, which has no more than requests by path.
///
///     GCSCollectionClient files{collection_id, app};
///     files.download("/data/a.h5", "a.h5");
///
/// A path is the one that Transfer uses for the file, and begins with `/`. It is not
/// percent-encoded.
///
/// @see https://docs.globus.org/globus-connect-server/v5.4/https-access-collections/
template <class Mode>
class BasicGCSCollectionClient : public BasicServiceClient<BasicGCSCollectionClient, Mode> {
  using Base = BasicServiceClient<BasicGCSCollectionClient, Mode>;

 public:
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  /// The parameter type for the target of a download: in the ordinary mode, `const
  /// DownloadTarget&`.
  using Target = detail::PlaceIn<Mode, DownloadTarget>;
  /// The parameter type for the source of an upload: in the ordinary mode, `const UploadSource&`.
  using Source = detail::PlaceIn<Mode, UploadSource>;

  /// The class of the errors that a collection answers with.
  using Error = GlobusAPIError;
  /// As in Python. No variable holds the address of a collection.
  static constexpr std::string_view service_name = "gcs_collection";

  /// A client that sends no Authorization header: for collections that are open to everybody.
  ///
  /// @param collection_id a UUID.
  /// @param collection_address `https_server` of the collection's document at Transfer. `https://`
  ///   is added where there is no scheme; an http URL may only name this machine.
  /// @param options a `base_url` in them stands in place of the address, and may be an http URL.
  /// @throws GlobusSDKUsageError for an id that is no UUID, and for any other address.
  BasicGCSCollectionClient(Text collection_id, Text collection_address,
                           const ClientOptions& options = {})
      : Base(detail::make_collection_connection(
            detail::service_of<BasicGCSCollectionClient>, collection_id, collection_address,
            std::shared_ptr<const GlobusAuthorizer>(), options)) {}
  /// @param authorizer an authorizer with tokens for the collection.
  BasicGCSCollectionClient(Text collection_id, Text collection_address,
                           const AnyAuthorizer& authorizer, const ClientOptions& options = {})
      : Base(detail::make_collection_connection(detail::service_of<BasicGCSCollectionClient>,
                                                collection_id, collection_address, authorizer.get(),
                                                options)) {}
  /// @param app the app whose tokens the client uses. The client adds the collection's scope
  ///   `https`, or `app_scopes`, to what the app requires. A mapped collection needs a consent to
  ///   its `data_access`, too: the constructor without an address sees to that.
  template <detail::AppHandle App>
  BasicGCSCollectionClient(Text collection_id, Text collection_address, const App& app,
                           const ClientOptions& options = {})
      : Base(detail::make_collection_connection(
            detail::service_of<BasicGCSCollectionClient>, collection_id, collection_address,
            std::shared_ptr<const detail::AppBinding>(app.binding()), options)) {}
  /// A client that finds the rest by itself: at its first use it asks Transfer for the collection's
  /// address and kind, and adds `https`, and `data_access` where the collection has that, to what
  /// the app requires.
  template <detail::AppHandle App>
  BasicGCSCollectionClient(Text collection_id, const App& app, const ClientOptions& options = {})
      : Base(detail::make_collection_connection(
            detail::service_of<BasicGCSCollectionClient>, collection_id,
            std::shared_ptr<const detail::AppBinding>(app.binding()), options)) {}
  explicit BasicGCSCollectionClient(detail::Connection connection) : Base(std::move(connection)) {}

  /// The collection's id.
  const std::string& collection_id() const { return detail::collection_id_of(this->connection_); }
  /// The scopes of the collection.
  GCSCollectionScopes scopes() const { return GCSCollectionScopes(collection_id()); }

  // ---- single files -----------------------------------------------------------------------------

  /// What the collection says of a file: its size, time and ETag.
  ///
  /// @throws GlobusAPIError with status 404 when there is no such file.
  Result<FileHead> head(Text path, Options<HeadFileOptions> options = {}) const;

  /// Fetches a file.
  ///
  /// To a local file: its bytes come into a file beside the target, which takes the target's place
  /// when it is whole. So the target is the old file or the new one, and never half of it. A
  /// download that breaks off goes on from there at the next call, if the file on the collection is
  /// still the same.
  ///
  /// To a stream, a function or memory: the bytes come in their order, each once. They may have
  /// come in part when the call throws.
  ///
  /// @param path on the collection.
  /// @param target a local path, a `std::ostream`, a function, or a `std::vector<std::byte>`.
  /// @throws FileChangedError, FileIntegrityError, LocalFileError; GlobusAPIError and NetworkError
  ///   when the collection cannot give the file.
  Result<DownloadResult> download(Text path, Target target,
                                  Options<DownloadOptions> options = {}) const;

  /// Sends a file.
  ///
  /// The bytes are read as they are sent, and read again when the request has to be sent again. A
  /// server never gets the last of them when they turn out to be more or fewer than were announced,
  /// or when a local file changed meanwhile. How far a server then keeps the old file is its own
  /// affair: see the guide.
  ///
  /// With `overwrite` false or `if_match` the collection refuses the file (GlobusAPIError with
  /// status 412) where the condition does not hold. If the answer to an upload was lost, the file
  /// that is there may be the one of this very call: it is then fetched and compared, and when it
  /// has the same bytes and was written during this call, the call succeeds.
  ///
  /// @param source a local path, a `std::istream`, a function, or bytes in memory.
  /// @param path on the collection.
  /// @return the collection's answer; after a comparison, the head of its file.
  /// @throws LocalFileError for a file that cannot be read; GlobusSDKUsageError for options that
  ///   cannot be; both before anything is sent. FileChangedError when a local file changed while it
  ///   was being sent, FileIntegrityError when there are more or fewer bytes than `size` says;
  ///   GlobusAPIError and NetworkError when the collection does not take the file.
  Result<GlobusHTTPResponse> upload(Source source, Text path,
                                    Options<UploadOptions> options = {}) const;

  /// Removes a file.
  ///
  /// @throws GlobusAPIError with status 404 when there is no such file.
  Result<GlobusHTTPResponse> remove(Text path, Options<RemoveFileOptions> options = {}) const;

  /// Opens a file for reading at any place. Blocking clients have it.
  ///
  /// @throws GlobusAPIError with status 404 when there is no such file.
  RemoteFile open(Text path, Options<OpenFileOptions> options = {}) const
    requires std::same_as<Mode, Blocking>;

  // ---- trees ------------------------------------------------------------------------------------

  /// Fetches a folder with all that is in it. Files that are there already with the same size and
  /// time are skipped, so that a second call does what is missing.
  ///
  /// A file or folder that cannot be fetched is in the result, and the rest goes on. Names come
  /// from the collection, and none of them leads out of `local_folder`: a name that cannot be that
  /// of a file is such a failure, and so is a symbolic link, a file or a folder of this machine in
  /// the way of another kind. Symbolic links of the collection are left out, as Transfer does
  /// unless it is told otherwise; they are in the result, too. Small files are not synced to the
  /// disk one by one.
  ///
  /// @param path a folder on the collection.
  /// @param local_folder made where it is missing. Links in this path are followed.
  /// @param transfer_client lists the folders.
  /// @return what was done, with each file that failed.
  /// @throws what concerns the whole tree: TransferAPIError when the folder cannot be listed,
  ///   LocalFileError when `local_folder` cannot be used or the disk is full, GlobusAPIError when
  ///   the login does not suffice, GlobusTimeoutError and CancelledError for the client's deadline
  ///   and stop token. What has come stays, and the next call goes on from there.
  Result<TreeResult> download_tree(Text path, const std::filesystem::path& local_folder,
                                   const TransferClient& transfer_client,
                                   Options<TreeOptions> options = {}) const {
    return download_tree_by(transfer_client.connection(), path, local_folder, options);
  }
  /// The same, with a client for Transfer of this client's app.
  Result<TreeResult> download_tree(Text path, const std::filesystem::path& local_folder,
                                   Options<TreeOptions> options = {}) const {
    return download_tree_by(detail::transfer_of(this->connection_), path, local_folder, options);
  }

  /// Sends a folder with all that is in it, as download_tree() fetches one. A server sets the time
  /// of what it receives, so a file is skipped where the collection has one of the same size that
  /// is not older. Symbolic links, pipes and devices are left out, and are in the result.
  ///
  /// @param local_folder the folder to send. Links in this path are followed.
  /// @param path a folder on the collection, made where it is missing, with those above it.
  /// @param transfer_client lists and makes the folders.
  Result<TreeResult> upload_tree(const std::filesystem::path& local_folder, Text path,
                                 const TransferClient& transfer_client,
                                 Options<TreeOptions> options = {}) const {
    return upload_tree_by(transfer_client.connection(), local_folder, path, options);
  }
  /// The same, with a client for Transfer of this client's app.
  Result<TreeResult> upload_tree(const std::filesystem::path& local_folder, Text path,
                                 Options<TreeOptions> options = {}) const {
    return upload_tree_by(detail::transfer_of(this->connection_), local_folder, path, options);
  }

 private:
  Result<TreeResult> download_tree_by(const detail::Connection& transfer, Text path,
                                      const std::filesystem::path& local_folder,
                                      const TreeOptions& options) const;
  Result<TreeResult> upload_tree_by(const detail::Connection& transfer,
                                    const std::filesystem::path& local_folder, Text path,
                                    const TreeOptions& options) const;
};

/// The files of one collection over HTTPS.
using GCSCollectionClient = BasicGCSCollectionClient<Blocking>;
extern template class BasicGCSCollectionClient<Blocking>;

}  // namespace globus_sdk::inline v0
