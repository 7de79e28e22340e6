// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/issue.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/auth/id_token.hpp"
#include "sandbox/auth/pruning.hpp"
#include "sandbox/auth/scopes.hpp"
#include "sandbox/base/clock.hpp"
#include "sandbox/base/database.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

constexpr std::uint64_t grants_until_pruned = 1000;

struct ResourceServer {
  std::string name;
  std::vector<std::string> paths;
};

/// The paths by the resource server of their last scope; no scope twice.
std::vector<ResourceServer> by_resource_server(const std::vector<std::string>& paths) {
  std::vector<ResourceServer> servers;
  for (const auto& path : paths) {
    const std::string scope = last_scope(path);
    const std::string name = resource_server_of(scope).value_or("");
    auto server = std::find_if(servers.begin(), servers.end(),
                               [&](const ResourceServer& known) { return known.name == name; });
    if (server == servers.end()) server = servers.insert(servers.end(), {name, {}});
    const bool known = std::any_of(server->paths.begin(), server->paths.end(),
                                   [&](const std::string& p) { return last_scope(p) == scope; });
    if (!known) server->paths.push_back(path);
  }
  return servers;
}

bool has_openid(const ResourceServer& server) {
  return std::find(server.paths.begin(), server.paths.end(), "openid") != server.paths.end();
}

/// The tokens for one resource server.
struct Issued {
  Token access;
  std::optional<Token> refresh;
};

Issued issue_one(AuthContext& context, const Issue& issue, const ResourceServer& server) {
  Token token;
  token.client = issue.client;
  token.identity = issue.identity;
  token.root_client = issue.root_client;
  token.paths = server.paths;
  token.resource_server = server.name;
  token.session = issue.session;
  token.grant = issue.grant;
  Issued issued;
  if (issue.refresh_tokens) {
    token.is_refresh = true;
    issued.refresh = context.tokens.add(token);
    token.is_refresh = false;
  }
  token.expires = current_time() + context.settings.token_lifetime;
  issued.access = context.tokens.add(token);
  return issued;
}

json::object to_answer(AuthContext& context, const Issue& issue, const Issued& issued) {
  const auto scopes = issued.access.scopes();
  json::object answer{{"access_token", issued.access.text},
                      {"token_type", "Bearer"},
                      {"expires_in", context.settings.token_lifetime.count()},
                      {"scope", join(scopes, " ")},
                      {"resource_server", issued.access.resource_server}};
  if (issued.refresh) answer["refresh_token"] = issued.refresh->text;
  if (issue.id_token && std::find(scopes.begin(), scopes.end(), "openid") != scopes.end())
    answer["id_token"] = make_id_token(context, issued.access, issue.nonce);
  if (issue.state) answer["state"] = *issue.state;
  return answer;
}

}  // namespace

std::vector<json::object> issue_tokens(AuthContext& context, const Issue& issue) {
  if (++context.grants % grants_until_pruned == 0) prune(context.database, current_time());
  auto servers = by_resource_server(issue.paths);
  const auto with_id_token = std::find_if(servers.begin(), servers.end(), has_openid);
  if (with_id_token != servers.end())
    std::rotate(servers.begin(), with_id_token, std::next(with_id_token));
  std::vector<Issued> all;
  context.database.transaction([&] {
    for (const auto& server : servers) all.push_back(issue_one(context, issue, server));
  });
  // Signing takes a while, and is none of the database's business.
  std::vector<json::object> answers;
  for (const auto& issued : all) answers.push_back(to_answer(context, issue, issued));
  return answers;
}

json::object issue_answer(AuthContext& context, const Issue& issue) {
  auto answers = issue_tokens(context, issue);
  json::object first = std::move(answers.front());
  json::array others;
  for (std::size_t i = 1; i < answers.size(); ++i) others.emplace_back(std::move(answers[i]));
  first["other_tokens"] = std::move(others);
  return first;
}

}  // namespace globus_sandbox::auth
