// SPDX-License-Identifier: Apache-2.0
#include "app/preflight.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "app/auth_parameters.hpp"
#include "authorizers/bearer_header.hpp"
#include "core/arguments/require_uuids.hpp"
#include "core/base/now_seconds.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/gare/gare.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "transfer/data_access.hpp"

namespace globus_sdk::inline v0 {

GlobusAuthorizationParameters PreflightReport::authorization_parameters() const {
  GlobusAuthorizationParameters all;
  for (const auto& finding : findings_) all = detail::merged(std::move(all), finding.remedy);
  return all;
}

std::ostream& PreflightReport::print(std::ostream& out) const {
  if (ok()) return out << "nothing is lacking\n";
  for (const auto& finding : findings_) out << finding.message << '\n';
  return out;
}

namespace detail {

namespace {

using Kind = PreflightFinding::Kind;
using std::chrono::seconds;

seconds now() {
  return seconds(now_seconds());
}

std::optional<seconds> number(const GlobusHTTPResponse& document, const char* name, int unit) {
  const auto value = document.get(name);
  if (!value || !value->is_number()) return std::nullopt;
  return seconds(value->as<std::int64_t>() * unit);
}

/// How old a login may be for a collection; nothing where it does not matter.
std::optional<seconds> longest_session(const GlobusHTTPResponse& collection) {
  if (const auto timeout = number(collection, "authentication_assurance_timeout", 1)) {
    return timeout;
  }
  return number(collection, "authentication_timeout_mins", 60);
}

class Preflight {
 public:
  Preflight(const AppState& app, seconds horizon) : app_(app), start_(now() + horizon) {}

  void check_tokens() {
    for (const auto& [resource_server, scopes] : app_.required->get().by_resource_server()) {
      try {
        check_token(resource_server);
      } catch (const TokenValidationError& error) {
        add(Kind::login, resource_server, "", error.what(), {});
      }
    }
  }

  void check_collections(const Strings& collections) {
    const std::string resource_server(TransferScopes.resource_server);
    std::shared_ptr<const GlobusAuthorizer> authorizer;
    try {
      authorizer = app_.stored_authorizer(resource_server);
    } catch (const TokenValidationError& error) {
      add(Kind::login, resource_server, "", error.what(), {.required_scopes = TransferScopes.all});
      return;  // without a token nothing can be asked
    }
    const TransferClient transfer(AnyAuthorizer(authorizer), app_.client_defaults());
    for (const std::string& id : collections) check_collection(transfer, id);
  }

  PreflightReport report() { return PreflightReport(std::move(findings_)); }

 private:
  void add(Kind kind, const std::string& resource_server, const std::string& collection,
           std::string message, GlobusAuthorizationParameters remedy) {
    for (const auto& known : findings_) {
      if (known.kind == kind && known.resource_server == resource_server &&
          known.collection_id == collection) {
        return;
      }
    }
    findings_.push_back({kind, resource_server, collection, std::move(message), std::move(remedy)});
  }

  void check_token(const std::string& resource_server) {
    const CachedAuthorizer stored = app_.stored(resource_server);
    if (stored.expires_at) {
      if (seconds(*stored.expires_at) < start_) {
        add(Kind::expiry, resource_server, "",
            "the access token for " + resource_server +
                " expires before the job starts: log in later, or set request_refresh_tokens",
            {.prompt = "login"});
      }
      return;
    }
    // whether a refresh token is good is only known once it was used
    const auto before = headers_in_use(*stored.authorizer, resource_server);
    const std::string header = stored.authorizer->get_authorization_header({});
    if (std::ranges::find(before, header) == before.end()) return;  // it was used just now
    stored.authorizer->handle_missing_authorization(header);
    stored.authorizer->get_authorization_header({});
  }

  /// The headers that need no renewal: that of the authorizer, and that of the stored token.
  std::vector<std::string> headers_in_use(const GlobusAuthorizer& authorizer,
                                          const std::string& resource_server) const {
    std::vector<std::string> headers;
    if (auto at_hand = authorizer.try_get_authorization_header()) headers.push_back(*at_hand);
    if (const auto data = app_.token_storage().get_token_data(resource_server)) {
      headers.push_back(bearer_header(data->access_token));
    }
    return headers;
  }

  void check_collection(const TransferClient& transfer, const std::string& id) {
    const std::string resource_server(TransferScopes.resource_server);
    try {
      const GlobusHTTPResponse collection = transfer.get_endpoint(id);
      check_session(collection, id);
      transfer.operation_ls(id, {.limit = 1});
    } catch (const TransferAPIError& error) {
      if (const auto gare = to_gare(error)) {
        add_gare(*gare, error, id);
      } else if (error.http_status() != 403 && error.code() != "ClientError.NotFound.Path") {
        add(Kind::unavailable, resource_server, id, error.what(), {});
      }
    }
  }

  void add_gare(const GARE& gare, const TransferAPIError& error, const std::string& id) {
    const auto& wanted = gare.authorization_parameters;
    const bool is_about_session =
        wanted.session_required_identities || wanted.session_required_policies ||
        wanted.session_required_single_domain || wanted.session_required_mfa || wanted.prompt;
    add(!is_about_session ? Kind::consent : Kind::session,
        std::string(TransferScopes.resource_server), id, error.what(), wanted);
  }

  void check_session(const GlobusHTTPResponse& collection, const std::string& id) {
    const auto longest = longest_session(collection);
    if (!longest) return;
    const auto login = last_authentication();
    if (login ? *login + *longest >= start_ : now() + *longest >= start_) return;
    add(Kind::session, std::string(TransferScopes.resource_server), id,
        "collection " + id + " needs a login that is at most " + std::to_string(longest->count()) +
            " s old, and at the start of the job the last one will be older: log in shortly before",
        {.prompt = "login"});
  }

  /// When the user logged in last; nothing where Globus Auth does not say.
  std::optional<seconds> last_authentication() {
    if (!userinfo_) {
      const std::string resource_server(AuthScopes.resource_server);
      const AuthClient auth(with_authorizer(connection_of(app_.login_client),
                                            app_.stored_authorizer(resource_server)));
      userinfo_.emplace(auth.userinfo());
    }
    return number(*userinfo_, "last_authentication", 1);
  }

  const AppState& app_;
  const seconds start_;
  std::vector<PreflightFinding> findings_;
  std::optional<GlobusHTTPResponse> userinfo_;
};

}  // namespace

PreflightReport preflight(const AppState& app, const Strings& collections, seconds horizon) {
  require_uuids("collection_ids", collections);
  if (horizon < seconds(0)) throw GlobusSDKUsageError("horizon must not be negative");
  Preflight flight(app, horizon);
  flight.check_tokens();
  if (!collections.empty()) flight.check_collections(collections);
  return flight.report();
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
