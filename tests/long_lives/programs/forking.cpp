// SPDX-License-Identifier: Apache-2.0
// A process that has used a client forks, and both go on with the same handles.
//
// usage: forking MODE
//   warm        connections of both doors are idle
//   in-flight   an asynchronous request is under way
//   helper      a thread that renewed for an asynchronous call still waits for more to do
//   renewing    another thread of the parent is renewing the token
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <string_view>
#include <thread>

#include "long_lives/programs/life.hpp"

namespace {

using globus_sdk::TransferClient;

bool is_child = false;

}  // namespace

/// What LeakSanitizer asks before it looks. In a child it would report what only the stacks and the
/// thread-local memory of its parent's threads held, OpenSSL's before all, and nobody can free.
extern "C" int __lsan_is_turned_off();   // NOLINT(bugprone-reserved-identifier)
extern "C" int __lsan_is_turned_off() {  // NOLINT(bugprone-reserved-identifier)
  return is_child ? 1 : 0;
}

namespace {

/// The child's life: an end by SIGALRM when something hangs, by exit status when something fails.
template <class Body> pid_t fork_child(Body body) {
  const pid_t child = fork();
  if (child != 0) return child;
  is_child = true;
  alarm(30);
  // an end as a program has it: what is static is destroyed
  std::exit(life::run(body));
}

void wait_for(pid_t child) {
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error("the child failed, with wait status " + std::to_string(status));
  }
}

void use(const TransferClient& client) {
  for (int count = 0; count < 3; ++count) {
    life::call(client);
    life::call_async(client);
  }
}

void warm() {
  const TransferClient client = life::transfer_client();
  use(client);
  // the first child drops its handle by itself, the second leaves that to the end of main's frame
  wait_for(fork_child([&client] { use(TransferClient(client)); }));
  use(client);
  wait_for(fork_child([&client] { use(client); }));
  use(client);
  wait_for(fork_child([] {}));
  use(client);
}

boost::asio::awaitable<void> list(TransferClient client, bool* answered) {
  auto listing = client.async().operation_ls(life::source());
  co_await std::move(listing);
  *answered = true;
}

/// Says something to the test, and waits until it is let go on.
void tell(const char* word) {
  std::puts(word);
  std::fflush(stdout);
  if (std::getchar() == EOF) throw std::runtime_error("no word from the test");
}

void in_flight() {
  const TransferClient client = life::transfer_client();
  use(client);
  tell("asking");
  boost::asio::io_context context;
  bool answered = false;
  boost::asio::co_spawn(context, list(client, &answered), [](std::exception_ptr) {});
  context.run_for(std::chrono::milliseconds(150));
  if (answered) throw std::runtime_error("the request was not under way any more");
  wait_for(fork_child([&client] { use(client); }));
  context.run();
  if (!answered) throw std::runtime_error("the parent's request was lost");
  use(client);
}

void helper() {
  const globus_sdk::RefreshTokenAuthorizer authorizer = life::renewing_authorizer();
  const TransferClient client(authorizer);
  life::call_async(client);
  wait_for(fork_child([&] {
    authorizer.handle_missing_authorization(authorizer.get_authorization_header({}));
    life::call_async(client);
    use(client);
  }));
  use(client);
}

void renewing() {
  const TransferClient client(life::renewing_authorizer());
  tell("asking");
  std::thread first([&client] { life::call(client); });
  tell("renewing");  // until the server has the request: then the thread only waits
  const pid_t child = fork_child([&client] { use(client); });
  first.join();
  wait_for(child);
  use(client);
}

}  // namespace

int main(int, char** arguments) {
  const std::string_view mode = arguments[1];
  return life::run([mode] {
    if (mode == "warm") return warm();
    if (mode == "in-flight") return in_flight();
    if (mode == "helper") return helper();
    if (mode == "renewing") return renewing();
    throw std::runtime_error("no such mode");
  });
}
