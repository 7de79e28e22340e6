// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace globus_sandbox::transfer {

/// How the values of a filter's clause are read.
enum class FilterKind {
  text,    ///< patterns: `=x` or `x` exactly, `~x*` with `*` and without regard to case, `!` before
           ///< either inverts
  choice,  ///< one of a list of words, `!` before one inverts
  number,  ///< `N`, `=N`, `<N`, `<=N`, `>N`, `>=N`; several comparisons must all hold
  time,    ///< `FROM,TO`, both included, either may be empty
  boolean,  ///< `0` or `1`
};

/// Names of the fields that a listing can be filtered by.
using FilterFields = std::map<std::string_view, FilterKind>;

/// A listing's filter: clauses `field:value,value` with '/' between them, which must all hold.
/// Where the parameter comes several times, one of them must hold.
class DocumentFilter {
 public:
  /// Reads the parameters; throws a ServiceError (400) that names what it cannot read. Empty texts
  /// filter nothing.
  static DocumentFilter parse(const std::vector<std::string>& texts, const FilterFields& fields);

  bool matches(const boost::json::object& document) const;

  /// One clause.
  class Clause;

 private:
  std::vector<std::vector<std::shared_ptr<const Clause>>> alternatives_;
};

}  // namespace globus_sandbox::transfer
