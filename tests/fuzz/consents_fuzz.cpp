// SPDX-License-Identifier: Apache-2.0
// Any document is either refused or a forest, which has in its trees nothing but what is in it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/check.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/scopes/consents.hpp"

namespace {

using namespace globus_sdk;
using fuzz::check;

void check_tree(const ConsentForest& forest, const ConsentTree& tree) {
  const auto nodes = tree.nodes();
  check(nodes.front() == tree.root(), "the root is first");
  check(tree.max_depth() <= nodes.size(), "no way is longer than there are consents");
  for (const Consent& node : nodes) {
    check(forest.get_node(node.id) == node, "a tree's consents are the forest's");
  }
}

void check_forest(const ConsentForest& forest) {
  for (const ConsentTree& tree : forest.trees()) check_tree(forest, tree);
  check(!forest.str().empty(), "a forest is printed");
  for (const Consent& consent : forest.nodes()) {
    try {
      const Scope scope{consent.scope_name};
      if (forest.meets_scope_requirements(scope.with_dependency(scope))) {
        check(forest.meets_scope_requirements(scope), "who has more has less");
      }
    } catch (const ValidationError&) {
      continue;  // its name is no scope's
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  try {
    check_forest(ConsentForest{Json::parse(text).view()});
  } catch (const ValidationError&) {  // no JSON
  } catch (const JsonError&) {
  } catch (const ConsentParseError&) {
  } catch (const ConsentTreeConstructionError&) {}
  return 0;
}
