// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace globus_sdk_test {

/// Names and values of a query or a form, decoded, in whatever order.
using Parameters = std::multiset<std::pair<std::string, std::string>>;

inline int hex_digit(char c) {
  const std::string_view digits = "0123456789abcdef";
  const std::size_t found = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
  return found == std::string_view::npos ? -1 : static_cast<int>(found);
}

/// Undoes form encoding. Written apart from the SDK's own, so that a mistake there shows.
inline std::string form_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

inline Parameters form_parameters(const std::string& text) {
  Parameters parameters;
  std::istringstream stream(text);
  for (std::string pair; std::getline(stream, pair, '&');) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string value = equals < pair.size() ? pair.substr(equals + 1) : std::string();
    parameters.emplace(form_decoded(pair.substr(0, equals)), form_decoded(value));
  }
  return parameters;
}

/// A request of some mode's, in one form for all of them.
struct WireRequest {
  std::string method{};
  std::string origin{};         ///< `https://transfer.api.globus.org`
  std::string path{};           ///< percent-encoded, as it is sent
  std::string query{};          ///< likewise, without `?`
  std::string content_type{};   ///< empty for none
  std::string authorization{};  ///< the scheme alone; empty for none
  std::string body{};
  std::multimap<std::string, std::string> headers{};  ///< names in lower case

  /// Takes path and query from what stands behind the origin.
  void set_target(const std::string& target) {
    const std::size_t question = std::min(target.find('?'), target.size());
    path = target.substr(0, question);
    query = question < target.size() ? target.substr(question + 1) : std::string();
  }
  void add_header(std::string name, const std::string& value) {
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    if (name == "content-type") content_type = value;
    if (name == "authorization") authorization = value.substr(0, value.find(' '));
    headers.emplace(std::move(name), value);
  }
};

inline std::string shown(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) text += "[" + name + "=" + value + "]";
  return text;
}

inline std::string text_or_empty(const boost::json::value& value) {
  return value.is_null() ? std::string() : std::string(std::string_view(value.as_string()));
}

/// A recorded form: an object of texts, or of lists of texts.
inline Parameters recorded_form(const boost::json::object& form) {
  Parameters parameters;
  for (const auto& member : form) {
    const std::string name(member.key());
    if (const auto* list = member.value().if_array()) {
      for (const auto& element : *list) parameters.emplace(name, text_or_empty(element));
    } else {
      parameters.emplace(name, text_or_empty(member.value()));
    }
  }
  return parameters;
}

inline Parameters recorded_query(const boost::json::array& query) {
  Parameters parameters;
  for (const auto& pair : query) {
    parameters.emplace(text_or_empty(pair.as_array().at(0)), text_or_empty(pair.as_array().at(1)));
  }
  return parameters;
}

/// What differs between a request's body and a recorded one; empty for nothing.
inline std::string body_difference(const WireRequest& sent, const boost::json::value& recorded) {
  if (recorded.is_null()) return sent.body.empty() ? "" : "body: " + sent.body + ", not none\n";
  const std::string expected = boost::json::serialize(recorded);
  if (sent.content_type.starts_with("application/x-www-form-urlencoded")) {
    const Parameters form = form_parameters(sent.body);
    if (form == recorded_form(recorded.as_object())) return {};
    return "body: " + shown(form) + ", not " + expected + "\n";
  }
  boost::json::error_code error;
  const boost::json::value document = boost::json::parse(sent.body, error);
  if (!error && document == recorded) return {};
  return "body: " + sent.body + ", not " + expected + "\n";
}

/// What differs between a request and a recorded one, a line each; empty for nothing.
inline std::string difference(const WireRequest& sent, const boost::json::object& recorded) {
  std::string lines;
  const auto compare = [&lines](const char* what, const std::string& is, const std::string& want) {
    if (is != want) lines += std::string(what) + ": '" + is + "', not '" + want + "'\n";
  };
  compare("method", sent.method, text_or_empty(recorded.at("method")));
  compare("host", sent.origin, text_or_empty(recorded.at("url")));
  compare("path", sent.path, text_or_empty(recorded.at("path")));
  compare("query", shown(form_parameters(sent.query)),
          shown(recorded_query(recorded.at("query").as_array())));
  compare("content type", sent.content_type, text_or_empty(recorded.at("content_type")));
  compare("authorization", sent.authorization, text_or_empty(recorded.at("authorization")));
  return lines + body_difference(sent, recorded.at("body"));
}

/// The same for a sequence of requests.
inline std::string difference(const std::vector<WireRequest>& sent,
                              const boost::json::array& recorded) {
  std::string lines;
  if (sent.size() != recorded.size()) {
    lines =
        std::to_string(sent.size()) + " requests, not " + std::to_string(recorded.size()) + "\n";
  }
  for (std::size_t i = 0; i < std::min(sent.size(), recorded.size()); ++i) {
    lines += difference(sent[i], recorded[i].as_object());
  }
  return lines;
}

}  // namespace globus_sdk_test
