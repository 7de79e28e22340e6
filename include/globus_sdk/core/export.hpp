// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/language.hpp"

// Attributes that have no portable spelling. These are the only macros of the public headers; none
// of them changes the layout of a type.

#if defined(__GNUC__)
/// Default visibility: an exception crosses the library's boundary only if its type is the same on
/// both sides, whatever -fvisibility the consumer is built with.
#define GLOBUS_SDK_EXPORT __attribute__((visibility("default")))
#else
#define GLOBUS_SDK_EXPORT
#endif

#if defined(__clang__)
/// Marks an object (or argument) to which the result of the function refers. Clang warns when that
/// object is a temporary and the result is kept.
#define GLOBUS_SDK_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define GLOBUS_SDK_LIFETIMEBOUND
#endif
