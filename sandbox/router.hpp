// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http.hpp"

namespace globus_sandbox {

class TransferService;
namespace auth {
class AuthService;
}

/// Finds the service that a request is for by the first part of its path, checks the access token
/// where the service leaves that to us, and has the service answer.
class Router {
 public:
  Router(auth::AuthService& auth, TransferService& transfer) : auth_(auth), transfer_(transfer) {}
  HttpResponse answer(HttpRequest request);

 private:
  HttpResponse answer_transfer(const HttpRequest& request);
  auth::AuthService& auth_;
  TransferService& transfer_;
};

}  // namespace globus_sandbox
