// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whole groups of four elements of the panels of detail/product_panels.hpp.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/lanes.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"

namespace tmc::kernels::armv7em {

// Three lines. The assembly reads the members by position.
struct ProductLines {
  const int8_t* first;
  const int8_t* second;
  const int8_t* third;
  int32_t* panel;   // [groups][2 words][lines]
  int32_t offsets;  // what is added to the lanes
  int32_t groups;   // one or more
};

// Pairs of lines. The assembly reads the members by position.
struct LinePairs {
  const int8_t* first;
  const int8_t* second;
  int32_t step;     // from the end of a line to where it goes on in the next pair
  int32_t* panel;   // [pairs][groups][2 words][lines]
  int32_t offsets;  // what is added to the lanes
  int32_t groups;   // one or more
  int32_t pairs;    // one or more
};

// Four lines that lie across: elements of each are `stride` apart, the lines side by side.
struct LinesAcross {
  const int8_t* first;
  int32_t stride;
  int32_t offsets;
  int32_t* panel;   // of the first two lines: [groups][2 words][2 lines]
  int32_t* second;  // of the other two
  int32_t groups;   // one or more
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(ProductLines, first) == 0 && offsetof(ProductLines, second) == 4 &&
              offsetof(ProductLines, third) == 8 && offsetof(ProductLines, panel) == 12 &&
              offsetof(ProductLines, offsets) == 16 && offsetof(ProductLines, groups) == 20);
static_assert(offsetof(LinePairs, first) == 0 && offsetof(LinePairs, second) == 4 && offsetof(LinePairs, step) == 8 &&
              offsetof(LinePairs, panel) == 12 && offsetof(LinePairs, offsets) == 16 &&
              offsetof(LinePairs, groups) == 20 && offsetof(LinePairs, pairs) == 24);
static_assert(offsetof(LinesAcross, first) == 0 && offsetof(LinesAcross, stride) == 4 &&
              offsetof(LinesAcross, offsets) == 8 && offsetof(LinesAcross, panel) == 12 &&
              offsetof(LinesAcross, second) == 16 && offsetof(LinesAcross, groups) == 20);

// r0 r1 lines, r2 step, r3 panel, r4 offsets, r5 groups left, r6-r9 lanes, r10 groups, r11 pairs left, r12 and lr
// words.
[[gnu::naked, gnu::noinline]] inline void interleave_pairs(const LinePairs*) {
  asm volatile(R"(
    push {r4-r11, lr}
    ldm.w r0, {r0-r4, r10, r11}
  1:
    mov r5, r10
  2:
    ldr r12, [r0], #4
    ldr lr, [r1], #4
    sxtab16 r6, r4, r12
    sxtab16 r7, r4, lr
    sxtab16 r8, r4, r12, ror #8
    sxtab16 r9, r4, lr, ror #8
    stm.w r3!, {r6-r9}
    subs r5, r5, #1
    bne.n 2b
    add r0, r0, r2
    add r1, r1, r2
    subs.w r11, r11, #1
    bne.n 1b
    pop.w {r4-r11, pc}
  )");
}

// r0-r2 lines, r3 panel, r4 offsets, r5 groups left, r6-r11 lanes, r12 and lr words.
[[gnu::naked, gnu::noinline]] inline void interleave_lines(const ProductLines*) {
  asm volatile(R"(
    push.w {r4-r11, lr}
    ldm.w r0, {r0-r5}
  1:
    ldr r12, [r0], #4
    ldr lr, [r1], #4
    ldr r11, [r2], #4
    sxtab16 r6, r4, r12
    sxtab16 r7, r4, lr
    sxtab16 r8, r4, r11
    sxtab16 r9, r4, r12, ror #8
    sxtab16 r10, r4, lr, ror #8
    sxtab16 r11, r4, r11, ror #8
    stm.w r3!, {r6-r11}
    subs r5, r5, #1
    bne.n 1b
    pop.w {r4-r11, pc}
  )");
}

// r0 elements of four lines, r1-r3 the stride once, twice and three times, r4 offsets, r5 r6 panels, r7 groups left, r8
// r9 words and then the odd lines, r10 r11 the even ones, r12 lr a word of two lines.
[[gnu::naked, gnu::noinline]] inline void interleave_across(const LinesAcross*) {
  asm volatile(R"(
    .macro tmc_two_elements
    ldr r8, [r0]
    ldr r9, [r0, r2]
    sxtab16 r10, r4, r8
    sxtab16 r11, r4, r9
    sxtab16 r8, r4, r8, ror #8
    sxtab16 r9, r4, r9, ror #8
    pkhbt r12, r10, r11, lsl #16
    pkhbt lr, r8, r9, lsl #16
    strd r12, lr, [r5], #8
    pkhtb r10, r11, r10, asr #16
    pkhtb r11, r9, r8, asr #16
    strd r10, r11, [r6], #8
    .endm

    push.w {r4-r11, lr}
    ldm.w r0, {r0, r1, r4, r5, r6, r7}
    add r2, r1, r1
    add r3, r2, r1
  1:
    tmc_two_elements
    add r0, r0, r1
    tmc_two_elements
    add r0, r0, r3
    subs r7, r7, #1
    bne.n 1b
    pop.w {r4-r11, pc}
    .purgem tmc_two_elements
  )");
}

#else

inline void interleave_pairs(const LinePairs* lines) {
  const int8_t *first = lines->first, *second = lines->second;
  int32_t* panel = lines->panel;
  for (int32_t pair = 0; pair < lines->pairs; ++pair, first += lines->step, second += lines->step) {
    for (int32_t group = 0; group < lines->groups; ++group, first += 4, second += 4, panel += 4) {
      const int32_t words[2] = {load_word(first), load_word(second)};
      for (int i = 0; i < 2; ++i) {
        panel[i] = sxtab16(lines->offsets, words[i]);
        panel[2 + i] = sxtab16_ror8(lines->offsets, words[i]);
      }
    }
  }
}

inline void interleave_lines(const ProductLines* lines) {
  const int8_t* const firsts[3] = {lines->first, lines->second, lines->third};
  int32_t* panel = lines->panel;
  for (int32_t group = 0; group < lines->groups; ++group, panel += 6) {
    for (int i = 0; i < 3; ++i) {
      const int32_t word = load_word(firsts[i] + 4 * group);
      panel[i] = sxtab16(lines->offsets, word);
      panel[3 + i] = sxtab16_ror8(lines->offsets, word);
    }
  }
}

inline void interleave_across(const LinesAcross* lines) {
  for (int32_t i = 0; i < 2 * lines->groups; ++i) {
    const int8_t* from = lines->first + (i / 2 * 4 + i % 2) * lines->stride;
    const int32_t low = load_word(from);
    const int32_t high = load_word(from + 2 * lines->stride);
    const int32_t even[2] = {sxtab16(lines->offsets, low), sxtab16(lines->offsets, high)};
    const int32_t odd[2] = {sxtab16_ror8(lines->offsets, low), sxtab16_ror8(lines->offsets, high)};
    lines->panel[2 * i] = pack_bottoms(even[0], even[1]);
    lines->panel[2 * i + 1] = pack_bottoms(odd[0], odd[1]);
    lines->second[2 * i] = pack_tops(even[0], even[1]);
    lines->second[2 * i + 1] = pack_tops(odd[0], odd[1]);
  }
}

#endif

// The groups from `begin` on of one to four lines of `depth` elements, byte by byte; what is missing repeats the last
// element.
[[gnu::noinline]] inline void interleave_rest(const LinesAcross& lines, int32_t begin, int32_t count, int32_t depth) {
  for (int32_t line = 0; line < count && line < 4; ++line) {
    int32_t* const panel = line < 2 ? lines.panel : lines.second;
    for (int32_t at = 4 * begin; at < 4 * groups_of_four(depth); ++at) {
      const int8_t value = lines.first[line + (at < depth ? at : depth - 1) * lines.stride];
      // Elements 0 to 3 of a group go to lanes 0, 2, 1 and 3 of their line.
      auto* const word = reinterpret_cast<char*>(panel + at / 4 * 4 + at % 2 * 2 + line % 2);
      put_lane(value + bottom(lines.offsets), word + at / 2 % 2 * 2);
    }
  }
}

}  // namespace tmc::kernels::armv7em
