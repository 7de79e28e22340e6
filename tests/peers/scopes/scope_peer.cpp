// SPDX-License-Identifier: Apache-2.0
// Says what the SDK makes of scopes and consents: reads one JSON document a line, each an object
// with one question, and writes the answer as one line. test_scopes.py asks the Python SDK the
// same.
#include <algorithm>
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/scopes/consents.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/scopes/scope_parser.hpp"

namespace {

using namespace globus_sdk;
using Named = std::map<std::string, std::string>;

/// `[name, optional, [dependency, ...]]`; only for scopes that do not nest deep.
Json tree(const Scope& scope);

Json trees(const std::vector<Scope>& scopes) {
  std::vector<Json> found;
  for (const Scope& scope : scopes) found.push_back(tree(scope));
  return found;
}

Json tree(const Scope& scope) {
  return Json::array({scope.scope_string(), scope.optional(), trees(scope.dependencies())});
}

/// A collection as the names of its scopes say it, and as `scopes()` does.
Json collection(std::string_view resource_server, const Named& by_name, const ScopeList& scopes) {
  std::vector<std::string> in_order;
  for (const Scope& scope : scopes) in_order.push_back(scope.str());
  return {{"resource_server", resource_server}, {"by_name", by_name}, {"scopes", in_order}};
}

Json of(const auto& scopes, const Named& by_name) {
  return collection(scopes.resource_server, by_name, scopes.scopes());
}

Named auth_names() {
  return {{"openid", AuthScopes.openid},
          {"email", AuthScopes.email},
          {"profile", AuthScopes.profile},
          {"manage_projects", AuthScopes.manage_projects},
          {"view_authentications", AuthScopes.view_authentications},
          {"view_clients", AuthScopes.view_clients},
          {"view_clients_and_scopes", AuthScopes.view_clients_and_scopes},
          {"view_consents", AuthScopes.view_consents},
          {"view_identities", AuthScopes.view_identities},
          {"view_identity_set", AuthScopes.view_identity_set}};
}

Named flows_names() {
  return {{"all", FlowsScopes.all},
          {"manage_flows", FlowsScopes.manage_flows},
          {"view_flows", FlowsScopes.view_flows},
          {"run", FlowsScopes.run},
          {"run_status", FlowsScopes.run_status},
          {"run_manage", FlowsScopes.run_manage}};
}

Named search_names() {
  return {{"all", SearchScopes.all},
          {"globus_connect_server", SearchScopes.globus_connect_server},
          {"ingest", SearchScopes.ingest},
          {"search", SearchScopes.search}};
}

Named groups_names() {
  return {{"all", GroupsScopes.all},
          {"view_my_groups_and_memberships", GroupsScopes.view_my_groups_and_memberships}};
}

/// Every collection; those that are of one thing are made for `id`.
Json collections(const JsonView& id) {
  const GCSEndpointScopes endpoint{id};
  const GCSCollectionScopes gcs_collection{id};
  const SpecificFlowScopes flow{id};
  return Json::object(
      {{"AuthScopes", of(AuthScopes, auth_names())},
       {"ComputeScopes", of(ComputeScopes, {{"all", ComputeScopes.all}})},
       {"FlowsScopes", of(FlowsScopes, flows_names())},
       {"GCSCollectionScopes", of(gcs_collection, {{"data_access", gcs_collection.data_access},
                                                   {"https", gcs_collection.https}})},
       {"GCSEndpointScopes", of(endpoint, {{"manage_collections", endpoint.manage_collections}})},
       {"GroupsScopes", of(GroupsScopes, groups_names())},
       {"NexusScopes", of(NexusScopes, {{"groups", NexusScopes.groups}})},
       {"SearchScopes", of(SearchScopes, search_names())},
       {"SpecificFlowScopes", of(flow, {{"user", flow.user}})},
       {"TimersScopes", of(TimersScopes, {{"timer", TimersScopes.timer}})},
       {"TransferScopes", of(TransferScopes, {{"all", TransferScopes.all},
                                              {"gcp_install", TransferScopes.gcp_install}})}});
}

/// Whether consents meet each of some scopes, and the shape of their trees.
Json forest(const JsonView& question) {
  const ConsentForest made{question["consents"]};
  std::vector<bool> meets;
  for (const JsonView scopes : question["scopes"]) {
    meets.push_back(made.meets_scope_requirements(scopes));
  }
  std::vector<Json> shapes;
  for (const ConsentTree& found : made.trees()) {
    shapes.push_back(Json::array({found.root().id, found.nodes().size(), found.max_depth()}));
  }
  return {{"meets", meets}, {"trees", shapes}};
}

/// The CPU time that reading a text takes, the least of a few times, in seconds.
Json time_of(const std::string& text) {
  double least = 0;
  std::string result = "read";
  for (int i = 0; i < 3; ++i) {
    const std::clock_t begin = std::clock();
    try {
      ScopeParser::parse(text);
    } catch (const ScopeParseError&) {
      result = "refused";
    }
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    least = i == 0 ? seconds : std::min(least, seconds);
  }
  return {{"seconds", least}, {"result", result}};
}

Json answer(const JsonView& question) {
  if (const auto text = question.get("parse")) return trees(ScopeParser::parse(*text));
  if (const auto lists = question.get("merge")) {
    return trees(ScopeParser::merge_scopes((*lists)[0], (*lists)[1]));
  }
  if (const auto scopes = question.get("serialize")) return ScopeParser::serialize(*scopes);
  if (const auto name = question.get("scope")) return tree(Scope(*name));
  if (const auto text = question.get("scope_parse")) return tree(Scope::parse(*text));
  if (const auto id = question.get("collections")) return collections(*id);
  if (question.contains("consents")) return forest(question);
  return time_of(question["time"]);
}

Json answer_or_error(const JsonView& question) {
  const auto failed = [](const char* name, const std::exception& error) {
    return Json::object({{"error", name}, {"message", error.what()}});
  };
  try {
    return Json::object({{"answer", answer(question)}});
  } catch (const ScopeCycleError& error) {
    return failed("ScopeCycleError", error);
  } catch (const ScopeParseError& error) {
    return failed("ScopeParseError", error);
  } catch (const ValidationError& error) {
    return failed("ValueError", error);
  } catch (const GlobusSDKUsageError& error) {
    return failed("GlobusSDKUsageError", error);
  } catch (const ConsentParseError& error) {
    return failed("ConsentParseError", error);
  } catch (const ConsentTreeConstructionError& error) {
    return failed("ConsentTreeConstructionError", error);
  }
}

}  // namespace

int main() try {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer_or_error(Json::parse(line).view()).dump() << '\n';
  }
} catch (const std::exception& error) {
  std::cerr << "scope_peer: " << error.what() << '\n';
  return 1;
}
