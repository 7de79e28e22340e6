// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/scopes/scope.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
class ConsentGraph;
}  // namespace detail

/// A consent: a user allows a client to do on their behalf what a scope says. It applies only when
/// the client is called through the consents of its dependency path. Mirrors
/// `globus_sdk.scopes.consents.Consent`.
///
/// @see https://docs.globus.org/api/auth/reference/#consents
struct Consent {
  std::string client{};      ///< id of the client that may act
  std::string scope{};       ///< id of the scope
  std::string scope_name{};  ///< the scope as it stands in texts of scopes
  /// Its own id.
  std::int64_t id = 0;
  std::string effective_identity{};  ///< id of the identity that the client acts for
  /// Ids of the consents that lead to this one. The last id is its own.
  std::vector<std::int64_t> dependency_path{};
  /// When the consent was given.
  std::chrono::system_clock::time_point created{};
  /// When it was last changed.
  std::chrono::system_clock::time_point updated{};
  /// When it was last used.
  std::chrono::system_clock::time_point last_used{};
  /// The status: `approved`.
  std::string status{};
  /// Whether it is valid for refresh tokens, too.
  bool allows_refresh = false;
  /// Whether it was given without asking the user.
  bool auto_approved = false;
  /// Whether it can be revoked by itself.
  bool atomically_revocable = false;

  /// Reads a consent from a document of Globus Auth.
  /// @throws ConsentParseError when a member is missing or of another kind.
  static Consent load(const JsonView& data);

  /// `Consent [id]: Client [client] -> Scope [scope_name]`
  std::string str() const;

  friend bool operator==(const Consent&, const Consent&) = default;
};

/// A document is not a consent.
class GLOBUS_SDK_EXPORT ConsentParseError : public GlobusError {
 public:
  /// @param raw_consent the document.
  ConsentParseError(std::string message, JsonView raw_consent);
  ~ConsentParseError() override;

  /// The document.
  const JsonView& raw_consent() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return raw_consent_; }

 private:
  JsonView raw_consent_;
};

/// Consents do not fit together: one depends on another that is not among them.
class GLOBUS_SDK_EXPORT ConsentTreeConstructionError : public GlobusError {
 public:
  /// @param consents all of them.
  ConsentTreeConstructionError(std::string message, std::vector<Consent> consents);
  ~ConsentTreeConstructionError() override;

  /// All of the consents.
  const std::vector<Consent>& consents() const noexcept GLOBUS_SDK_LIFETIMEBOUND {
    return *consents_;
  }

 private:
  std::shared_ptr<const std::vector<Consent>> consents_;
};

/// A consent that depends on no other, with the consents that depend on it. A tree keeps its
/// consents alive and is cheap to copy. Mirrors `globus_sdk.scopes.consents.ConsentTree`.
class ConsentTree {
 public:
  /// The consent that depends on no other.
  const Consent& root() const& GLOBUS_SDK_LIFETIMEBOUND;
  /// The same for a temporary object.
  Consent root() && { return std::as_const(*this).root(); }
  /// The consents of the tree. The root comes first, and each consent comes after the one that it
  /// depends on.
  std::vector<Consent> nodes() const;
  /// Ids of the consents that depend directly on the consent of this id.
  std::set<std::int64_t> edges(std::int64_t consent_id) const;
  /// The consent of this id; throws GlobusSDKUsageError when there is none in the tree.
  const Consent& get_node(std::int64_t consent_id) const& GLOBUS_SDK_LIFETIMEBOUND;
  /// The same for a temporary object.
  Consent get_node(std::int64_t consent_id) && { return std::as_const(*this).get_node(consent_id); }

  /// Whether the scope is at the root of the tree, and all scopes that it depends on are below it.
  bool meets_scope_requirements(const Scope& scope) const;

  /// The number of consents on the longest path from the root: 1 for a root alone.
  std::size_t max_depth() const;

  /// A line for each consent, indented by its depth.
  std::string str() const;
  friend std::ostream& operator<<(std::ostream& out, const ConsentTree& tree) {
    return tree.print(out);
  }

 private:
  friend class ConsentForest;

  ConsentTree(std::shared_ptr<const detail::ConsentGraph> graph, std::size_t root) noexcept
      : graph_(std::move(graph)), root_(root) {}

  std::ostream& print(std::ostream& out) const;

  std::shared_ptr<const detail::ConsentGraph> graph_;
  std::size_t root_;
};

/// The consents that a user has given, as trees: they show whether a login would have to ask for
/// more. A forest never changes and is cheap to copy. Mirrors
/// `globus_sdk.scopes.consents.ConsentForest`.
///
///     ConsentForest forest = auth_client.get_consents(id).to_forest();
///     forest.meets_scope_requirements(
///         TransferScopes.all.with_dependency(GCSCollectionScopes{collection_id}.data_access));
class ConsentForest {
 public:
  /// @throws ConsentTreeConstructionError when a consent depends on one that is not among them.
  explicit ConsentForest(std::vector<Consent> consents);

  /// From a document of Globus Auth: an array of consents, or an object whose `consents` is one.
  /// @throws ConsentParseError when one of them is no consent, JsonError when there is no such
  /// array, ConsentTreeConstructionError as above.
  explicit ConsentForest(const JsonView& consents);

  /// All consents, in the order in which they came.
  const std::vector<Consent>& nodes() const& noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The same for a temporary object.
  std::vector<Consent> nodes() && { return std::as_const(*this).nodes(); }
  /// The trees: one for each consent that depends on no other.
  std::vector<ConsentTree> trees() const;
  /// Ids of the consents that depend directly on the consent of this id.
  std::set<std::int64_t> edges(std::int64_t consent_id) const;
  /// The consent of this id; throws GlobusSDKUsageError when there is none.
  const Consent& get_node(std::int64_t consent_id) const& GLOBUS_SDK_LIFETIMEBOUND;
  /// The same for a temporary object.
  Consent get_node(std::int64_t consent_id) && { return std::as_const(*this).get_node(consent_id); }

  /// Whether each of these scopes is at the root of a tree, and all scopes that it depends on are
  /// below it, at their places.
  /// @param scopes texts of scopes; ScopeParser reads (and merges) each of them.
  /// @throws ScopeParseError when a text cannot be read.
  bool meets_scope_requirements(const Strings& scopes) const;

  /// The same for Scope objects, which need not be read.
  template <class S>
    requires(detail::ScopeLike<S> || detail::ScopeRange<S>)
  bool meets_scope_requirements(const S& scopes) const {
    if constexpr (detail::ScopeLike<S>) {
      return meets_all(ScopeList{scopes});
    } else {
      return meets_all(scopes);
    }
  }

  /// A text of all consents, followed by the trees.
  std::string str() const;
  friend std::ostream& operator<<(std::ostream& out, const ConsentForest& forest) {
    return forest.print(out);
  }

 private:
  bool meets_all(const ScopeList& scopes) const;
  std::ostream& print(std::ostream& out) const;

  std::shared_ptr<const detail::ConsentGraph> graph_;
};

}  // namespace globus_sdk::inline v0
