// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Assembly of detail/pair_tile.hpp and detail/long_tile.hpp: three pixels by all output channels, which leaves to
// macros how a group of four inputs is read and how sums are requantised.
//
// r0 activations, r1 weights, r2 r3 weight words, r4-r6 raw sums, r7-r9 sums of w0, r10-r12 activation words, lr count.
// clang-format off

// One weight word, which EXTEND leaves w0 of in the lanes.
#define TMC_PAIR_STEP(EXTEND)                                                                                          \
  ".macro tmc_pair_step word\n ldm.w r0!, {r10, r11, r12}\n"                                                           \
  "smlad r4, \\word, r10, r4\n smlad r5, \\word, r11, r5\n smlad r6, \\word, r12, r6\n "                               \
  EXTEND ".w \\word, \\word\n"                                                                                         \
  "smlad r7, \\word, r10, r7\n smlad r8, \\word, r11, r8\n smlad r9, \\word, r12, r9\n .endm\n"
#define TMC_PAIR_STEP_END ".purgem tmc_pair_step\n"

// A group as `pack` leaves it: two words. 68 bytes of code. The first group takes what sums begin with from r4 and r7.
#define TMC_PAIR_WORDS                                                                                                 \
  TMC_PAIR_STEP("sxtb16")                                                                                              \
  ".macro tmc_first_group\n ldrd r2, r3, [r1], #8\n ldm.w r0!, {r10, r11, r12}\n"                                      \
  "smlad r5, r2, r11, r4\n smlad r6, r2, r12, r4\n smlad r4, r2, r10, r4\n sxtb16.w r2, r2\n"                          \
  "smlad r8, r2, r11, r7\n smlad r9, r2, r12, r7\n smlad r7, r2, r10, r7\n tmc_pair_step r3\n .endm\n"                 \
  ".macro tmc_group\n ldrd r2, r3, [r1], #8\n tmc_pair_step r2\n tmc_pair_step r3\n .endm\n"
// A group as unpack_lanes leaves it: two words, each before its lanes of w0. 64 bytes of code.
#define TMC_PAIR_LANES                                                                                                 \
  ".macro tmc_pair_step\n ldrd r2, r3, [r1], #8\n ldm.w r0!, {r10, r11, r12}\n"                                        \
  "smlad r4, r2, r10, r4\n smlad r5, r2, r11, r5\n smlad r6, r2, r12, r6\n"                                            \
  "smlad r7, r3, r10, r7\n smlad r8, r3, r11, r8\n smlad r9, r3, r12, r9\n .endm\n"                                    \
  ".macro tmc_first_group\n ldrd r2, r3, [r1], #8\n ldm.w r0!, {r10, r11, r12}\n"                                      \
  "smlad r5, r2, r11, r4\n smlad r6, r2, r12, r4\n smlad r4, r2, r10, r4\n"                                            \
  "smlad r8, r3, r11, r7\n smlad r9, r3, r12, r7\n smlad r7, r3, r10, r7\n tmc_pair_step\n .endm\n"                    \
  ".macro tmc_group\n tmc_pair_step\n tmc_pair_step\n .endm\n"
#define TMC_PAIR_GROUPS_END TMC_PAIR_STEP_END ".purgem tmc_first_group\n .purgem tmc_group\n"

// Of three pixels: the sums of the first channel in r7-r9 and of the second in r4-r6, r12 where the requantisation of
// the pair is. The stack begins with output[3] and output_zero_point, and holds pairs_end at [20]. Writes six outputs,
// of which each may be looked up in a table by the value itself, leaves the next pair in r12, and compares for another
// turn.
#define TMC_PAIR_PLAIN(FIRST, SECOND) ""
#define TMC_PAIR_LOOK_UP(FIRST, SECOND)                                                                                \
  "ldrb.w " FIRST ", [lr, " FIRST "]\n ldrb.w " SECOND ", [lr, " SECOND "]\n"
#define TMC_PAIR_OUTPUTS(FIRST, SECOND, TO, LOOK_UP)                                                                   \
  "ssat " FIRST ", #8, " FIRST "\n ssat " SECOND ", #8, " SECOND "\n" LOOK_UP(FIRST, SECOND)                           \
  "strb " FIRST ", [" TO "], #1\n strb " SECOND ", [" TO "], #1\n"
#define TMC_PAIR_STORE(LOOK_UP)                                                                                        \
  TMC_PAIR_OUTPUTS("r7", "r4", "r0", LOOK_UP) TMC_PAIR_OUTPUTS("r8", "r5", "r3", LOOK_UP)                              \
  TMC_PAIR_OUTPUTS("r9", "r6", "r10", LOOK_UP)                                                                         \
  "stm.w sp, {r0, r3, r10}\n ldr r0, [sp, #20]\n cmp r12, r0\n .endm\n"
