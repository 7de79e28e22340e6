// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_addresses.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "core/process/helper_threads.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// What a look-up found; the thread that looks and the one that waits share it.
struct LookUp {
  std::mutex mutex{};
  std::condition_variable ended{};
  bool is_done = false;
  int error = 0;
  std::vector<std::string> addresses{};
};

bool is_number(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

std::vector<std::string> numbers_of(const addrinfo* list) {
  std::vector<std::string> numbers;
  for (; list != nullptr; list = list->ai_next) {
    char number[NI_MAXHOST];
    if (getnameinfo(list->ai_addr, list->ai_addrlen, number, sizeof number, nullptr, 0,
                    NI_NUMERICHOST) == 0) {
      numbers.emplace_back(number);
    }
  }
  return numbers;
}

void look_up(const std::string& host, LookUp& result) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int error = getaddrinfo(host.c_str(), nullptr, &hints, &list);
  auto numbers = error == 0 ? numbers_of(list) : std::vector<std::string>();
  if (error == 0) freeaddrinfo(list);
  {
    const std::lock_guard lock(result.mutex);
    result.is_done = true;
    result.error = error;
    result.addresses = std::move(numbers);
  }
  result.ended.notify_all();
}

}  // namespace

std::vector<std::string> look_up_addresses(const std::string& host, PostgresDeadline deadline) {
  if (is_number(host)) return {host};
  const auto result = std::make_shared<LookUp>();
  run_on_helper_thread([host, result] { look_up(host, *result); });
  std::unique_lock lock(result->mutex);
  using Kind = PostgresFailure::Kind;
  if (!result->ended.wait_until(lock, deadline, [&] { return result->is_done; })) {
    throw PostgresFailure{Kind::unreachable, "",
                          "no name server tells the address of " + host +
                              "; see whether this machine reaches its name servers"};
  }
  if (result->addresses.empty()) {
    // where the name server is well, another look-up finds no more
    const bool is_known = result->error == EAI_NONAME;
    throw PostgresFailure{is_known ? Kind::refused : Kind::unreachable, "",
                          "the host " + host + " has no address (" + gai_strerror(result->error) +
                              "); correct its name in the URL"};
  }
  return result->addresses;
}

}  // namespace globus_sdk::inline v0::detail
