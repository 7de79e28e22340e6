// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/client.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// A client that is told in its class whose tokens it needs, so that it can be built from an app.
template <class Client>
concept HasResourceServer = requires { Client::resource_server; };

/// What a client states of its service, in the form that all clients share. The names of the
/// members are those of the Python SDK's clients.
template <class Client> consteval Service describe_service() {
  Service service{.name = Client::service_name, .throw_error = &throw_as<typename Client::Error>};
  if constexpr (requires { Client::is_permanent; }) service.is_permanent = Client::is_permanent;
  if constexpr (HasResourceServer<Client>) {
    service.resource_server = Client::resource_server;
  }
  if constexpr (requires { Client::default_scopes; }) {
    service.default_scopes = Client::default_scopes;
  }
  return service;
}

/// The service of a client.
template <class Client> inline constexpr Service service_of = describe_service<Client>();

}  // namespace detail

/// The client of one service: its constructors, its settings, its modes and the scopes of its app.
/// A service's own client derives from it, says which service it is for, and adds the methods:
///
///     template <class Mode>
///     class BasicWeatherClient
///         : public globus_sdk::BasicServiceClient<BasicWeatherClient, Mode> {
///       using Base = globus_sdk::BasicServiceClient<BasicWeatherClient, Mode>;
///
///      public:
///       using Base::Base;
///       static constexpr std::string_view service_name = "weather";
///       using Error = globus_sdk::GlobusAPIError;
///       static constexpr std::string_view resource_server = "weather.example.org";
///       static constexpr std::array<std::string_view, 1> default_scopes{"urn:weather:all"};
///       ...
///     };
///
/// `resource_server` and `default_scopes` are for clients that can be built from an app. A client
/// whose resource server is known only at run time has a constructor of its own for apps.
///
/// @tparam Client the template of the class that derives from this one.
template <template <class> class Client, class Mode>
class BasicServiceClient : public BasicBaseClient<Mode> {
  using Base = BasicBaseClient<Mode>;

 public:
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;

  /// A client that sends no Authorization header.
  explicit BasicServiceClient(const ClientOptions& options = {})
      : Base(detail::make_connection(detail::service_of<Client<Mode>>, nullptr, options)) {}
  /// @param authorizer an authorizer with tokens for the service.
  explicit BasicServiceClient(const AnyAuthorizer& authorizer, const ClientOptions& options = {})
      : Base(detail::make_connection(detail::service_of<Client<Mode>>, authorizer.get(), options)) {
  }
  /// @param app the app whose tokens the client uses. The client adds scopes to what the app
  ///   requires: the service's `default_scopes`, or `app_scopes`.
  template <detail::AppHandle App>
    requires detail::HasResourceServer<Client<Mode>>
  explicit BasicServiceClient(const App& app, const ClientOptions& options = {})
      : Base(detail::make_app_connection(detail::service_of<Client<Mode>>, app.binding(),
                                         options)) {}
  explicit BasicServiceClient(detail::Connection connection) : Base(std::move(connection)) {}

  // ---- settings, modes, scopes ------------------------------------------------------------------

  /// The same client with other settings for its calls.
  [[nodiscard]] Client<Mode> with(Options<CallSettings> settings) const {
    return Client<Mode>(detail::with_settings(this->connection_, settings));
  }
  /// The same client in asynchronous mode; needs globus_sdk/async.hpp.
  template <class Other = Async> [[nodiscard]] detail::InMode<Client, Other> async() const& {
    return detail::InMode<Client, Other>(this->connection_);
  }
  /// On g++ 12 and 13 a client needs a name first.
  template <class Other = Async, class Remedy = detail::NameTheClientBeforeCoAwait>
    requires detail::WantsNamedClient<Other>
  detail::InMode<Client, Other> async() const&& = delete;
  /// The same client, but its listings give all pages: `tc.paginated().task_list().items()`. The
  /// `limit` of a listing is then the size of a page, and `offset` is where the listing begins.
  [[nodiscard]] Client<Paginated<Mode>> paginated() const {
    return Client<Paginated<Mode>>(this->connection_);
  }

  /// Adds scopes to what the app of this client requires.
  ///
  /// @param scope one or several scopes of the service.
  /// @return this client.
  /// @throws GlobusSDKUsageError when the client has no app.
  Client<Mode> add_app_scope(const Strings& scope) const {
    detail::add_app_scope(this->connection_, scope);
    return Client<Mode>(this->connection_);
  }
};

}  // namespace globus_sdk::inline v0
