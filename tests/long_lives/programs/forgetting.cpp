// SPDX-License-Identifier: Apache-2.0
// Renews a token, calls with it, and lets go of everything; then waits, so that somebody else can
// look for secrets in its memory. What it is given comes over standard input, each byte the other
// way round, and is forgotten as soon as the SDK has it.
//
// usage: forgetting refresh|login
#include <openssl/crypto.h>
#include <unistd.h>

#include <cstring>
#include <vector>

#include "long_lives/programs/life.hpp"

namespace {

using namespace globus_sdk;

/// A line of standard input, in the clear until it goes.
class Line {
 public:
  Line() {
    char c = 0;
    while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n') {
      if (size_ < text_.size()) text_[size_++] = static_cast<char>(~c);
    }
  }
  ~Line() { OPENSSL_cleanse(text_.data(), text_.size()); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::vector<char> text_ = std::vector<char>(4096);
  std::size_t size_ = 0;
};

/// Says how far the program is, and goes on when it is told to.
void pause(const char* where) {
  std::puts(where);
  std::fflush(stdout);
  const Line go_on;  // anything
}

RefreshTokenAuthorizer refreshing() {
  const ConfidentialAppAuthClient login = [] {
    const Line id;
    const Line secret;
    return ConfidentialAppAuthClient(id.view(), secret.view());
  }();
  const Line refresh_token;
  return {refresh_token.view(), login};
}

void refresh() {
  const Line collection;
  const RefreshTokenAuthorizer authorizer = refreshing();
  const TransferClient client(authorizer);
  client.operation_ls(collection.view());
  // a further renewal, of what may be the next refresh token
  authorizer.handle_missing_authorization(authorizer.get_authorization_header({}));
  globus_sdk_test::run_async(client.async().operation_ls(collection.view()));
  pause("holding");
}

void login() {
  const Line id;
  const Line secret;
  const ConfidentialAppAuthClient client(id.view(), secret.view());
  const Line token;
  client.oauth2_token_introspect(token.view());
  client.oauth2_revoke_token(token.view());
  pause("holding");
}

}  // namespace

int main(int count, char** values) {
  return life::run([&] {
    if (count == 2 && std::strcmp(values[1], "refresh") == 0) {
      refresh();
    } else {
      login();
    }
    pause("forgotten");
  });
}
