// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "sandbox/sandbox.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox {

/// The JSON object that a control request carries. Whatever is wrong with it is thrown as a
/// std::invalid_argument whose message names the field.
class ControlInput {
 public:
  explicit ControlInput(const HttpRequest& request);

  bool has(std::string_view name) const;
  std::string text(std::string_view name);
  std::string optional_text(std::string_view name);
  bool flag(std::string_view name);
  std::int64_t integer(std::string_view name);
  double number(std::string_view name);
  const boost::json::value& value(std::string_view name);
  /// All fields whose names are wanted, null ones too.
  boost::json::object take(const std::function<bool(std::string_view)>& wanted);
  /// To be called last: refuses fields that nobody read.
  void finish() const;

 private:
  boost::json::object document_;
  std::set<std::string, std::less<>> read_;
};

/// Reads what `POST faults` takes. What the fields' values may be is left to FaultPlan.
Fault read_fault(ControlInput& input);

}  // namespace globus_sandbox
