// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/peer_user.hpp"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include "sandbox/base/file_descriptor.hpp"

namespace globus_sandbox {

namespace {

/// One end of a connection as the kernel numbers it: its own address and the other end's, in the
/// network's byte order.
struct End {
  std::uint32_t address = 0;
  std::uint32_t other_address = 0;
  std::uint16_t port = 0;
  std::uint16_t other_port = 0;
  bool operator==(const End&) const = default;

  End other() const { return {other_address, address, other_port, port}; }
};

/// What the kernel says of an end.
struct Holder {
  uid_t user = 0;
  std::uint64_t inode = 0;  ///< 0: no process holds it any longer
  int state = 0;
};

std::optional<End> own_end(int socket) {
  sockaddr_in ours{};
  sockaddr_in theirs{};
  socklen_t our_size = sizeof ours;
  socklen_t their_size = sizeof theirs;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&ours), &our_size) != 0 ||
      getpeername(socket, reinterpret_cast<sockaddr*>(&theirs), &their_size) != 0 ||
      ours.sin_family != AF_INET || theirs.sin_family != AF_INET)
    return std::nullopt;
  return End{ours.sin_addr.s_addr, theirs.sin_addr.s_addr, ours.sin_port, theirs.sin_port};
}

/// Whether the connection still stands, as far as we were told.
bool is_connected(int socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  return getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
         (info.tcpi_state == TCP_ESTABLISHED || info.tcpi_state == TCP_CLOSE_WAIT);
}

/// An IPv4 address out of the kernel's four words: a socket for IPv6 has it mapped.
std::uint32_t plain_address(int family, const __be32* words) {
  return family == AF_INET6 ? words[3] : words[0];
}

struct Question {
  nlmsghdr header{};
  inet_diag_req_v2 request{};
};

Question question_about(const End& end, std::uint32_t number) {
  Question question;
  question.header.nlmsg_len = sizeof question;
  question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  question.header.nlmsg_seq = number;
  auto& request = question.request;
  request.sdiag_family = AF_INET;  // finds those with mapped addresses, too
  request.sdiag_protocol = IPPROTO_TCP;
  request.idiag_states = ~0U;
  request.id.idiag_sport = end.port;
  request.id.idiag_dport = end.other_port;
  request.id.idiag_src[0] = end.address;
  request.id.idiag_dst[0] = end.other_address;
  request.id.idiag_cookie[0] = request.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return question;
}

struct Answer {
  nlmsghdr header{};
  inet_diag_msg message{};
};

/// The kernel's answer to the question of that number, which is there already: it answers within
/// the call that asks.
std::optional<Answer> receive(int netlink, std::uint32_t number) {
  for (;;) {
    alignas(nlmsghdr) std::array<char, 1024> bytes{};
    sockaddr_nl sender{};
    socklen_t sender_size = sizeof sender;
    const auto size = ::recvfrom(netlink, bytes.data(), bytes.size(), MSG_DONTWAIT,
                                 reinterpret_cast<sockaddr*>(&sender), &sender_size);
    if (size < 0) return std::nullopt;
    Answer answer;
    std::memcpy(&answer.header, bytes.data(), sizeof answer.header);
    if (sender.nl_pid != 0 || answer.header.nlmsg_seq != number)
      continue;  // not the kernel's, or late
    if (answer.header.nlmsg_type != SOCK_DIAG_BY_FAMILY) return std::nullopt;
    std::memcpy(&answer.message, bytes.data() + NLMSG_HDRLEN, sizeof answer.message);
    return answer;
  }
}

/// What the kernel says of an end; nothing when it knows none, or takes no questions.
std::optional<Holder> ask_kernel(const End& end) {
  // kept: to make and to close one takes longer than to ask
  thread_local const FileDescriptor netlink(
      ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  thread_local std::uint32_t number = 0;
  const Question question = question_about(end, ++number);
  sockaddr_nl kernel{};
  kernel.nl_family = AF_NETLINK;
  if (::sendto(netlink.get(), &question, sizeof question, 0,
               reinterpret_cast<const sockaddr*>(&kernel), sizeof kernel) < 0)
    return std::nullopt;
  const auto answer = receive(netlink.get(), number);
  if (!answer) return std::nullopt;
  const inet_diag_msg& message = answer->message;
  const End found{plain_address(message.idiag_family, message.id.idiag_src),
                  plain_address(message.idiag_family, message.id.idiag_dst), message.id.idiag_sport,
                  message.id.idiag_dport};
  // another is found where the one that we mean is gone: a socket that listens at its port
  if (found != end) return std::nullopt;
  return Holder{message.idiag_uid, message.idiag_inode, message.idiag_state};
}

/// Reads `7F000001:1F90` of /proc/net/tcp, or the longer form of tcp6.
bool is_address(const std::string& text, std::uint32_t address, std::uint16_t port) {
  std::array<char, 64> plain{};
  std::snprintf(plain.data(), plain.size(), "%08X:%04X", address, ntohs(port));
  static const std::string mapped = "0000000000000000FFFF0000";
  return text == plain.data() || text == mapped + plain.data();
}

/// What a table of the kernel says of an end.
std::optional<Holder> read_table(const char* table, const End& end) {
  std::ifstream file(table);
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string skipped;
    std::string here;
    std::string there;
    Holder holder;
    fields >> skipped >> here >> there >> std::hex >> holder.state >> std::dec;
    if (!is_address(here, end.address, end.port) ||
        !is_address(there, end.other_address, end.other_port))
      continue;
    fields >> skipped >> skipped >> skipped >> holder.user >> skipped >> holder.inode;
    if (fields) return holder;
  }
  return std::nullopt;
}

std::optional<Holder> read_tables(const End& end) {
  auto holder = read_table("/proc/self/net/tcp", end);
  return holder ? holder : read_table("/proc/self/net/tcp6", end);
}

/// Whether a process holds an end whose connection was made and has not ended for both sides.
bool is_held(const Holder& holder) {
  switch (holder.state) {
    case TCP_ESTABLISHED:
    case TCP_FIN_WAIT1:
    case TCP_FIN_WAIT2:
    case TCP_CLOSE_WAIT:
      return holder.inode != 0;
    default:
      return false;
  }
}

}  // namespace

std::optional<uid_t> user_at_other_end(int socket) {
  const auto ours = own_end(socket);
  if (!ours) return std::nullopt;
  const End theirs = ours->other();
  auto holder = ask_kernel(theirs);
  // where it does not know our own end either, it takes no questions
  if (!holder && is_connected(socket) && !ask_kernel(*ours)) holder = read_tables(theirs);
  if (!holder || !is_held(*holder)) return std::nullopt;
  // As long as our end stands, no other connection can have the same addresses and ports. Had it
  // ended, what was found could be a later one, of somebody else.
  if (!is_connected(socket)) return std::nullopt;
  return holder->user;
}

std::optional<uid_t> own_user() {
  const uid_t user = ::geteuid();
  uid_t stranger = 65534;
  std::ifstream("/proc/sys/kernel/overflowuid") >> stranger;
  if (user != stranger) return user;
  // everyone without a number in this namespace has that one
  std::uint64_t first = 1;
  std::uint64_t outside = 1;
  std::uint64_t count = 0;
  std::ifstream("/proc/self/uid_map") >> first >> outside >> count;
  if (first == 0 && outside == 0 && count >= 0xFFFFFFFFU) return user;
  return std::nullopt;
}

}  // namespace globus_sandbox
