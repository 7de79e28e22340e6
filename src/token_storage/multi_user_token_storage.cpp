// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/multi_user_token_storage.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "globus_sdk/core/errors.hpp"
#include "token_storage/multi_user_page.hpp"

namespace globus_sdk::inline v0 {

MultiUserTokenStorage::~MultiUserTokenStorage() = default;
MultiUserTokenStorage::MultiUserTokenStorage(const MultiUserTokenStorage&) = default;
MultiUserTokenStorage::MultiUserTokenStorage(MultiUserTokenStorage&&) noexcept = default;
MultiUserTokenStorage& MultiUserTokenStorage::operator=(const MultiUserTokenStorage&) = default;
MultiUserTokenStorage& MultiUserTokenStorage::operator=(MultiUserTokenStorage&&) noexcept = default;

namespace detail {

namespace {

bool comes_before(const TokenExpiry& a, const TokenExpiry& b) {
  return std::tie(a.expires_at_seconds, a.namespace_, a.resource_server) <
         std::tie(b.expires_at_seconds, b.namespace_, b.resource_server);
}

/// The first ones of all in order.
template <class Entry, class Before>
std::vector<Entry> first_of(std::vector<Entry> all, std::int64_t limit, Before before) {
  const auto count = static_cast<std::ptrdiff_t>(
      std::min<std::uint64_t>(all.size(), static_cast<std::uint64_t>(limit)));
  const auto end = all.begin() + count;
  std::partial_sort(all.begin(), end, all.end(), before);
  all.erase(end, all.end());
  return all;
}

}  // namespace

std::string checked_namespace(Text namespace_) {
  if (namespace_.empty()) {
    throw GlobusSDKUsageError(
        "namespace_ is empty; name the user whose tokens are meant, by an identity's id, say");
  }
  return namespace_.str();
}

std::int64_t page_limit(const Field<std::int64_t>& limit) {
  if (!limit) return std::numeric_limits<std::int64_t>::max();
  if (*limit < 0) {
    throw GlobusSDKUsageError("limit may not be negative; leave it unset for all there are");
  }
  return *limit;
}

std::vector<std::string> page_of(std::vector<std::string> namespaces, const NamespacePage& page) {
  const auto limit = page_limit(page.limit);
  std::erase_if(namespaces,
                [&](const std::string& name) { return page.after && name <= *page.after; });
  return first_of(std::move(namespaces), limit, std::less<>());
}

std::vector<TokenExpiry> page_of(std::vector<TokenExpiry> expiries, const ExpiryPage& page) {
  const auto limit = page_limit(page.limit);
  std::erase_if(expiries, [&](const TokenExpiry& expiry) {
    return (page.before && expiry.expires_at_seconds >= *page.before) ||
           (page.after && !comes_before(*page.after, expiry));
  });
  return first_of(std::move(expiries), limit, comes_before);
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
