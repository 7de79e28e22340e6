// SPDX-License-Identifier: Apache-2.0
// Whichever allocation of a call fails: the next call succeeds, and nobody waits for anything.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <ctime>
#include <memory>
#include <optional>
#include <string>

#include "auth/id_token_operations.hpp"
#include "core/process/single_flight.hpp"
#include "globus_sdk/app/client_app.hpp"
#include "globus_sdk/app/user_app.hpp"
#include "globus_sdk/authorizers/finish_renewals.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/authorizers/renewing_authorizer.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "support/failing_memory.hpp"
#include "support/plain_client.hpp"
#include "support/recording_server.hpp"
#include "support/run_async.hpp"
#include "support/simulated_mode.hpp"
#include "support/token_signer.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::PlainClient;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;
using globus_sdk_test::with_every_allocation_failing;

const std::string transfer(TransferScopes.resource_server);

/// Longer than what a string holds without an allocation.
std::string token_name(int number) {
  return "token-with-a-long-name-" + std::to_string(number);
}

OAuthTokenResponse tokens(const std::string& name, int expires_in = 3600) {
  Answer answer;
  answer.status = 200;
  answer.body = R"({"access_token": ")" + name + R"(", "refresh_token": "next-)" + name +
                R"(", "expires_in": )" + std::to_string(expires_in) +
                R"(, "resource_server": "transfer.api.globus.org", "token_type": "Bearer", )" +
                R"("scope": "urn:globus:auth:scope:transfer.api.globus.org:all"})";
  return OAuthTokenResponse(GlobusHTTPResponse(answer));
}

CallLimits within(std::chrono::seconds time) {
  CallLimits limits;
  limits.deadline = std::chrono::steady_clock::now() + time;
  return limits;
}

// ---- flights

struct Flights {
  detail::SingleFlight<std::string> flight;
  static std::string work() { return std::string(100, 'x'); }
};

TEST(OutOfMemory, NoFlightStays) {
  const auto goes_on = [](Flights& world) {
    EXPECT_FALSE(world.flight.under_way());
    EXPECT_EQ(world.flight.join_or_run(within(20s), Flights::work).size(), 100u);
  };
  with_every_allocation_failing(
      std::make_unique<Flights>,
      [](Flights& world) { world.flight.join_or_run({}, Flights::work); }, goes_on);
  with_every_allocation_failing(
      std::make_unique<Flights>, [](Flights& world) { world.flight.run_in_turn(Flights::work); },
      goes_on);
}

TEST(OutOfMemory, OneWhoIsToBeToldIsToldOrGetsTheFailure) {
  struct World : Flights {
    bool is_told = false;
    bool has_failed = false;
  };
  with_every_allocation_failing(
      std::make_unique<World>,
      [](World& world) {
        const auto boarded = world.flight.board();
        try {
          boarded.flight->watch([&world](const auto&) { world.is_told = true; });
        } catch (...) {
          world.has_failed = true;
        }
        world.flight.fly(boarded.flight, Flights::work);
        EXPECT_NE(world.is_told, world.has_failed);
      },
      [](World& world) { EXPECT_FALSE(world.flight.under_way()); });
}

// ---- renewals

struct Renewing {
  explicit Renewing(const RenewingAuthorizerOptions& options = {})
      : authorizer(
            [this] {
              OAuthTokenResponse response = tokens(token_name(renewals + 1));
              ++renewals;
              return response;
            },
            options) {}

  std::atomic<int> renewals{0};
  RenewingAuthorizer authorizer;
};

void goes_on_renewing(Renewing& world) {
  EXPECT_TRUE(world.authorizer.get_authorization_header(within(20s)).starts_with("Bearer token-"));
  EXPECT_TRUE(finish_renewals(20s));
}

TEST(OutOfMemory, TheNextCallRenews) {
  const auto make = [] { return std::make_unique<Renewing>(); };
  with_every_allocation_failing(
      make, [](Renewing& world) { world.authorizer.get_authorization_header({}); },
      goes_on_renewing);
  with_every_allocation_failing(
      make, [](Renewing& world) { world.authorizer.get_authorization_header(within(20s)); },
      goes_on_renewing);
  with_every_allocation_failing(
      make, [](Renewing& world) { world.authorizer.ensure_valid_token(); }, goes_on_renewing);
}

TEST(OutOfMemory, AnEarlyRenewalIsBegunLater) {
  const auto expires_at = std::chrono::duration_cast<std::chrono::seconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count() +
                          50;
  with_every_allocation_failing(
      [&] {
        return std::make_unique<Renewing>(
            RenewingAuthorizerOptions{.access_token = "old", .expires_at = expires_at});
      },
      [](Renewing& world) { world.authorizer.get_authorization_header({}); },
      [](Renewing& world) {
        EXPECT_TRUE(finish_renewals(20s));
        EXPECT_TRUE(world.authorizer.handle_missing_authorization("Bearer old"));
        goes_on_renewing(world);
      });
}

