// SPDX-License-Identifier: Apache-2.0
// The C++ side of the test that shares files of tokens with the Python SDK.
//
//     token_store_peer json|sqlite FILE NAMESPACE COMMAND
//
// COMMANDs are `store` (what standard input has: an object of tokens by resource server), `get`
// (prints such an object), `remove RESOURCE_SERVER`, `namespaces`, `write MARK COUNT` (stores so
// many tokens one by one), `watch COUNT` (reads so many times), and `path CLIENT_ID APP_NAME
// ENVIRONMENT`, for which FILE does not matter. `token_store_peer slugs` makes a line of each line
// of standard input: the app's name as a folder, or an exclamation mark where it cannot be one.
// `SEALING_KEY`, a variable, seals what is stored.
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "globus_sdk/core/json.hpp"
#include "globus_sdk/token_storage/json_token_storage.hpp"
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"

namespace {

using namespace globus_sdk;
using Arguments = std::vector<std::string>;

TokenStorageDataByResourceServer tokens_of_input() {
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  const Json document = Json::parse(text);
  TokenStorageDataByResourceServer tokens;
  for (const auto& [resource_server, data] : document.view().items()) {
    tokens.emplace(resource_server, TokenStorageData::from_dict(data));
  }
  return tokens;
}

void print(const TokenStorageDataByResourceServer& tokens) {
  std::map<std::string, Json> document;
  for (const auto& [resource_server, data] : tokens) {
    document.emplace(resource_server, data.to_dict(true));
  }
  std::cout << Json(document) << '\n';
}

TokenStorageDataByResourceServer one_token(const std::string& resource_server) {
  TokenStorageData data;
  data.resource_server = resource_server;
  data.scope = "email";
  data.access_token = "access-of-" + resource_server;
  data.expires_at_seconds = 4'000'000'000;
  return {{resource_server, data}};
}

template <class S> void run(const S& storage, const Arguments& arguments) {
  const std::string& command = arguments.at(0);
  if (command == "store") {
    storage.store_token_data_by_resource_server(tokens_of_input());
  } else if (command == "get") {
    print(storage.get_token_data_by_resource_server());
  } else if (command == "remove") {
    std::cout << (storage.remove_token_data(arguments.at(1)) ? "true" : "false") << '\n';
  } else if (command == "write") {
    for (int i = 0; i < std::stoi(arguments.at(2)); ++i) {
      storage.store_token_data_by_resource_server(
          one_token(arguments.at(1) + "-" + std::to_string(i)));
    }
  } else if (command == "watch") {
    for (int i = 0; i < std::stoi(arguments.at(1)); ++i) {
      if (storage.get_token_data_by_resource_server().empty()) {
        throw GlobusError("the tokens are gone");
      }
    }
  } else if (command == "path") {
    std::cout
        << S::for_globus_app(arguments.at(1), arguments.at(2), arguments.at(3), "x").filepath()
        << '\n';
  } else if constexpr (std::is_same_v<S, SQLiteTokenStorage>) {
    for (const auto& name : storage.iter_namespaces()) std::cout << name << '\n';
  }
}

void print_slugs() {
  for (std::string name; std::getline(std::cin, name);) {
    try {
      std::cout << detail::slugify_app_name(name) << '\n';
    } catch (const GlobusSDKUsageError&) {
      std::cout << "!\n";
    }
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const Arguments arguments(argv + 1, argv + argc);
  if (arguments.at(0) == "slugs") {
    print_slugs();
    return 0;
  }
  FileTokenStorageOptions options{.namespace_ = arguments.at(2)};
  if (std::getenv("SEALING_KEY") != nullptr)
    options.sealer = TokenSealer({SealingKey::from_environment("SEALING_KEY")});
  const Arguments rest(arguments.begin() + 3, arguments.end());
  if (arguments.at(0) == "json") {
    run(JSONTokenStorage(arguments.at(1), options), rest);
  } else {
    run(SQLiteTokenStorage(arguments.at(1), options), rest);
  }
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
