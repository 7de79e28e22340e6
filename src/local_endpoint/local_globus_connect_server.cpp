// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/local_endpoint/local_globus_connect_server.hpp"

#include <filesystem>
#include <mutex>
#include <system_error>

#include "local_endpoint/local_file.hpp"

namespace globus_sdk::inline v0 {

struct LocalGlobusConnectServer::State {
  std::string info_path{};
  std::mutex mutex{};
  std::optional<JsonView> info{};
};

LocalGlobusConnectServer::LocalGlobusConnectServer(const LocalGlobusConnectServerOptions& options)
    : state_(std::make_shared<State>()) {
  state_->info_path = options.info_path.value_or("/var/lib/globus-connect-server/info.json");
}
LocalGlobusConnectServer::~LocalGlobusConnectServer() = default;
LocalGlobusConnectServer::LocalGlobusConnectServer(const LocalGlobusConnectServer&) = default;
LocalGlobusConnectServer::LocalGlobusConnectServer(LocalGlobusConnectServer&&) noexcept = default;
LocalGlobusConnectServer& LocalGlobusConnectServer::operator=(const LocalGlobusConnectServer&) =
    default;
LocalGlobusConnectServer& LocalGlobusConnectServer::operator=(LocalGlobusConnectServer&&) noexcept =
    default;

const std::string& LocalGlobusConnectServer::info_path() const noexcept {
  return state_->info_path;
}

std::optional<TemporaryJsonView> LocalGlobusConnectServer::info_dict() const {
  const std::lock_guard lock(state_->mutex);
  if (state_->info) return state_->info;
  std::error_code error;
  const auto kind = std::filesystem::status(state_->info_path, error).type();
  const bool is_hidden = error == std::errc::permission_denied;  // then reading says so
  if (kind != std::filesystem::file_type::regular && !is_hidden) return std::nullopt;
  const auto content = detail::read_local_file(state_->info_path);
  if (!content) return std::nullopt;
  auto document = detail::parse_json(*content);
  if (!document || !document->is_object()) return std::nullopt;
  state_->info = std::move(document);
  return state_->info;
}

void LocalGlobusConnectServer::reset_info_dict() const {
  const std::lock_guard lock(state_->mutex);
  state_->info.reset();
}

std::optional<std::string> LocalGlobusConnectServer::text_of_info(std::string_view name) const {
  const auto info = info_dict();
  if (!info) return std::nullopt;
  const auto member = info->get(name);
  if (!member || !member->is_string()) return std::nullopt;
  return member->as<std::string>();
}

std::optional<std::string> LocalGlobusConnectServer::endpoint_id() const {
  return text_of_info("endpoint_id");
}

std::optional<std::string> LocalGlobusConnectServer::domain_name() const {
  return text_of_info("domain_name");
}

}  // namespace globus_sdk::inline v0
