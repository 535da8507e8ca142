// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The types of elements that functions and reductions are defined for. Freestanding.

#include <stdint.h>

#include "tmc/base/dtype.hpp"

namespace tmc::function {

template <typename FirstType, typename... More>
struct Types {
  using First = FirstType;

  // Calls visit(value of the type) for each.
  template <typename Visit>
  static void for_each(Visit visit) {
    visit(FirstType{});
    (visit(More{}), ...);
  }
};

using Reals = Types<float, double>;
using Integers = Types<int32_t, int8_t, int16_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t>;
using Unsigned = Types<uint32_t, uint8_t, uint16_t, uint64_t>;
using Numbers = Types<float, double, int32_t, int8_t, int16_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t>;
// Those in which sums are taken.
using WideNumbers = Types<float, double, int32_t, int64_t, uint32_t, uint64_t>;
using Truths = Types<bool>;
using NumbersAndTruths =
    Types<float, double, int32_t, int8_t, int16_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t, bool>;

template <typename T>
inline constexpr bool kIsReal = T(1) / T(2) != T(0);
template <>
inline constexpr bool kIsReal<bool> = false;

// An element of this type as tensors have it.
template <typename T>
struct StoredType {
  using Type = T;
};
template <>
struct StoredType<bool> {
  using Type = Bool;
};
template <typename T>
using Stored = typename StoredType<T>::Type;

// Calls visit(value of the type) with the type of a dtype's elements; false where there is none (half precision).
template <typename Visit>
bool with_element_type(DType dtype, Visit visit) {
  bool found = false;
  NumbersAndTruths::for_each([&](auto zero) {
    if (kDTypeOf<decltype(zero)> != dtype) return;
    found = true;
    visit(zero);
  });
  return found;
}

}  // namespace tmc::function
