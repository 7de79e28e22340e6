// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "globus_sdk/core/any_of.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// A part of an app that may be chosen: a part that the SDK has, by its name; a part of your own,
/// by value or in a `std::shared_ptr`; or a function that makes the part for the app.
///
/// @tparam Arguments what such a function is told about the app.
template <class Interface, class... Arguments> class AppPart {
 public:
  /// Makes the part for an app.
  using Provider = std::function<AnyOf<Interface>(const Arguments&...)>;

  // NOLINTBEGIN(google-explicit-constructor): a parameter type
  /// A part that the SDK has, by its name.
  template <detail::TextLike T>
  AppPart(const T& name) : choice_(std::string(detail::text_of(name))) {}
  /// A part of your own: a value, or a `std::shared_ptr`.
  template <class T>
    requires(!detail::TextLike<T> && std::convertible_to<T, AnyOf<Interface>>)
  AppPart(T part) : choice_(AnyOf<Interface>(std::move(part))) {}
  /// The part that a function makes for the app.
  template <class F>
    requires(!std::convertible_to<F, AnyOf<Interface>> &&
             std::is_invocable_r_v<AnyOf<Interface>, const F&, const Arguments&...>)
  AppPart(F provider) : choice_(Provider(std::move(provider))) {}
  // NOLINTEND(google-explicit-constructor)

  /// The part for one app.
  ///
  /// @param parameter the name of the parameter that chooses the part, for the message.
  /// @param known the parts that the SDK has, by their names.
  /// @throws GlobusSDKUsageError for a name that is not among these, and what making the part
  ///   throws.
  std::shared_ptr<const Interface> make(const char* parameter,
                                        const std::map<std::string, Provider>& known,
                                        const Arguments&... arguments) const {
    if (const auto* own = std::get_if<AnyOf<Interface>>(&choice_)) return own->get();
    if (const auto* provider = std::get_if<Provider>(&choice_)) {
      return (*provider)(arguments...).get();
    }
    const std::string& name = std::get<std::string>(choice_);
    const auto found = known.find(name);
    if (found != known.end()) return found->second(arguments...).get();
    std::string names;
    for (const auto& [other, provider] : known) names += " '" + other + "',";
    throw GlobusSDKUsageError(std::string(parameter) + " '" + name + "' is none of" + names +
                              " an object of your own, or a function that makes one");
  }

  /// Whether the part is an object of the caller's, which the caller will also close.
  bool is_callers_object() const noexcept {
    return std::holds_alternative<AnyOf<Interface>>(choice_);
  }

 private:
  std::variant<std::string, AnyOf<Interface>, Provider> choice_;
};

}  // namespace globus_sdk::inline v0
