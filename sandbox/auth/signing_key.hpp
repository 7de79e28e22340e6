// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "sandbox/base/settings.hpp"

namespace globus_sandbox::auth {

/// The RSA key that signs id tokens. It is made when it is first needed, and kept in the state;
/// sandboxes of one process may share it.
class SigningKey {
 public:
  explicit SigningKey(Settings& settings);
  ~SigningKey();
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  /// The public half as a JSON Web Key.
  boost::json::object json_web_key();
  /// A JSON Web Token over these claims, signed with RS512.
  std::string sign(const boost::json::object& claims);

 private:
  struct Key;
  Key& key();
  Settings& settings_;
  std::mutex mutex_;
  std::unique_ptr<Key> key_;
};

}  // namespace globus_sandbox::auth