TEST(OutOfMemory, WhatWasRenewedIsToldOnce) {
  struct World : Renewing {
    World() : Renewing({.on_refresh = [this](const OAuthTokenResponse&) { ++told; }}) {}
    std::atomic<int> told{0};
  };
  with_every_allocation_failing(
      std::make_unique<World>, [](World& world) { world.authorizer.get_authorization_header({}); },
      [](World& world) {
        goes_on_renewing(world);
        const std::string header = world.authorizer.get_authorization_header({});
        EXPECT_TRUE(world.authorizer.handle_missing_authorization(header));
        EXPECT_NE(world.authorizer.get_authorization_header(within(20s)), header);
        EXPECT_GE(world.told, 2) << "of " << world.renewals;
      });
}

/// A client whose refresh tokens are good once.
struct RotatingClient {
  static constexpr const char* first = "the-refresh-token-of-the-login";
  struct Shared {
    std::string good_one = first;
    int renewals = 0;
  };
  std::shared_ptr<Shared> shared = std::make_shared<Shared>();

  OAuthTokenResponse oauth2_refresh_token(Text token) const {
    if (token.view() != shared->good_one)
      throw GlobusError("that refresh token is not the good one");
    const std::string name = token_name(shared->renewals + 1);
    OAuthTokenResponse response = tokens(name);
    std::string next = "next-" + name;
    // from here on the old one is spent
    shared->good_one.swap(next);
    ++shared->renewals;
    return response;
  }
};

struct Refreshing {
  RotatingClient client;
  RefreshTokenAuthorizer authorizer{RotatingClient::first, client};
};

TEST(OutOfMemory, NoRefreshTokenIsLost) {
  with_every_allocation_failing(
      std::make_unique<Refreshing>,
      [](Refreshing& world) { world.authorizer.get_authorization_header({}); },
      [](Refreshing& world) {
        EXPECT_TRUE(
            world.authorizer.get_authorization_header(within(20s)).starts_with("Bearer token-"));
        EXPECT_EQ(world.authorizer.refresh_token(), world.client.shared->good_one);
      });
}

struct Stored {
  Stored() { storage.store_token_data_by_resource_server({{transfer, first_token()}}); }
  static TokenStorageData first_token() {
    TokenStorageData data;
    data.resource_server = transfer;
    data.scope = "s";
    data.access_token = "expired";
    data.refresh_token = RotatingClient::first;
    data.expires_at_seconds = 1;
    data.token_type = "Bearer";
    return data;
  }

  MemoryTokenStorage storage;
  RotatingClient client;
  StoredTokenAuthorizer authorizer{storage, transfer, client};
};

TEST(OutOfMemory, NoRenewalLockStaysAndNoRefreshTokenIsLost) {
  with_every_allocation_failing(
      std::make_unique<Stored>,
      [](Stored& world) { world.authorizer.get_authorization_header({}); },
      [](Stored& world) {
        EXPECT_TRUE(
            world.authorizer.get_authorization_header(within(20s)).starts_with("Bearer token-"));
        EXPECT_TRUE(finish_renewals(20s));
        EXPECT_NE(world.storage.lock_renewal(transfer, 20s), nullptr);
        EXPECT_EQ(world.storage.get_token_data(transfer)->refresh_token,
                  world.client.shared->good_one);
      });
}

// ---- calls

/// Takes every token but the first.
struct Service {
  RecordingServer server{[](const RecordedRequest& request) {
    const bool is_refused = request.header("authorization") == "Bearer " + token_name(1);
    return RecordedAnswer{.status = is_refused ? 401 : 200};
  }};
};

struct Calling : Renewing {
  explicit Calling(const Service& service)
      : client(authorizer,
               {.base_url = service.server.url(), .retry_config = RetryConfig{.max_retries = 0}}) {}
  PlainClient client;
};

TEST(OutOfMemory, TheNextCallSucceeds) {
  const Service service;
  with_every_allocation_failing([&] { return std::make_unique<Calling>(service); },
                                [](Calling& world) { world.client.get("/x"); },
                                [](Calling& world) {
                                  const auto patient = world.client.with({.deadline = 20s});
                                  EXPECT_EQ(patient.get("/x").http_status(), 200);
                                });
}

TEST(OutOfMemory, TheNextAsynchronousCallSucceeds) {
  const Service service;
  with_every_allocation_failing(
      [&] { return std::make_unique<Calling>(service); },
      [](Calling& world) { globus_sdk_test::run_async(world.client.async().get("/x")); },
      [](Calling& world) {
        const auto patient = world.client.with({.deadline = 20s});
        EXPECT_EQ(globus_sdk_test::run_async(patient.async().get("/x")).http_status(), 200);
      });
}

// ---- apps

const globus_sdk_test::TokenSigner& signer() {
  static const globus_sdk_test::TokenSigner signer("ES256");
  return signer;
}

boost::json::object provider() {
  return {{"issuer", "https://auth.globus.org"},
          {"jwks_uri", "https://auth.globus.org/jwk.json"},
          {"id_token_signing_alg_values_supported", boost::json::array{"ES256"}}};
}

boost::json::object keys() {
  return {{"keys", boost::json::array{signer().jwk()}}};
}

