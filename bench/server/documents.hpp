// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace globus_bench {

/// A small answer: what a program wants to know of a task, in ten members.
std::string short_task_document();

/// A task as the Transfer service describes one, in fifty members.
std::string task_document();

/// A listing of `entries` files in the shape of the Transfer service, 300 bytes an entry.
std::string listing_document(int entries);

/// The same, of files that all have that size.
std::string listing_document(int entries, std::int64_t size);

}  // namespace globus_bench
