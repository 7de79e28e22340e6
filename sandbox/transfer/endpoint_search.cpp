// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string_view>
#include <vector>

#include "sandbox/transfer/endpoint_document.hpp"
#include "sandbox/transfer/requests/errors.hpp"
#include "sandbox/transfer/requests/list_options.hpp"

namespace globus_sandbox::transfer {

namespace {

using boost::json::object;

constexpr std::size_t usual_limit = 100;
constexpr std::size_t most_results = 1000;

constexpr std::array<std::string_view, 8> known_scopes{
    "all",    "administered-by-me", "my-endpoints",  "my-gcp-endpoints", "recently-used",
    "in-use", "shared-by-me",       "shared-with-me"};

constexpr std::array<std::string_view, 7> known_types{
    "GCP_mapped_collection",  "GCP_guest_collection", "GCSv5_endpoint", "GCSv5_mapped_collection",
    "GCSv5_guest_collection", "GCSv4_host",           "GCSv4_share"};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Lower-case words, without punctuation.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : lower_case(text)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80;
    if (is_part)
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// Whether each word of the query begins a word of one of the fields that a search looks at.
bool matches_text(const object& document, const std::vector<std::string>& query) {
  std::vector<std::string> words;
  for (const auto* name : {"display_name", "canonical_name", "description", "organization",
                           "department", "keywords", "owner_string", "id"}) {
    const auto* value = document.if_contains(name);
    if (value == nullptr || !value->is_string()) continue;
    const auto more = words_of(value->get_string());
    words.insert(words.end(), more.begin(), more.end());
  }
  return std::all_of(query.begin(), query.end(), [&](const auto& term) {
    return std::any_of(words.begin(), words.end(),
                       [&](const auto& word) { return word.starts_with(term); });
  });
}

bool is_in_scope(const CollectionState& state, std::string_view scope, const Caller& caller,
                 const UsedCollections& used) {
  const bool is_own = state.owner_id == caller.identity_id;
  if (scope == "all") return true;
  if (scope == "my-endpoints" || scope == "administered-by-me") return is_own;
  if (scope == "my-gcp-endpoints") return is_own && state.access.is_personal();
  if (scope == "recently-used") return used.ever.contains(state.collection.id);
  if (scope == "in-use") return used.now.contains(state.collection.id);
  return false;  // nothing is shared
}

}  // namespace

object search_endpoints(const HttpRequest& request, const CollectionRegistry& registry,
                        const Caller& caller, const UsedCollections& used) {
  const auto scope = request.query_value("filter_scope").value_or("all");
  const auto text = request.query_value("filter_fulltext").value_or("");
  const auto owner = request.query_value("filter_owner_id");
  const auto host = request.query_value("filter_host_endpoint");
  const auto type = request.query_value("filter_entity_type");
  const bool non_functional = read_flag(request, "filter_non_functional", false);
  const auto window = read_window(request, usual_limit, usual_limit);
  if (!contains(known_scopes, scope))
    throw bad_request("filter_scope: there is no scope '" + scope + "'");
  if (type && !contains(known_types, *type))
    throw bad_request("filter_entity_type: there is no type '" + *type + "'");
  if (scope == "all" && text.empty() && !owner && !host && !type)
    throw bad_request("a search of all endpoints needs filter_fulltext or another filter");
  if (window.offset + window.limit > most_results)
    throw bad_request("a search has at most 1000 results");

  const auto query = words_of(text);
  std::vector<object> found;
  for (const auto& state : registry.all()) {
    if (!is_in_scope(state, scope, caller, used) || host || non_functional) continue;
    if (owner && lower_case(*owner) != state.owner_id) continue;
    auto document =
        endpoint_document(state, registry, caller, used.now.contains(state.collection.id));
    if (type && document.at("entity_type") != boost::json::value(*type)) continue;
    if (!matches_text(document, query)) continue;
    document.erase("DATA");
    document["_rank"] = 1.0;
    found.push_back(std::move(document));
  }
  const bool has_next_page = found.size() > window.offset + window.limit;
  const auto page = in_window(std::move(found), window);
  return {{"DATA_TYPE", "endpoint_list"},
          {"limit", window.limit},
          {"offset", window.offset},
          {"has_next_page", has_next_page},
          {"DATA", boost::json::array(page.begin(), page.end())}};
}

}  // namespace globus_sandbox::transfer