std::string id_token(std::int64_t issued_at) {
  return signer().sign(boost::json::object{{"iss", "https://auth.globus.org"},
                                           {"sub", "a user"},
                                           {"aud", "the client"},
                                           {"exp", issued_at + 100'000},
                                           {"iat", issued_at}});
}

IDTokenDecoder decoder_without_network() {
  IDTokenDecoder decoder(AuthClient(), {.jwt_audience = "the client"});
  decoder.store_openid_configuration(Json::parse(serialize(provider())));
  decoder.store_jwk(Json::parse(serialize(keys())));
  return decoder;
}

/// Logs in at once.
class InstantLogin final : public LoginFlowManager {
 public:
  explicit InstantLogin(std::shared_ptr<std::atomic<int>> logins)
      : LoginFlowManager(NativeAppAuthClient("the client")), logins_(std::move(logins)) {}

  OAuthTokenResponse run_login_flow(const GlobusAuthorizationParameters&) const override {
    const int number = *logins_ + 1;
    OAuthTokenResponse response = answer(token_name(number));
    *logins_ = number;
    return response;
  }

 private:
  static OAuthTokenResponse answer(const std::string& name) {
    static const std::string of_user = id_token(std::time(nullptr));
    Answer answer;
    answer.status = 200;
    answer.body = R"({"access_token": "auth-)" + name +
                  R"(", "expires_in": 3600, "resource_server": "auth.globus.org", )" +
                  R"("token_type": "Bearer", "scope": "openid", "id_token": ")" + of_user +
                  R"(", "other_tokens": [{"access_token": ")" + name +
                  R"(", "expires_in": 3600, "resource_server": "transfer.api.globus.org", )" +
                  R"("token_type": "Bearer", )" +
                  R"("scope": "urn:globus:auth:scope:transfer.api.globus.org:all"}]})";
    return OAuthTokenResponse(GlobusHTTPResponse(answer));
  }

  std::shared_ptr<std::atomic<int>> logins_;
};

struct App {
  explicit App(const std::string& url)
      : app("an app", {.login_client = NativeAppAuthClient("the client", {.base_url = url}),
                       .scope_requirements = {{transfer, TransferScopes.all}},
                       .config = {.login_flow_manager = InstantLogin(logins),
                                  .token_storage = MemoryTokenStorage(),
                                  .auto_redrive_gares = true,
                                  .id_token_decoder = decoder_without_network()}}),
        client(app, {.base_url = url, .retry_config = RetryConfig{.max_retries = 0}}) {}

  std::shared_ptr<std::atomic<int>> logins = std::make_shared<std::atomic<int>>(0);
  UserApp app;
  TransferClient client;
};

/// Wants another login of whoever comes with the first token.
RecordedAnswer wants_consent(const RecordedRequest& request) {
  if (request.header("authorization") != "Bearer " + token_name(1)) return {};
  return {.status = 403,
          .body = R"({"code": "ConsentRequired", "authorization_parameters": )"
                  R"({"required_scopes": ["urn:globus:auth:scope:transfer.api.globus.org:all"]}})"};
}

void goes_on_with_app(App& world) {
  EXPECT_EQ(world.client.with({.deadline = 20s}).task_list().http_status(), 200);
  EXPECT_FALSE(world.app.login_required());
  const int logins = *world.logins;
  world.app.login({.force = true});
  EXPECT_EQ(*world.logins, logins + 1);
  world.app.logout();
  EXPECT_TRUE(world.app.login_required());
}

TEST(OutOfMemory, AnAppLogsInAtTheNextCall) {
  const RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  const auto make = [&] { return std::make_unique<App>(server.url()); };
  with_every_allocation_failing(
      make, [](App& world) { world.app.get_authorizer(transfer); }, goes_on_with_app);
  with_every_allocation_failing(make, [](App& world) { world.app.login(); }, goes_on_with_app);
}

TEST(OutOfMemory, WhatAServiceAsksOfALoginIsAskedForAgain) {
  const RecordingServer server(wants_consent);
  with_every_allocation_failing([&] { return std::make_unique<App>(server.url()); },
                                [](App& world) { world.client.task_list(); }, goes_on_with_app);
}

// ---- id tokens

struct Decoding {
  Decoding() {
    auto [connection, simulation] = simulate(detail::service_of<AuthClient>);
    simulation->answer = [](const detail::OutgoingRequest& request) {
      return simulated_answer(200, serialize(request.url.ends_with(".json") ? keys() : provider()));
    };
    client.emplace(connection);
    decoder.emplace(*client, IDTokenDecoderOptions{.jwt_audience = "the client"});
  }

  const std::string token = id_token(1767225600);
  std::optional<BasicAuthClient<Simulated>> client{};
  std::optional<BasicIDTokenDecoder<Simulated>> decoder{};
};

TEST(OutOfMemory, TheNextTokenIsDecoded) {
  with_every_allocation_failing(
      std::make_unique<Decoding>, [](Decoding& world) { world.decoder->decode(world.token); },
      [](Decoding& world) { EXPECT_EQ(world.decoder->decode(world.token)["sub"], "a user"); });
}

}  // namespace
}  // namespace globus_sdk
