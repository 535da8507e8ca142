// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Exponentials of softmax_s16.hpp. No difference to the largest is above 0, so that both roundings of its
// requantisation are additions, and with the largest, a shift to the left and the table's first entry taken into
// constants (`below` being the requantised difference):
//
//   doubled = value * 2^(left + 1) - largest * 2^(left + 1)                              one SMLABB
//   (below + 65535) * 2^right = smmlar(doubled, multiplier, 65535 * 2^right + 2^(right - 1) - 1)
//
// What is left of that, from 0 to 65535, is a place in the table (detail/interpolate.hpp).

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/interpolate.hpp"

namespace tmc::kernels::armv7em {

// For shifts from -15 to 13.
struct ExponentialS16 {
  int32_t factor, multiplier, addend, right;
  const int16_t* table;

  ExponentialS16(int32_t with_multiplier, int32_t shift, const int16_t* exponentials)
      : factor(2 << (shift > 0 ? shift : 0)),
        multiplier(with_multiplier),
        addend((UINT16_MAX << (shift < 0 ? -shift : 0)) + (shift < 0 ? (1 << (-shift - 1)) - 1 : 0)),
        right(shift < 0 ? -shift : 0),
        table(exponentials) {}

  int32_t operator()(int32_t doubled) const {
    return between_entries(table, saturate_unsigned<16>(smmlar(doubled, multiplier, addend) >> right));
  }
};

// A row without a shift to the right. The assembly reads the members by position.
struct ExponentialRow {
  const int16_t* input;
  int16_t* output;
  const int16_t* input_end;  // four elements or more further, in fours
  int32_t factor, offset, multiplier, addend;
  const int16_t* table;
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(ExponentialRow, input) == 0 && offsetof(ExponentialRow, output) == 4 &&
              offsetof(ExponentialRow, input_end) == 8 && offsetof(ExponentialRow, factor) == 12 &&
              offsetof(ExponentialRow, offset) == 16 && offsetof(ExponentialRow, multiplier) == 20 &&
              offsetof(ExponentialRow, addend) == 24 && offsetof(ExponentialRow, table) == 28);

// Gives their sum. r0 input, r1 output, r2 its end, r3-r7 what a place is made with and the table, r8 sum, r9 ones, r10
// a half, r11 r12 two values, lr a part.
[[gnu::naked, gnu::noinline]] inline int32_t make_exponentials(const ExponentialRow*) {
  asm volatile(R"(
    .macro tmc_exponential value
    smmlar \value, \value, r5, r6
    usat \value, #16, \value
    and lr, \value, #127
    lsr \value, \value, #7
    rsb lr, lr, lr, lsl #16
    ldr \value, [r7, \value, lsl #1]
    add lr, lr, #128
    smlad \value, \value, lr, r10
    .endm

    push {r4-r11, lr}
    ldm.w r0, {r0-r7}
    mov r8, #0
    mov r9, #0x00010001
    mov r10, #64
  1:
    .rept 2
    ldr r11, [r0], #4
    smlabb r12, r11, r3, r4
    smlatb r11, r11, r3, r4
    tmc_exponential r12
    tmc_exponential r11
    asr r12, r12, #7
    pkhbt r12, r12, r11, lsl #9
    smlad r8, r12, r9, r8
    str r12, [r1], #4
    .endr
    cmp r0, r2
    bne.w 1b
    mov r0, r8
    pop {r4-r11, pc}
    .purgem tmc_exponential
  )");
}

#else

inline int32_t make_exponentials(const ExponentialRow* row) {
  int16_t* output = row->output;
  int32_t sum = 0;
  for (const int16_t* input = row->input; input != row->input_end; ++input, ++output) {
    const int32_t place = smmlar(smlabb(*input, row->factor, row->offset), row->multiplier, row->addend);
    const int32_t value = between_entries(row->table, saturate_unsigned<16>(place));
    *output = static_cast<int16_t>(value);
    sum += value;
  }
  return sum;
}

#endif

}  // namespace tmc::kernels::armv7em
