// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A fused activation narrower than int8, over values that are already written. One copy serves all implementations.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kClampBlockBytes = 16;

// Raises the values of whole blocks to `lows`, and lowers them to `highs` where that is below 127: the same in all
// bytes of a word. `values` lies on a word, and `end` after it.
#if TMC_ARMV7EM_ASSEMBLY

// r0 values, r1 end, r2 lows, r3 highs, r4-r7 a block, each of whose words CLAMP is done to.
#define TMC_CLAMP_BLOCKS(CLAMP)                                                    \
  "push {r4-r7, lr}\n 1:\n ldm.w r0, {r4-r7}\n .irp word, r4, r5, r6, r7\n " CLAMP \
  ".endr\n"                                                                        \
  "stm.w r0!, {r4-r7}\n cmp r0, r1\n bne.n 1b\n pop {r4-r7, pc}\n"
#define TMC_RAISE_WORD "ssub8 r12, \\word, r2\n sel \\word, \\word, r2\n "
#define TMC_LOWER_WORD "ssub8 r12, r3, \\word\n sel \\word, \\word, r3\n "

[[gnu::naked, gnu::noinline]] inline void raise_blocks(int8_t*, const int8_t*, int32_t) {
  asm volatile(TMC_CLAMP_BLOCKS(TMC_RAISE_WORD));
}
[[gnu::naked, gnu::noinline]] inline void clamp_blocks(int8_t*, const int8_t*, int32_t, int32_t) {
  asm volatile(TMC_CLAMP_BLOCKS(TMC_RAISE_WORD TMC_LOWER_WORD));
}

#else

inline void clamp_blocks(int8_t* values, const int8_t* end, int32_t lows, int32_t highs) {
  for (; values != end; values += 4) store_word(min_bytes(max_bytes(load_word(values), lows), highs), values);
}
inline void raise_blocks(int8_t* values, const int8_t* end, int32_t lows) {
  clamp_blocks(values, end, lows, 0x7F7F7F7F);
}

#endif

[[gnu::noinline]] inline void clamp_values(int8_t* values, int32_t count, int32_t low, int32_t high) {
  const auto in_all_bytes = [](int32_t value) {
    return static_cast<int32_t>(static_cast<uint8_t>(value) * 0x01010101U);
  };
  const int8_t* const end = values + count;
  if (count >= kClampBlockBytes) {
    int8_t* const blocks_end = values + count / kClampBlockBytes * kClampBlockBytes;
    if (high == 127) {
      raise_blocks(values, blocks_end, in_all_bytes(low));
    } else {
      clamp_blocks(values, blocks_end, in_all_bytes(low), in_all_bytes(high));
    }
    values = blocks_end;
  }
  for (; values < end; ++values) {
    const int32_t value = *values;
    *values = static_cast<int8_t>(value < low ? low : value > high ? high : value);
  }
}

}  // namespace tmc::kernels::armv7em
