// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "globus_sdk/token_storage/multi_user_token_storage.hpp"
#include "globus_sdk/token_storage/token_sealer.hpp"

namespace globus_sdk::inline v0 {

/// Options of MemoryTokenStorage.
struct MemoryTokenStorageOptions {
  /// The namespace; `DEFAULT` when unset.
  Field<std::string> namespace_{};
  /// Seals what is stored, and opens it again; tokens are stored as they are when unset.
  Field<TokenSealer> sealer{};
};

/// Keeps tokens in memory until the process ends. Mirrors
/// `globus_sdk.token_storage.MemoryTokenStorage`. Copies share their tokens.
class GLOBUS_SDK_EXPORT MemoryTokenStorage final : public MultiUserTokenStorage {
 public:
  /// A new storage without tokens.
  explicit MemoryTokenStorage(const MemoryTokenStorageOptions& options = {});
  ~MemoryTokenStorage() override;
  MemoryTokenStorage(const MemoryTokenStorage&);
  MemoryTokenStorage& operator=(const MemoryTokenStorage&);

  /// The storage of an app. Only the namespace matters.
  static MemoryTokenStorage for_globus_app(Text client_id, Text app_name, Text environment,
                                           Text namespace_);

  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& token_data_by_resource_server) const override;
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override;
  bool remove_token_data(Text resource_server) const override;
  RenewalLock lock_renewal(Text resource_server, std::chrono::milliseconds timeout) const override;

  std::shared_ptr<const MultiUserTokenStorage> in_namespace(Text namespace_) const override;
  std::vector<std::string> iter_namespaces(const NamespacePage& page = {}) const override;
  std::size_t remove_namespace(Text namespace_) const override;
  std::vector<TokenExpiry> tokens_by_expiry(const ExpiryPage& page = {}) const override;

 private:
  MemoryTokenStorage(const MemoryTokenStorage& storage, Text namespace_);

  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
