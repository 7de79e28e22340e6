// SPDX-License-Identifier: Apache-2.0
#pragma once

// The logins, step by step: where the user is sent, and how the code is redeemed.

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

#include "wire/replay.hpp"

namespace globus_sdk_test {

/// The steps of one recorded login as functions; generate_calls.py writes them.
template <class Client> struct RecordedFlow {
  std::size_t number;  ///< which of the records
  void (*start)(const Client&);
  std::string (*authorize_url)(const Client&);
};

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

inline std::string percent_encoded(const std::string& origin) {
  return replaced(replaced(origin, ":", "%3A"), "/", "%2F");
}

/// The text with the recorded host where this world has its own: in the authorize URL, and in the
/// page that shows the code.
template <class Mode>
std::string with_recorded_host(const World<Mode>& world, const std::string& text) {
  return replaced(replaced(text, world.origin(), world.default_origin()),
                  percent_encoded(world.origin()), percent_encoded(world.default_origin()));
}

/// What differs between an authorize URL and the recorded one; empty for nothing.
inline std::string url_difference(const std::string& url, const boost::json::object& flow) {
  const std::size_t question = std::min(url.find('?'), url.size());
  std::string wrong;
  if (url.substr(0, question) != text_or_empty(flow.at("authorize_url"))) {
    wrong = "authorize URL: " + url + "\n";
  }
  const Parameters query = form_parameters(url.substr(std::min(question + 1, url.size())));
  const Parameters recorded = recorded_query(flow.at("authorize_query").as_array());
  if (query != recorded) wrong += "query: " + shown(query) + ", not " + shown(recorded) + "\n";
  return wrong;
}

/// Goes through one flow; returns what is wrong with it, or nothing.
template <class Mode, class Client>
std::string replay_flow(World<Mode>& world, const Client& client, const RecordedFlow<Client>& steps,
                        const boost::json::object& flow) {
  std::string wrong;
  try {
    steps.start(client);
    wrong = url_difference(with_recorded_host(world, steps.authorize_url(client)), flow);
    finish(client.oauth2_exchange_code_for_tokens("the-code"));
  } catch (const std::exception& error) {
    wrong += std::string(error.what()) + "\n";
  }
  std::vector<WireRequest> sent = world.take();
  for (WireRequest& request : sent) request.body = with_recorded_host(world, request.body);
  return wrong + difference(sent, flow.at("exchange").as_array());
}

/// Goes through the flows of one client's, each in a world of its own.
template <class Mode, class Client, class MakeClient>
void replay_flows(const boost::json::array& records, std::span<const RecordedFlow<Client>> flows,
                  MakeClient make_client, Count& count) {
  for (const RecordedFlow<Client>& steps : flows) {
    const auto& flow = records.at(steps.number).as_object();
    World<Mode> world;
    const std::string wrong = replay_flow(world, make_client(world), steps, flow);
    ++count.delivered;
    if (wrong.empty()) ++count.reproduced;
    EXPECT_EQ(wrong, "") << boost::json::serialize(flow);
  }
}

}  // namespace globus_sdk_test
