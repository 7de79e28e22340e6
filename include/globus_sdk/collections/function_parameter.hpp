// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <filesystem>
#include <type_traits>
#include <utility>

#include "globus_sdk/core/mode.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0::detail {

/// A place of bytes (a DownloadTarget, an UploadSource) in a mode whose compiler destroys twice
/// what stands inside a `co_await` expression. A function has to have a name there; the compiler's
/// message about one that has none contains the name of this class. Paths and texts need none.
template <class Place> class NameTheFunctionBeforeCoAwait : public Place {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a parameter type converts by itself
  template <class T>
    requires std::constructible_from<Place, T&>
  NameTheFunctionBeforeCoAwait(T& named) : Place(named) {}
  template <class T>
    requires(!std::is_lvalue_reference_v<T> && std::constructible_from<Place, const T&> &&
             (TextLike<T> || std::same_as<T, std::filesystem::path>))
  NameTheFunctionBeforeCoAwait(T&& path) : Place(std::as_const(path)) {}
  template <class T>
    requires(!std::is_lvalue_reference_v<T> && !TextLike<T> &&
             !std::same_as<T, std::filesystem::path>)
  NameTheFunctionBeforeCoAwait(T&&) = delete;
  // NOLINTEND(google-explicit-constructor)
};

/// The parameter type for a place of bytes in a mode.
template <class Mode, class Place>
using PlaceIn =
    std::conditional_t<WantsNamedClient<Mode>, NameTheFunctionBeforeCoAwait<Place>, const Place&>;

}  // namespace globus_sdk::inline v0::detail
