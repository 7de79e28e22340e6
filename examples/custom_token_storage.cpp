// SPDX-License-Identifier: Apache-2.0
// A token storage of your own
//
//     custom_token_storage FOLDER
//
// An application logs in for itself and keeps its tokens as one file for each resource server, in a
// folder with one folder for each namespace, as systems do that give secrets to programs in mounted
// files. A storage needs three functions; they may be plain blocking code. When it is run again,
// the program finds the tokens and does not log in.
#include <cctype>
#include <filesystem>
#include <fstream>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <iterator>
#include <random>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;
namespace fs = std::filesystem;

//! [storage]
/// A handle, as storages are. It has nothing but the folder's name, so copies work on the same
/// tokens. A file is written under a name that no other writer uses, and then renamed, so that any
/// number of threads and processes may store and read at once.
class FolderTokenStorage final : public TokenStorage {
 public:
  FolderTokenStorage(const fs::path& folder, const std::string& name_of_space)
      : TokenStorage(name_of_space), folder_(folder / plain(name_of_space)) {}

  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& tokens) const override {
    fs::create_directories(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
    for (const auto& [resource_server, data] : tokens) {
      const fs::path file = file_of(resource_server);
      const fs::path new_file = file.string() + "." + std::to_string(std::random_device{}());
      { std::ofstream(new_file) << data.to_dict(); }
      fs::rename(new_file, file);
    }
  }

  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override {
    TokenStorageDataByResourceServer tokens;
    if (!fs::exists(folder_)) return tokens;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      if (entry.path().extension() != ".json") continue;
      std::ifstream stream(entry.path());
      const std::string text{std::istreambuf_iterator<char>(stream), {}};
      auto data = TokenStorageData::from_dict(Json::parse(text));
      tokens.emplace(data.resource_server, data);
    }
    return tokens;
  }

  bool remove_token_data(Text resource_server) const override {
    return fs::remove(file_of(resource_server.str()));
  }

 private:
  /// A name that is safe as a file's: it must not lead out of the folder, wherever it comes from.
  static std::string plain(std::string name) {
    for (char& c : name) {
      if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-') c = '_';
    }
    return name;
  }
  fs::path file_of(const std::string& resource_server) const {
    return folder_ / (plain(resource_server) + ".json");
  }

  fs::path folder_;
};
//! [storage]

/// The stored token, or one from a new login.
TokenStorageData token_for(const std::string& resource_server, const TokenStorage& storage,
                           const ConfidentialAppAuthClient& client, const std::string& scope) {
  try {
    // the validators check what the storage returns, whichever storage it is
    auto stored = storage.get_token_data(resource_server);
    std::cout << "found a token for " << resource_server << '\n';
    return *stored;
  } catch (const TokenValidationError& error) {
    std::cout << "logging in: " << error.what() << '\n';
    storage.store_token_response(client.oauth2_client_credentials_tokens(scope));
    return *storage.get_token_data(resource_server);
  }
}

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: custom_token_storage FOLDER\n";
    return 2;
  }
  const auto client_id = examples::environment("GLOBUS_SANDBOX_CLIENT_ID");
  const ConfidentialAppAuthClient client{client_id,
                                         examples::environment("GLOBUS_SANDBOX_CLIENT_SECRET")};
  const ValidatingTokenStorage storage{FolderTokenStorage{argv[1], client_id},
                                       {.validators = {NotExpiredValidator{}}}};

  const auto token = token_for("transfer.api.globus.org", storage, client,
                               "urn:globus:auth:scope:transfer.api.globus.org:all");
  const TransferClient tc{AccessTokenAuthorizer{token.access_token}};
  std::cout << "tasks of the application: " << tc.task_list()["DATA"].size() << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
