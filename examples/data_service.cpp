// SPDX-License-Identifier: Apache-2.0
// A server that transfers files for its users, made to run on many hosts
//
//     DATA_SERVICE_LISTEN=127.0.0.1:8080 STATE_DIRECTORY=/var/lib/data-service data_service
//
// A data service gets requests from its users' programs, each with the user's access token for this
// service. It introspects the token, exchanges it for one of Transfer, and then works with the
// user's collections on the user's behalf. Tokens are in a storage that all instances share, so any
// of them serves any user. data_service/transfers.hpp has the requests, data_service/settings.hpp
// what an instance is told, data_service/deploy the files for systemd and Kubernetes.
//! [program]
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <optional>
#include <stop_token>

#include "data_service/graceful_stop.hpp"
#include "data_service/http_server.hpp"
#include "data_service/readiness.hpp"
#include "data_service/service_manager.hpp"
#include "data_service/settings.hpp"
#include "data_service/transfers.hpp"
#include "data_service/users.hpp"
using namespace globus_sdk;
using namespace data_service;

/// The state of this instance, for those who watch it; and no work for one that stops.
std::optional<UserAnswer> health(const UserRequest& request, const Readiness& readiness,
                                 bool stopping) {
  if (request.path == "/healthz") return UserAnswer{200, Json::object({{"status", "alive"}}), {}};
  if (request.path == "/readyz") {
    const auto problem = readiness.problem();
    if (!problem) return UserAnswer{200, Json::object({{"status", "ready"}}), {}};
    return UserAnswer{503, Json::object({{"status", *problem}}), {}};
  }
  if (!stopping) return std::nullopt;
  return UserAnswer{503,
                    Json::object({{"error", "this instance is being stopped"}}),
                    {{"Retry-After", "1"}, {"Connection", "close"}}};
}

int main(int argc, char**) try {
  if (argc != 1) {
    std::cerr << "usage: data_service (all settings are variables and files)\n";
    return 2;
  }
  const Settings settings = read_settings();
  const Users users{ConfidentialAppAuthClient{settings.client_id, settings.client_secret},
                    open_storage(settings)};
  Readiness readiness{[&users](const std::stop_token& stop) { users.check(stop); }};
  bool stopping = false;
  std::stop_source hand_back;

  boost::asio::io_context io{1};
  boost::asio::thread_pool pool{settings.threads};
  const HttpServer server{
      io,
      pool,
      settings.address,
      settings.port,
      {.answer_at_once =
           [&](const UserRequest& request) { return health(request, readiness, stopping); },
       .answer =
           [&](const UserRequest& request) {
             return answer_request(users, request, hand_back.get_token());
           }}};
  boost::asio::co_spawn(io,
                        stop_on_signal({.take_no_more =
                                            [&] {
                                              stopping = true;
                                              readiness.begin_to_stop();
                                            },
                                        .is_done = [&] { return server.running() == 0; },
                                        .hand_back = [&] { hand_back.request_stop(); },
                                        .stop_within = settings.stop_within,
                                        .end = [&io] { io.stop(); }}),
                        boost::asio::detached);
  boost::asio::co_spawn(io, feed_watchdog(), boost::asio::detached);
  std::cout << "listening on port " << server.port() << std::endl;
  notify_service_manager("READY=1");
  io.run();

  const bool finished = server.running() == 0;
  pool.join();
  // an access token that was about to be renewed: the new one is stored before the process ends
  const bool renewed = finish_renewals(10s);
  std::clog << (finished && renewed ? "stopped\n" : "stopped in the middle of work\n");
  return finished && renewed ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
