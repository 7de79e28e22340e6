// SPDX-License-Identifier: Apache-2.0
// Does one operation of the SDK a number of times, without a network, so that callgrind can count
// its instructions. Two counts of times give the cost of one: what the program itself needs is the
// same in both.
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <stdexcept>

#include "core/http/exchange.hpp"
#include "core/http/resolved_transport_settings.hpp"
#include "globus_sdk/globus_sdk.hpp"
#include "scripted_mode.hpp"
#include "server/documents.hpp"
#include "transfer/transfer_operations.hpp"

namespace {

using namespace globus_sdk;

constexpr const char* id = "9d2f3c1a-5b7e-4a90-8c11-0e6f2d4b7a35";
constexpr const char* token = "AgBenchToken4yN2vQx8Lk0pRw6sTz1uHj3cVb5nMg7dFa9eXi2oKy4";
constexpr int page_entries = 100;
constexpr int transfer_items = 1000;

BasicTransferClient<Scripted> transfer_client(std::string body) {
  const AnyAuthorizer authorizer{AccessTokenAuthorizer{token}};
  return BasicTransferClient<Scripted>(
      scripted(detail::service_of<TransferClient>, authorizer.get(), std::move(body)));
}

/// What to do once; it returns something that depends on all of its work.
using Operation = std::function<std::size_t()>;

Operation get_and_parse() {
  return [client = transfer_client(globus_bench::task_document())] {
    return std::string(client.get_task(id)["status"]).size();
  };
}

Operation form_post() {
  const std::string body =
      R"({"access_token": "AgAccess", "scope": "urn:globus:auth:scope:transfer.api.globus.org:all",)"
      R"( "expires_in": 172800, "token_type": "Bearer", "resource_server":)"
      R"( "transfer.api.globus.org", "other_tokens": []})";
  const AnyAuthorizer authorizer{BasicAuthorizer{id, "a secret that nobody knows"}};
  const BasicConfidentialAppAuthClient<Scripted> client(
      scripted(detail::service_of<AuthClient>, authorizer.get(), body),
      std::make_shared<detail::LoginState>(id));
  return [client] {
    const auto tokens = client.oauth2_client_credentials_tokens(
        "urn:globus:auth:scope:transfer.api.globus.org:all");
    return tokens.by_resource_server().size();
  };
}

Operation page_of_items() {
  return [client = transfer_client(globus_bench::listing_document(page_entries))] {
    std::size_t bytes = 0;
    for (const auto& entry : client.operation_ls(id)) bytes += entry["size"].as<std::size_t>();
    return bytes;
  };
}

Operation transfer_data() {
  return [] {
    TransferData data(id, id, {.label = "nightly", .sync_level = SyncLevel::checksum});
    for (int item = 0; item < transfer_items; ++item) {
      const std::string name = "measurement-" + std::to_string(item) + ".h5";
      data.add_item("/data/" + name, "/backup/" + name);
    }
    return data.document().dump().size();
  };
}

/// What stands between a request and libcurl's beginning to send it.
Operation transfer_setup() {
  struct Transfer {
    detail::ResolvedTransportSettings settings = detail::resolve({});
    detail::EasyHandle handle{};
    detail::OutgoingRequest request{};
  };
  auto transfer = std::make_shared<Transfer>();
  transfer->request.method = "GET";
  transfer->request.url = std::string("https://service.example/v0.10/task/") + id;
  transfer->request.destination.https = true;
  transfer->request.header_lines = {"Accept: application/json", "User-Agent: bench"};
  transfer->request.authorization = std::string("Bearer ") + token;
  transfer->request.timeout = std::chrono::seconds(60);
  return [transfer] {
    detail::Exchange exchange(transfer->handle, transfer->settings, transfer->request);
    return exchange.silence_ends(detail::Exchange::Clock::now()).has_value() ? 1U : 0U;
  };
}

Operation operation_named(const std::string& name) {
  static const std::map<std::string, Operation (*)()> operations{
      {"get_and_parse", get_and_parse},
      {"form_post", form_post},
      {"page_of_100_items", page_of_items},
      {"transfer_data_of_1000_items", transfer_data},
      {"libcurl_setup", transfer_setup}};
  const auto found = operations.find(name);
  if (found == operations.end()) throw std::runtime_error("no operation " + name);
  return found->second();
}

}  // namespace

int main(int count, char** values) {
  try {
    if (count != 3) throw std::runtime_error("usage: PROGRAM OPERATION TIMES");
    const Operation operation = operation_named(values[1]);
    std::size_t checksum = 0;
    for (std::size_t left = std::stoul(values[2]); left > 0; --left) checksum += operation();
    std::printf("%zu\n", checksum);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
