// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the pointers of a contract's Buffers say of its operands, read from the struct at compile time so that it is
// written once.

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <type_traits>

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct BufferType {
  // Of the elements. None of Byte, and none of void: Params say what they are (element_bytes, input_dtype, row_bytes),
  // or they are no tensor of the graph (what an implementation's pack lays out, scratch,
  // detail/dynamic_quantization.hpp).
  std::optional<DType> dtype;
  int32_t element_bytes = 0;  // 0: of void
  bool written = false;       // not const
};

namespace internal {

template <typename Element>
constexpr BufferType type_of(Element*) {
  using Plain = std::remove_const_t<Element>;
  constexpr bool kIsWritten = !std::is_const_v<Element>;
  if constexpr (std::is_void_v<Plain>) {
    return {std::nullopt, 0, kIsWritten};
  } else {
    std::optional<DType> dtype;
    if constexpr (!std::is_same_v<Plain, Byte>) dtype = kDTypeOf<Plain>;
    return {dtype, sizeof(Plain), kIsWritten};
  }
}

template <typename... Pointers>
constexpr std::array<BufferType, sizeof...(Pointers)> types_of(Pointers... pointers) {
  return {type_of(pointers)...};
}

}  // namespace internal

// Of the N members of Buffers, in their order.
template <size_t N, typename Buffers>
constexpr std::array<BufferType, N> buffer_types() {
  static_assert(N >= 2 && N <= 10 && N != 9, "write the case of this many operands");
  const Buffers buffers{};
  if constexpr (N == 2) {
    const auto [a, b] = buffers;
    return internal::types_of(a, b);
  } else if constexpr (N == 3) {
    const auto [a, b, c] = buffers;
    return internal::types_of(a, b, c);
  } else if constexpr (N == 4) {
    const auto [a, b, c, d] = buffers;
    return internal::types_of(a, b, c, d);
  } else if constexpr (N == 5) {
    const auto [a, b, c, d, e] = buffers;
    return internal::types_of(a, b, c, d, e);
  } else if constexpr (N == 6) {
    const auto [a, b, c, d, e, f] = buffers;
    return internal::types_of(a, b, c, d, e, f);
  } else if constexpr (N == 7) {
    const auto [a, b, c, d, e, f, g] = buffers;
    return internal::types_of(a, b, c, d, e, f, g);
  } else if constexpr (N == 8) {
    const auto [a, b, c, d, e, f, g, h] = buffers;
    return internal::types_of(a, b, c, d, e, f, g, h);
  } else {
    const auto [a, b, c, d, e, f, g, h, i, j] = buffers;
    return internal::types_of(a, b, c, d, e, f, g, h, i, j);
  }
}

template <typename Contract>
inline constexpr auto kBufferTypes = buffer_types<std::size(Contract::kBuffers), typename Contract::Buffers>();

template <typename Contract>
constexpr bool types_match_roles() {
  for (size_t i = 0; i < std::size(Contract::kBuffers); ++i) {
    const Role role = Contract::kBuffers[i].role;
    if (kBufferTypes<Contract>[i].written != (role == Role::kOutput || role == Role::kScratch)) return false;
  }
  return true;
}

}  // namespace tmc::kernels
