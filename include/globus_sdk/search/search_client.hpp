// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/search/errors.hpp"
#include "globus_sdk/search/search_result.hpp"

namespace globus_sdk::inline v0 {

/// Globus Search: indices of documents, and queries over them. An authorizer for it has a user's
/// tokens for `search.api.globus.org`.
/// Mirrors `globus_sdk.SearchClient`.
template <class Mode> class BasicSearchClient : public BasicServiceClient<BasicSearchClient, Mode> {
  using Base = BasicServiceClient<BasicSearchClient, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Search answers with.
  using Error = SearchAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_SEARCH`.
  static constexpr std::string_view service_name = "search";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = SearchScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 1> default_scopes{SearchScopes.search};
};

extern template class BasicSearchClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using SearchClient = BasicSearchClient<Blocking>;

}  // namespace globus_sdk::inline v0
