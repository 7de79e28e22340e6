// SPDX-License-Identifier: Apache-2.0
// What storages of many users' tokens can do, as JSON.
//
//   kinds                           which storages it was built with
//   KIND WHERE fill USERS           stores a token for each of so many users
//   KIND WHERE get CLIENTS SECONDS  looks users' tokens up, on so many threads at once
//   KIND WHERE rows USERS SECONDS   lists, deletes, and asks what expires next, so long each
//
// KIND is json, sqlite or postgres, and WHERE a file or a URL.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "globus_sdk/token_storage/json_token_storage.hpp"
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"
#ifdef BENCH_POSTGRES
#include "globus_sdk/postgres/postgres_token_storage.hpp"
#endif

namespace {

using namespace globus_sdk;
using Storage = std::shared_ptr<const MultiUserTokenStorage>;
using std::chrono::steady_clock;

constexpr const char* resource_server = "transfer.api.globus.org";
constexpr std::int64_t page_size = 1000;
constexpr std::int64_t fewest_times = 3;
constexpr std::int64_t first_expiry = 4'000'000'000;

Storage open_storage(const std::string& kind, const std::string& where) {
  if (kind == "json") return std::make_shared<const JSONTokenStorage>(where);
  if (kind == "sqlite") return std::make_shared<const SQLiteTokenStorage>(where);
#ifdef BENCH_POSTGRES
  if (kind == "postgres") return std::make_shared<const PostgresTokenStorage>(where);
#endif
  throw std::runtime_error("no storage is called " + kind);
}

/// So that the names' order is the users'.
std::string user_name(std::size_t number) {
  std::string digits = std::to_string(number);
  return "user-" + std::string(8 - std::min<std::size_t>(8, digits.size()), '0') + digits;
}

TokenStorageData token_of(std::size_t number) {
  TokenStorageData data;
  data.resource_server = resource_server;
  data.identity_id = "5a1c5c7e-1f0a-4f6e-9f1b-0a4e4f6e9f1b";
  data.scope = "urn:globus:auth:scope:transfer.api.globus.org:all";
  data.access_token = "Ag" + std::string(90, 'a') + std::to_string(number);
  data.refresh_token = "Ag" + std::string(50, 'r') + std::to_string(number);
  data.expires_at_seconds = first_expiry + static_cast<std::int64_t>(number);
  data.token_type = "Bearer";
  return data;
}

void fill(const Storage& storage, std::size_t users) {
  for (std::size_t number = 0; number < users; ++number) {
    storage->in_namespace(user_name(number))
        ->store_token_data_by_resource_server({{resource_server, token_of(number)}});
  }
  std::printf("{\"users\": %zu}\n", storage->iter_namespaces().size());
}

double seconds_since(steady_clock::time_point begin) {
  return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

/// Does something again and again for some time; the seconds that each took.
std::vector<double> repeat(double seconds, const std::function<void()>& act) {
  std::vector<double> times;
  const auto end = steady_clock::now() + std::chrono::duration<double>(seconds);
  while (steady_clock::now() < end || static_cast<std::int64_t>(times.size()) < fewest_times) {
    const auto begin = steady_clock::now();
    act();
    times.push_back(seconds_since(begin));
  }
  return times;
}

double quantile(const std::vector<double>& sorted, double part) {
  return sorted.at(std::min(sorted.size() - 1,
                            static_cast<std::size_t>(part * static_cast<double>(sorted.size()))));
}

std::string summary(std::vector<double> times) {
  std::ranges::sort(times);
  char text[128];
  std::snprintf(text, sizeof text, "\"times\": %zu, \"p50\": %.9f, \"p99\": %.9f", times.size(),
                quantile(times, 0.5), quantile(times, 0.99));
  return text;
}

void get(const Storage& storage, std::size_t clients, double seconds) {
  std::vector<Storage> users;
  for (const auto& name : storage->iter_namespaces()) users.push_back(storage->in_namespace(name));
  std::vector<std::vector<double>> times(clients);
  std::vector<std::jthread> threads;
  const auto begin = steady_clock::now();
  for (std::size_t client = 0; client < clients; ++client) {
    threads.emplace_back([&, client] {
      std::minstd_rand random(static_cast<unsigned>(client + 1));
      times[client] = repeat(seconds, [&] {
        const auto data = users[random() % users.size()]->get_token_data(resource_server);
        if (!data || data->expires_at_seconds < first_expiry) std::abort();
      });
    });
  }
  threads.clear();  // joins them
  const double took = seconds_since(begin);
  std::vector<double> all;
  for (const auto& own : times) all.insert(all.end(), own.begin(), own.end());
  std::printf("{%s, \"seconds\": %.6f}\n", summary(std::move(all)).c_str(), took);
}

void rows(const Storage& storage, std::size_t users, double seconds) {
  std::minstd_rand random(7);
  // one after whom a whole page comes
  const auto any_number = [&] { return random() % (users / 2); };
  const auto check = [](std::size_t count) {
    if (count != static_cast<std::size_t>(page_size)) throw std::runtime_error("not a whole page");
  };
  const auto first_page =
      repeat(seconds, [&] { check(storage->iter_namespaces({.limit = page_size}).size()); });
  const auto page = repeat(seconds, [&] {
    check(storage->iter_namespaces({.after = user_name(any_number()), .limit = page_size}).size());
  });
  const auto next_to_expire =
      repeat(seconds, [&] { check(storage->tokens_by_expiry({.limit = page_size}).size()); });
  const auto expiry_page = repeat(seconds, [&] {
    const auto number = any_number();
    const TokenExpiry after{user_name(number), resource_server,
                            first_expiry + static_cast<std::int64_t>(number)};
    check(storage->tokens_by_expiry({.after = after, .limit = page_size}).size());
  });
  std::size_t deleted = 0;
  const auto removal =
      repeat(seconds, [&] { deleted += storage->remove_namespace(user_name(any_number())); });
  if (deleted == 0) throw std::runtime_error("nobody was deleted");
  std::printf(
      "{\"first_page\": {%s}, \"page\": {%s}, \"next_to_expire\": {%s}, \"expiry_page\": {%s}, "
      "\"removal\": {%s}}\n",
      summary(first_page).c_str(), summary(page).c_str(), summary(next_to_expire).c_str(),
      summary(expiry_page).c_str(), summary(removal).c_str());
}

int print_kinds() {
#ifdef BENCH_POSTGRES
  std::puts(R"({"kinds": ["json", "sqlite", "postgres"]})");
#else
  std::puts(R"({"kinds": ["json", "sqlite"]})");
#endif
  return 0;
}

}  // namespace

int main(int count, char** values) {
  try {
    const std::vector<std::string> arguments(values + 1, values + count);
    if (arguments.at(0) == "kinds") return print_kinds();
    const Storage storage = open_storage(arguments.at(0), arguments.at(1));
    const std::string& what = arguments.at(2);
    if (what == "fill") fill(storage, std::stoul(arguments.at(3)));
    if (what == "get") get(storage, std::stoul(arguments.at(3)), std::stod(arguments.at(4)));
    if (what == "rows") rows(storage, std::stoul(arguments.at(3)), std::stod(arguments.at(4)));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
