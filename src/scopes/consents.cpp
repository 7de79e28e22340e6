// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/scopes/consents.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>

#include "globus_sdk/scopes/scope_parser.hpp"
#include "scopes/consent_graph.hpp"

namespace globus_sdk::inline v0 {

namespace {

using detail::ConsentGraph;

/// The member `key` as a T.
template <class T> T member(const JsonView& data, const char* key) {
  const auto value = data.get(key);
  if (!value) {
    throw ConsentParseError(std::string("a consent lacks the member \"") + key + '"', data);
  }
  try {
    return value->as<T>();
  } catch (const JsonError& error) {
    throw ConsentParseError(
        std::string("a consent's member \"") + key + "\" is not what it should be: " + error.what(),
        data);
  }
}

std::vector<Consent> load_all(const JsonView& document) {
  std::vector<Consent> consents;
  for (const JsonView& consent : document.is_object() ? document["consents"] : document) {
    consents.push_back(Consent::load(consent));
  }
  return consents;
}

std::set<std::int64_t> ids_below(const ConsentGraph& graph, std::int64_t consent_id) {
  std::set<std::int64_t> ids;
  for (const std::size_t child : graph.children(graph.place_of(consent_id))) {
    ids.insert(graph.consent(child).id);
  }
  return ids;
}

void print_tree(std::ostream& out, const ConsentGraph& graph, std::size_t root,
                std::size_t indent) {
  for (const auto& [place, depth] : graph.by_branch(root)) {
    out << std::string(indent + 2 * (depth - 1), ' ') << " - " << graph.consent(place).str()
        << '\n';
  }
}

std::string text_of(const auto& printable) {
  std::ostringstream out;
  out << printable;
  return std::move(out).str();
}

}  // namespace

// ---- a consent ----------------------------------------------------------------------------------

Consent Consent::load(const JsonView& data) {
  using Time = std::chrono::system_clock::time_point;
  Consent consent;
  consent.client = member<std::string>(data, "client");
  consent.scope = member<std::string>(data, "scope");
  consent.scope_name = member<std::string>(data, "scope_name");
  consent.id = member<std::int64_t>(data, "id");
  consent.effective_identity = member<std::string>(data, "effective_identity");
  consent.dependency_path = member<std::vector<std::int64_t>>(data, "dependency_path");
  consent.created = member<Time>(data, "created");
  consent.updated = member<Time>(data, "updated");
  consent.last_used = member<Time>(data, "last_used");
  consent.status = member<std::string>(data, "status");
  consent.allows_refresh = member<bool>(data, "allows_refresh");
  consent.auto_approved = member<bool>(data, "auto_approved");
  consent.atomically_revocable = member<bool>(data, "atomically_revocable");
  return consent;
}

std::string Consent::str() const {
  return "Consent [" + std::to_string(id) + "]: Client [" + client + "] -> Scope [" + scope_name +
         ']';
}

ConsentParseError::ConsentParseError(std::string message, JsonView raw_consent)
    : GlobusError(std::move(message)), raw_consent_(std::move(raw_consent)) {}

ConsentParseError::~ConsentParseError() = default;

ConsentTreeConstructionError::ConsentTreeConstructionError(std::string message,
                                                           std::vector<Consent> consents)
    : GlobusError(std::move(message)),
      consents_(std::make_shared<const std::vector<Consent>>(std::move(consents))) {}

ConsentTreeConstructionError::~ConsentTreeConstructionError() = default;

// ---- a tree -------------------------------------------------------------------------------------

const Consent& ConsentTree::root() const& {
  return graph_->consent(root_);
}

std::vector<Consent> ConsentTree::nodes() const {
  std::vector<Consent> consents;
  for (const auto& [place, depth] : graph_->by_level(root_)) {
    consents.push_back(graph_->consent(place));
  }
  return consents;
}

const Consent& ConsentTree::get_node(std::int64_t consent_id) const& {
  const std::size_t place = graph_->place_of(consent_id);
  const auto of_tree = graph_->by_level(root_);
  if (std::ranges::none_of(of_tree, [&](const auto& node) { return node.first == place; })) {
    throw GlobusSDKUsageError("no consent of the tree has the id " + std::to_string(consent_id));
  }
  return graph_->consent(place);
}

std::set<std::int64_t> ConsentTree::edges(std::int64_t consent_id) const {
  return ids_below(*graph_, get_node(consent_id).id);
}

bool ConsentTree::meets_scope_requirements(const Scope& scope) const {
  return graph_->meeting(scope).contains(root_);
}

std::size_t ConsentTree::max_depth() const {
  return graph_->by_level(root_).back().second;
}

std::string ConsentTree::str() const {
  return text_of(*this);
}

std::ostream& ConsentTree::print(std::ostream& out) const {
  print_tree(out, *graph_, root_, 0);
  return out;
}

// ---- the forest ---------------------------------------------------------------------------------

ConsentForest::ConsentForest(std::vector<Consent> consents)
    : graph_(std::make_shared<const ConsentGraph>(std::move(consents))) {}

ConsentForest::ConsentForest(const JsonView& consents) : ConsentForest(load_all(consents)) {}

const std::vector<Consent>& ConsentForest::nodes() const& noexcept {
  return graph_->consents();
}

std::vector<ConsentTree> ConsentForest::trees() const {
  std::vector<ConsentTree> trees;
  for (const std::size_t root : graph_->roots()) trees.push_back(ConsentTree(graph_, root));
  return trees;
}

std::set<std::int64_t> ConsentForest::edges(std::int64_t consent_id) const {
  return ids_below(*graph_, consent_id);
}

const Consent& ConsentForest::get_node(std::int64_t consent_id) const& {
  return graph_->consent(graph_->place_of(consent_id));
}

bool ConsentForest::meets_scope_requirements(const Strings& scopes) const {
  return std::ranges::all_of(
      scopes, [&](const std::string& text) { return meets_all(ScopeParser::parse(text)); });
}

bool ConsentForest::meets_all(const ScopeList& scopes) const {
  return std::ranges::all_of(scopes, [&](const Scope& scope) {
    const auto meeting = graph_->meeting(scope);
    return std::ranges::any_of(graph_->roots(),
                               [&](std::size_t root) { return meeting.contains(root); });
  });
}

std::string ConsentForest::str() const {
  return text_of(*this);
}

std::ostream& ConsentForest::print(std::ostream& out) const {
  out << "ConsentForest\n  nodes\n";
  for (const Consent& consent : graph_->consents()) out << "    " << consent.str() << '\n';
  out << "  trees\n";
  for (const std::size_t root : graph_->roots()) print_tree(out, *graph_, root, 4);
  return out;
}

}  // namespace globus_sdk::inline v0
