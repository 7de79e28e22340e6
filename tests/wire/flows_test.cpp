// SPDX-License-Identifier: Apache-2.0
// The logins, step by step: where the user is sent, and how the code is redeemed.
#include <gtest/gtest.h>

#include "wire/login_calls.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string percent_encoded(const std::string& origin) {
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
std::string url_difference(const std::string& url, const boost::json::object& flow) {
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
template <template <class> class Client, class Mode>
std::string replay_flow(const boost::json::object& flow) {
  World<Mode> world;
  const Client<Mode> client = login_client<Client, Mode>(world);
  const Arguments start(flow.at("start").as_object());
  const Arguments authorize(flow.at("authorize").as_object());
  std::string wrong;
  try {
    start_flow(client, start);
    const std::string url = client.oauth2_get_authorize_url(authorize_options(authorize));
    wrong = url_difference(with_recorded_host(world, url), flow);
    finish(client.oauth2_exchange_code_for_tokens("the-code"));
  } catch (const std::exception& error) {
    wrong += std::string(error.what()) + "\n";
  }
  std::vector<WireRequest> sent = world.take();
  for (WireRequest& request : sent) request.body = with_recorded_host(world, request.body);
  for (const std::string& name : start.unused()) wrong += name + " was left out\n";
  for (const std::string& name : authorize.unused()) wrong += name + " was left out\n";
  return wrong + difference(sent, flow.at("exchange").as_array());
}

template <class Mode> class FlowRecords : public testing::Test {};
TYPED_TEST_SUITE(FlowRecords, Modes, ModeNames);

TYPED_TEST(FlowRecords, AreReproduced) {
  Count count;
  const boost::json::object records = load_records("flows.json");
  for (const auto& value : records.at("flows").as_array()) {
    const auto& flow = value.as_object();
    const bool native = text_or_empty(flow.at("client")) == "NativeAppAuthClient";
    const std::string wrong = native ? replay_flow<BasicNativeAppAuthClient, TypeParam>(flow)
                                     : replay_flow<BasicConfidentialAppAuthClient, TypeParam>(flow);
    ++count.delivered;
    if (wrong.empty()) ++count.reproduced;
    EXPECT_EQ(wrong, "") << boost::json::serialize(flow);
  }
  report(mode_name<TypeParam>, "flows.json", count);
}

}  // namespace
}  // namespace globus_sdk_test
