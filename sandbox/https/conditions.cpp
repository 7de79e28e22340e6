// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/conditions.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "sandbox/base/time_text.hpp"
#include "sandbox/https/list_header.hpp"

namespace globus_sandbox::https {

namespace {

/// A tag without the mark of a weak one.
std::string_view opaque(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

enum class Comparison { strong, weak };

/// Whether `*` or one of the tags is the file's. A tag of ours is strong, so that a weak one is the
/// same by weak comparison only.
bool matches(std::string_view tags, const std::optional<Validators>& current,
             Comparison comparison) {
  if (!current) return false;
  const auto elements = list_elements(tags);
  if (elements.size() == 1 && elements.front() == "*") return true;
  return std::any_of(elements.begin(), elements.end(), [&](std::string_view tag) {
    return (comparison == Comparison::weak ? opaque(tag) : tag) == current->entity_tag;
  });
}

/// The time in a header; nothing where the header is not there, or is to be ignored since it holds
/// no time.
std::optional<Instant> time_in(const HttpRequest& request, std::string_view name) {
  const auto text = request.header(name);
  return text ? parse_http_text(*text) : std::nullopt;
}

bool reads(const HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

}  // namespace

Verdict judge_conditions(const HttpRequest& request, const std::optional<Validators>& current) {
  if (const auto tags = list_header(request, "if-match")) {
    if (!matches(*tags, current, Comparison::strong)) return Verdict::failed;
  } else if (const auto since = time_in(request, "if-unmodified-since")) {
    if (current && current->modified > *since) return Verdict::failed;
  }
  if (const auto tags = list_header(request, "if-none-match")) {
    if (matches(*tags, current, Comparison::weak))
      return reads(request) ? Verdict::not_modified : Verdict::failed;
  } else if (const auto since = time_in(request, "if-modified-since")) {
    if (reads(request) && current && current->modified <= *since) return Verdict::not_modified;
  }
  return Verdict::go_on;
}

bool range_counts(const HttpRequest& request, const Validators& current, Instant now) {
  const auto validator = request.header("if-range");
  if (!validator) return true;
  if (validator->ends_with('"')) return *validator == current.entity_tag;
  const auto time = parse_http_text(*validator);
  return time && *time == current.modified && now - current.modified > std::chrono::seconds(1);
}

}  // namespace globus_sandbox::https
