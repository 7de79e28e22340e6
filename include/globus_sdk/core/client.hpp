// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/document.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/core/pages.hpp"

namespace globus_sdk::inline v0 {

/// Options of a request that has no method of its own.
struct RequestOptions {
  /// Query parameters: an object. A member that is a list repeats its parameter.
  Field<Json> query_params{};
  /// The body: a JSON document, sent in the form that `encoding` names.
  Field<Json> data{};
  /// Headers: an object of texts. They replace those that the SDK would send.
  Field<Json> headers{};
  /// How `data` is sent: as `json` (the default), as `form` (`data` is an object of texts) or as
  /// `text` (`data` is one text).
  Field<std::string> encoding{};
};

namespace detail {
/// Makes a request out of the arguments of get(), post() and their siblings.
Request make_request(std::string_view method, Text path, const RequestOptions& options);
}  // namespace detail

/// What all clients have: requests by path, and their settings. Mirrors `globus_sdk.BaseClient`.
///
/// A client is a handle: it is cheap to copy, copies share their state, and every method may be
/// called from many threads at once.
template <class Mode> class BasicBaseClient {
 public:
  /// The type that a method returns when its result is a T: in the ordinary mode, T itself.
  template <class T> using Result = typename Mode::template Result<T>;
  /// The parameter type for a method's options: in the ordinary mode, `const O&`.
  template <class O> using Options = typename Mode::template Options<O>;
  /// The parameter type for a method's document: in the ordinary mode, `const
  /// globus_sdk::Document&`.
  using Document = typename Mode::template DocumentOf<globus_sdk::Document>;

  // ---- requests by path -------------------------------------------------------------------------

  /// The service's base URL. It is empty for a client that finds it at its first use, until then.
  std::string base_url() const { return detail::base_url(connection_); }

  /// Sends a request to `path` below the base URL.
  ///
  /// @param method `GET`, `POST`, ...
  /// @param path not percent-encoded; with or without a slash at its beginning.
  /// @throws GlobusAPIError for an answer with status 400 or above; NetworkError when none came.
  Result<GlobusHTTPResponse> request(Text method, Text path,
                                     Options<RequestOptions> options = {}) const {
    return this->send(detail::make_request(method, path, options));
  }
  /// request() with `GET`.
  Result<GlobusHTTPResponse> get(Text path, Options<RequestOptions> options = {}) const {
    return request("GET", path, options);
  }
  /// request() with `POST`.
  Result<GlobusHTTPResponse> post(Text path, Options<RequestOptions> options = {}) const {
    return request("POST", path, options);
  }
  /// request() with `PUT`.
  Result<GlobusHTTPResponse> put(Text path, Options<RequestOptions> options = {}) const {
    return request("PUT", path, options);
  }
  /// request() with `PATCH`.
  Result<GlobusHTTPResponse> patch(Text path, Options<RequestOptions> options = {}) const {
    return request("PATCH", path, options);
  }
  /// request() with `DELETE`.
  Result<GlobusHTTPResponse> delete_(Text path, Options<RequestOptions> options = {}) const {
    return request("DELETE", path, options);
  }
  /// request() with `HEAD`.
  Result<GlobusHTTPResponse> head(Text path, Options<RequestOptions> options = {}) const {
    return request("HEAD", path, options);
  }

  /// For the SDK's own use: what this handle holds.
  const detail::Connection& connection() const noexcept { return connection_; }

 protected:
  explicit BasicBaseClient(detail::Connection connection) : connection_(std::move(connection)) {}

  /// For methods: sends a request whose answer is a T.
  template <class T = GlobusHTTPResponse> Result<T> send(Request&& request) const {
    return Mode::template send<T>(connection_, std::move(request));
  }
  /// For methods of listings: the same. `paging` says how one page leads to the next.
  template <class T> Result<T> send_paged(Request&& request, const Paging& paging) const {
    return Mode::template send_paged<T>(connection_, std::move(request), paging);
  }

  detail::Connection connection_;
};

}  // namespace globus_sdk::inline v0
