// SPDX-License-Identifier: Apache-2.0
// Any bytes as a query, a URL, or what comes to the callback of a login.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/redacted_url.hpp"
#include "core/base/url_encoding.hpp"
#include "core/http/url.hpp"
#include "fuzz/check.hpp"
#include "login_flows/callback.hpp"
#include "login_flows/login_page.hpp"

namespace {

using namespace globus_sdk::detail;
using fuzz::check;

void check_forms(std::string_view text) {
  const auto pairs = form_decode(text);
  const std::string encoded = form_encode(pairs);
  check(form_decode(encoded) == pairs, "what is encoded can be decoded");
  check(encoded.find_first_of(" #\r\n\"<>") == std::string::npos, "and stand in a URL");
}

void check_redaction(const std::string& text) {
  const std::string redacted = redacted_url(text);
  check(redacted_url(redacted) == redacted, "what is redacted stays as it is");
  const std::string query = text.substr(0, text.find('#'));
  for (const std::string& url : {"https://u:pl4nted@host/?" + query,
                                 "https://host/?" + query + "&client_secret=pl4nted&" + query,
                                 "https://host/?%63ode=pl4nted&" + query}) {
    if (query.find("pl4nted") != std::string::npos) break;
    check(redacted_url(url).find("pl4nted") == std::string::npos, "secrets are not shown");
  }
}

void check_callback(const std::string& text) {
  const ExpectedCallback expected{.port = 1, .state = "the-0ne-time-state"};
  const auto judge = [&expected](std::string_view target) {
    return judge_callback({.method = "GET", .target = target, .host = "127.0.0.1:1"}, expected);
  };
  for (const std::string& target : {text, "/?" + text, "/?state=the-0ne-time-state&" + text}) {
    const CallbackVerdict verdict = judge(target);
    if (!verdict.callback) {
      check(verdict.status >= 400, "nothing is taken without an answer that says so");
      continue;
    }
    check(form_decode(target).size() >= 2, "a callback has a state and more");
    check(verdict.callback->code.empty() != verdict.callback->error.empty(), "a code or an error");
    const std::string page =
        login_page("<$login_result|$post_login_message>", verdict.result, verdict.message);
    check(page.find_first_of("<>", 1) == page.size() - 1, "the page has nothing of it as HTML");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  check_forms(text);
  check_redaction(text);
  check_callback(text);
  const Url url(text);
  check(!url.is_loopback() || url.valid(), "what is none leads nowhere");
  return 0;
}
