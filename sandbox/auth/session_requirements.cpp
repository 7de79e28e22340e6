// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/session_requirements.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <unordered_map>
#include <utility>

#include "sandbox/base/uuid.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

bool flag(const json::object& policy, const char* name) {
  return policy.at(name).as_bool();
}

bool lists(const json::value& domains, const std::string& domain) {
  const json::array& list = domains.as_array();
  return std::any_of(list.begin(), list.end(), [&](const json::value& each) {
    return lower_case(std::string_view(each.as_string())) == domain;
  });
}

/// Whether the policy's constraints of domains let this username pass.
bool admits(const json::object& policy, const std::string& username) {
  const std::string domain = domain_of(username);
  const json::value& include = policy.at("domain_constraints_include");
  const json::value& exclude = policy.at("domain_constraints_exclude");
  return (include.is_null() || lists(include, domain)) &&
         (exclude.is_null() || !lists(exclude, domain));
}

bool is_in_time(const json::object& policy, const Authentication& authentication, Instant now) {
  const json::value& timeout = policy.at("authentication_assurance_timeout");
  return timeout.is_null() ||
         authentication.time + std::chrono::seconds{timeout.to_number<std::int64_t>()} >= now;
}

}  // namespace

bool SessionRequirements::ask_for_second_factor() const {
  return multi_factor || std::any_of(policies.begin(), policies.end(), [](const auto& policy) {
           return flag(policy, "required_mfa");
         });
}

bool SessionRequirements::name_who() const {
  return !identities.empty() || !domains.empty() || multi_factor ||
         std::any_of(policies.begin(), policies.end(),
                     [](const auto& policy) { return flag(policy, "high_assurance"); });
}

SessionJudge::SessionJudge(std::vector<Identity> identities, SessionRequirements requirements,
                           Instant now)
    : identities_(std::move(identities)), requirements_(std::move(requirements)), now_(now) {}

const Identity* SessionJudge::find(const std::string& id) const {
  const auto found = std::find_if(identities_.begin(), identities_.end(),
                                  [&](const Identity& each) { return each.id == id; });
  return found == identities_.end() ? nullptr : &*found;
}

bool SessionJudge::meets(const json::object& policy, const Session& session) const {
  // One without high assurance is about who the user is, not about this session.
  if (!flag(policy, "high_assurance"))
    return std::any_of(identities_.begin(), identities_.end(), [&](const Identity& each) {
      return each.identity_set == session.identity_set && admits(policy, each.username);
    });
  const auto& all = session.authentications;
  return std::any_of(all.begin(), all.end(), [&](const Authentication& each) {
    const Identity* identity = find(each.identity);
    return identity && admits(policy, identity->username) && is_in_time(policy, each, now_) &&
           (each.multi_factor || !flag(policy, "required_mfa"));
  });
}

int SessionJudge::open(const Session& session) const {
  Session counted = session;
  std::erase_if(counted.authentications,
                [&](const Authentication& each) { return each.time < requirements_.since; });
  const auto any = [&](const auto& condition) {
    const auto& all = counted.authentications;
    return std::any_of(all.begin(), all.end(), [&](const Authentication& each) {
      const Identity* identity = find(each.identity);
      return identity && condition(each, *identity);
    });
  };
  int open = 0;
  const auto require = [&](bool met) {
    if (!met) ++open;
  };
  if (!requirements_.name_who()) require(any([](const auto&, const auto&) { return true; }));
  for (const auto& wanted : requirements_.identities)
    require(any([&](const auto&, const Identity& who) {
      return who.id == canonical_uuid(wanted) || lower_case(who.username) == lower_case(wanted);
    }));
  const auto& domains = requirements_.domains;
  require(domains.empty() || any([&](const auto&, const Identity& who) {
            return std::find(domains.begin(), domains.end(), domain_of(who.username)) !=
                   domains.end();
          }));
  require(!requirements_.multi_factor ||
          any([](const Authentication& each, const auto&) { return each.multi_factor; }));
  for (const auto& policy : requirements_.policies) require(meets(policy, counted));
  return open;
}

Authentication SessionJudge::now_as(const Identity& identity) const {
  return {identity.id, now_, identity.multi_factor && requirements_.ask_for_second_factor()};
}

Session SessionJudge::base(const Session& session, const Identity& identity) const {
  return session.identity_set == identity.identity_set ? session
                                                       : Session{{}, identity.identity_set};
}

std::vector<Identity> SessionJudge::candidates(const Session& session, bool anyone) const {
  std::unordered_map<std::string, std::vector<const Identity*>> sets;
  for (const auto& identity : identities_) sets[identity.identity_set].push_back(&identity);
  std::vector<Identity> result;
  for (const auto& identity : identities_) {
    const Session before = base(session, identity);
    Session all = before;
    for (const Identity* each : sets.at(identity.identity_set)) all = all.with(now_as(*each));
    if (open(all) > 0) continue;
    if (anyone || open(before.with(now_as(identity))) < open(before)) result.push_back(identity);
  }
  return result;
}

}  // namespace globus_sandbox::auth
