// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/local_endpoint/local_globus_connect_personal.hpp"

#include <mutex>
#include <string_view>
#include <utility>

#include "core/base/ascii.hpp"
#include "core/process/home_folder.hpp"
#include "local_endpoint/local_file.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// How the one line of a gridmap begins that is about the owner.
constexpr std::string_view owner_line = "\"/C=US/O=Globus Consortium/OU=Globus Connect User/CN=";

std::optional<GlobusConnectPersonalOwnerInfo> owner_in(std::string_view gridmap) {
  while (!gridmap.empty()) {
    const auto line = gridmap.substr(0, gridmap.find('\n'));
    if (line.starts_with(owner_line)) {
      try {
        return GlobusConnectPersonalOwnerInfo(detail::ascii_trimmed(line));
      } catch (const ValidationError&) {
        return std::nullopt;
      }
    }
    gridmap.remove_prefix(std::min(gridmap.size(), line.size() + 1));
  }
  return std::nullopt;
}

}  // namespace

struct LocalGlobusConnectPersonal::State {
  std::string config_dir{};
  std::mutex mutex{};
  std::optional<std::string> endpoint_id{};
};

LocalGlobusConnectPersonal::LocalGlobusConnectPersonal(
    const LocalGlobusConnectPersonalOptions& options)
    : state_(std::make_shared<State>()) {
  state_->config_dir = options.config_dir.value_or("");
}
LocalGlobusConnectPersonal::~LocalGlobusConnectPersonal() = default;
LocalGlobusConnectPersonal::LocalGlobusConnectPersonal(const LocalGlobusConnectPersonal&) = default;
LocalGlobusConnectPersonal::LocalGlobusConnectPersonal(LocalGlobusConnectPersonal&&) noexcept =
    default;
LocalGlobusConnectPersonal& LocalGlobusConnectPersonal::operator=(
    const LocalGlobusConnectPersonal&) = default;
LocalGlobusConnectPersonal& LocalGlobusConnectPersonal::operator=(
    LocalGlobusConnectPersonal&&) noexcept = default;

std::string LocalGlobusConnectPersonal::config_dir() const {
  if (!state_->config_dir.empty()) return state_->config_dir;
  auto home = detail::home_folder();
  if (!home) {
    throw GlobusSDKUsageError(
        "the home folder of this user is not known; set HOME, or give config_dir");
  }
  while (home->ends_with('/')) home->pop_back();
  return *std::move(home) + "/.globusonline";
}

std::string LocalGlobusConnectPersonal::file(std::string_view name) const {
  return config_dir() + "/lta/" + std::string(name);
}

std::optional<std::string> LocalGlobusConnectPersonal::endpoint_id() const {
  const std::lock_guard lock(state_->mutex);
  if (!state_->endpoint_id) {
    if (const auto content = detail::read_local_file(file("client-id.txt"))) {
      state_->endpoint_id = std::string(detail::ascii_trimmed(*content));
    }
  }
  return state_->endpoint_id;
}

void LocalGlobusConnectPersonal::reset_endpoint_id() const {
  const std::lock_guard lock(state_->mutex);
  state_->endpoint_id.reset();
}

std::optional<GlobusConnectPersonalOwnerInfo> LocalGlobusConnectPersonal::get_owner_info() const {
  const auto gridmap = detail::read_local_file(file("gridmap"));
  if (!gridmap) return std::nullopt;
  return owner_in(*gridmap);
}

std::optional<TemporaryJsonView> LocalGlobusConnectPersonal::get_owner_info(
    const AuthClient& auth_client) const {
  const auto owner = get_owner_info();
  if (!owner) return std::nullopt;
  GetIdentitiesOptions options;
  if (owner->id) {
    options.ids = *owner->id;
  } else {
    options.usernames = *owner->username;
  }
  // one that the caller may not see is not in the answer
  const auto identities = auth_client.get_identities(options).get("identities");
  if (!identities || !identities->is_array() || identities->empty()) return std::nullopt;
  return (*identities)[0];
}

}  // namespace globus_sdk::inline v0