#define TMC_ROUND_PAIRS                                                                                                \
  ".macro tmc_finish_pairs\n ldm.w r12!, {r0, r2, r3, r11}\n"                                                          \
  "smmlar r7, r7, r0, r7\n smmlar r8, r8, r0, r8\n smmlar r9, r9, r0, r9\n"                                            \
  "smmlar r4, r4, r3, r4\n smmlar r5, r5, r3, r5\n smmlar r6, r6, r3, r6\n"                                            \
  "ldm.w sp, {r0, r3, r10, lr}\n"                                                                                      \
  "smmlar r7, r7, r2, lr\n smmlar r8, r8, r2, lr\n smmlar r9, r9, r2, lr\n"                                            \
  "smmlar r4, r4, r11, lr\n smmlar r5, r5, r11, lr\n smmlar r6, r6, r11, lr\n"
#define TMC_ROUND_PAIRS_ONCE                                                                                           \
  ".macro tmc_finish_pairs\n ldm.w r12!, {r2, r11}\n ldm.w sp, {r0, r3, r10, lr}\n"                                   \
  "smmlar r7, r7, r2, lr\n smmlar r8, r8, r2, lr\n smmlar r9, r9, r2, lr\n"                                            \
  "smmlar r4, r4, r11, lr\n smmlar r5, r5, r11, lr\n smmlar r6, r6, r11, lr\n"
#define TMC_FINISH_PAIRS TMC_ROUND_PAIRS TMC_PAIR_STORE(TMC_PAIR_PLAIN)
#define TMC_FINISH_PAIRS_ONCE TMC_ROUND_PAIRS_ONCE TMC_PAIR_STORE(TMC_PAIR_PLAIN)
// The table lies at [36] of the stack.
#define TMC_LOOK_PAIRS_UP(ROUND) ROUND "ldr lr, [sp, #36]\n" TMC_PAIR_STORE(TMC_PAIR_LOOK_UP)
#define TMC_FINISH_PAIRS_END ".purgem tmc_finish_pairs\n"

// The stack holds the first seven members of the tile, the number of loop turns and where the first turn enters. The
// first group starts the sums; the loop takes eight of the others a turn, GROUP_BYTES of code each. The low byte that
// the second channel's word brings into the raw sum (its shift) falls to the final >> 8.
#define TMC_PAIR_TILE(GROUP_BYTES) TMC_PAIR_TILE_OF(GROUP_BYTES, "", "{r1-r7, r9, r10}", "36")
// With a table, r1, at the end of that.
#define TMC_PAIR_TABLE_TILE(GROUP_BYTES) TMC_PAIR_TILE_OF(GROUP_BYTES, "mov lr, r1\n", "{r1-r7, r9, r10, lr}", "40")
#define TMC_PAIR_TILE_OF(GROUP_BYTES, BEGIN, FRAME, FRAME_BYTES)                                                                                     \
  "push.w {r4-r11, lr}\n" BEGIN "ldm.w r0, {r1-r9}\n mov r12, r5\n sub r9, r9, #1\n rsb r10, r9, #0\n and r10, r10, #7\n"      \
  "mov r11, #" GROUP_BYTES "\n mul r10, r10, r11\n adr.w r11, 2f\n add r10, r10, r11\n cmp r9, #0\n it eq\n"           \
  "addeq.w r10, r11, #(3f - 2f)\n add r10, r10, #1\n add r9, r9, #7\n lsr r9, r9, #3\n push.w " FRAME "\n"      \
  "mov r1, r8\n 1:\n ldrd r0, lr, [sp, #24]\n ldrd r7, r4, [r12], #8\n str.w r12, [sp, #16]\n tmc_first_group\n"       \
  "ldr.w pc, [sp, #32]\n .balign 4\n 2:\n .rept 8\n tmc_group\n .endr\n subs.w lr, lr, #1\n bne.w 2b\n 3:\n"           \
  "sub r4, r4, r7\n sub r5, r5, r8\n sub r6, r6, r9\n asr r4, r4, #8\n asr r5, r5, #8\n asr r6, r6, #8\n"              \
  "ldr.w r12, [sp, #16]\n tmc_finish_pairs\n bne.w 1b\n add sp, sp, #" FRAME_BYTES "\n pop.w {r4-r11, pc}\n"
// clang-format on
