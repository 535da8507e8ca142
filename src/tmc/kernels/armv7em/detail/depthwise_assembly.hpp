// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Assembly of detail/depthwise_rows.hpp: the strips of both strides, which leave to macros how a channel's
// requantisation is unpacked and done, so that one text serves the short form and the long one.
//
// Frame: 0 bias x 4, 16 multiplier, 20 factor, 24 zero point, 28 second output, 32 output, 36 pixel bytes, 40 end of
// the strip's column pairs, 44 strips left, 48 bytes of column pairs, 52 odd column, 56 channel, 60 plane, 64 plane
// bytes, 68 channel's first output, 72 second row, 76 strips, 80 channels left, 84 from the end of an output row to the
// next strip's, 88 bytes of a row pair, 92 single row; in the long form 20 whole, 96 factor, 100 where the channel's
// weights are. r4-r9 weights, r12 and lr the row pairs, the rest sums and pixels. A word beyond the columns of a row
// pair the next one begins.
// clang-format off
#define TMC_DEPTHWISE_ENTER(FRAME)                                                                                     \
  "push.w {r4-r11, lr}\n sub sp, sp, #" FRAME "\n ldm.w r0, {r1-r10}\n"                                                \
  "strd r1, r2, [sp, #56]\n strd r3, r4, [sp, #64]\n strd r5, r9, [sp, #72]\n strd r7, r6, [sp, #24]\n"                \
  "str r6, [sp, #36]\n str r10, [sp, #92]\n mov r10, #4\n str r10, [sp, #80]\n and r10, r8, #1\n str r10, [sp, #52]\n"
#define TMC_DEPTHWISE_CHANNEL                                                                                          \
  "ldr r12, [sp, #56]\n tmc_unpack_channel\n"                                                                          \
  "str r12, [sp, #56]\n ldrd r0, r1, [sp, #68]\n add r1, r1, r0\n strd r1, r0, [sp, #28]\n add r0, r0, #1\n"           \
  "str r0, [sp, #68]\n ldrd r12, r2, [sp, #60]\n add r2, r2, r12\n str r2, [sp, #60]\n ldr lr, [sp, #88]\n"            \
  "add lr, lr, r12\n ldr r2, [sp, #76]\n str r2, [sp, #44]\n"
#define TMC_DEPTHWISE_STRIP "ldr r3, [sp, #48]\n add r3, r3, r12\n str r3, [sp, #40]\n"
#define TMC_DEPTHWISE_NEXT_STRIP                                                                                       \
  "add r12, r12, #8\n add lr, lr, #8\n ldrd r0, r1, [sp, #28]\n ldr r2, [sp, #84]\n add r0, r0, r2\n"                  \
  "add r1, r1, r2\n strd r0, r1, [sp, #28]\n ldr r0, [sp, #44]\n subs r0, r0, #1\n str r0, [sp, #44]\n bne.w 5b\n"
#define TMC_DEPTHWISE_LEAVE(FRAME)                                                                                     \
  "ldr r0, [sp, #80]\n subs r0, r0, #1\n str r0, [sp, #80]\n bne.w 1b\n add sp, sp, #" FRAME "\n pop.w {r4-r11, pc}\n"

#define TMC_DEPTHWISE_STRIDE1(FRAME)                                                                                   \
  TMC_DEPTHWISE_ENTER(FRAME)                                                                                           \
  "lsr r8, r8, #1\n lsl r9, r8, #3\n str r9, [sp, #48]\n add r9, r9, r10, lsl #3\n add r9, r9, #8\n"                   \
  "str r9, [sp, #88]\n mul r8, r8, r6\n add r8, r8, r8\n rsb r8, r8, r5, lsl #1\n str r8, [sp, #84]\n 1:\n "           \
  TMC_DEPTHWISE_CHANNEL                                                                                                \
  "cmp r2, #0\n beq.w 6f\n 5:\n "                                                                                      \
  TMC_DEPTHWISE_STRIP                                                                                                  \
  "2:\n ldm.w sp, {r0-r3}\n ldrd r10, r11, [r12], #8\n smlad r0, r4, r10, r0\n smlabt r1, r4, r10, r1\n"               \
  "smlad r0, r6, r11, r0\n smlabt r1, r6, r11, r1\n smlad r2, r4, r11, r2\n smlabt r3, r4, r11, r3\n"                  \
  "ldrd r10, r11, [r12]\n smlatb r0, r5, r10, r0\n smlad r1, r5, r10, r1\n smlatb r0, r7, r11, r0\n"                   \
  "smlad r1, r7, r11, r1\n smlatb r2, r5, r11, r2\n smlad r3, r5, r11, r3\n ldrd r10, r11, [lr], #8\n"                 \
  "smlad r0, r8, r10, r0\n smlabt r1, r8, r10, r1\n smlad r2, r6, r10, r2\n smlabt r3, r6, r10, r3\n"                  \
  "smlad r2, r8, r11, r2\n smlabt r3, r8, r11, r3\n ldrd r10, r11, [lr]\n smlatb r0, r9, r10, r0\n"                    \
  "smlad r1, r9, r10, r1\n smlatb r2, r7, r10, r2\n smlad r3, r7, r10, r3\n smlatb r2, r9, r11, r2\n"                  \
  "smlad r3, r9, r11, r3\n tmc_requantize_four\n ldrd r10, r11, [sp, #28]\n strb r2, [r10]\n"                          \
  "ldr r2, [sp, #36]\n strb r3, [r10, r2]\n strb r0, [r11]\n strb r1, [r11, r2]\n"                                     \
  "add r10, r10, r2, lsl #1\n add r11, r11, r2, lsl #1\n strd r10, r11, [sp, #28]\n ldr r10, [sp, #40]\n"              \
  "cmp r12, r10\n bne.w 2b\n 3:\n ldr r10, [sp, #52]\n cmp r10, #0\n beq.w 4f\n ldr r0, [sp]\n"                        \
  "mov r2, r0\n ldrd r10, r11, [r12], #8\n smlad r0, r4, r10, r0\n smlad r0, r6, r11, r0\n"                            \
  "smlad r2, r4, r11, r2\n ldrd r10, r11, [r12]\n smlatb r0, r5, r10, r0\n smlatb r0, r7, r11, r0\n"                   \
  "smlatb r2, r5, r11, r2\n ldrd r10, r11, [lr], #8\n smlad r0, r8, r10, r0\n smlad r2, r6, r10, r2\n"                 \
  "smlad r2, r8, r11, r2\n ldrd r10, r11, [lr]\n smlatb r0, r9, r10, r0\n smlatb r2, r7, r10, r2\n"                    \
  "smlatb r2, r9, r11, r2\n tmc_requantize_two r2\n ldrd r10, r11, [sp, #28]\n strb r2, [r10]\n"                       \
  "strb r0, [r11]\n 4:\n "                                                                                             \
  TMC_DEPTHWISE_NEXT_STRIP                                                                                             \
  "6:\n ldr r3, [sp, #92]\n cmp r3, #0\n beq.w 9f\n "                                                                  \
  TMC_DEPTHWISE_STRIP                                                                                                  \
  "ldrd r2, r3, [sp, #32]\n 7:\n ldrd r0, r1, [sp]\n ldrd r10, r11, [r12], #8\n smlad r0, r4, r10, r0\n"               \
  "smlabt r1, r4, r10, r1\n smlad r0, r6, r11, r0\n smlabt r1, r6, r11, r1\n ldrd r10, r11, [r12]\n"                   \
  "smlatb r0, r5, r10, r0\n smlad r1, r5, r10, r1\n smlatb r0, r7, r11, r0\n smlad r1, r7, r11, r1\n"                  \
  "ldr r10, [lr], #8\n ldr r11, [lr]\n smlad r0, r8, r10, r0\n smlabt r1, r8, r10, r1\n"                               \
  "smlatb r0, r9, r11, r0\n smlad r1, r9, r11, r1\n tmc_requantize_two r1\n strb r0, [r2]\n"                           \
  "strb r1, [r2, r3]\n add r2, r2, r3, lsl #1\n ldr r10, [sp, #40]\n cmp r12, r10\n bne.w 7b\n"                        \
  "ldr r10, [sp, #52]\n cmp r10, #0\n beq.w 9f\n ldr r0, [sp]\n ldrd r10, r11, [r12], #8\n"                            \
  "smlad r0, r4, r10, r0\n smlad r0, r6, r11, r0\n ldrd r10, r11, [r12]\n smlatb r0, r5, r10, r0\n"                    \
  "smlatb r0, r7, r11, r0\n ldr r10, [lr], #8\n ldr r11, [lr]\n smlad r0, r8, r10, r0\n"                               \
  "smlatb r0, r9, r11, r0\n tmc_requantize_one\n strb r0, [r2]\n 9:\n "                                                \
  TMC_DEPTHWISE_LEAVE(FRAME)

#define TMC_DEPTHWISE_STRIDE2(FRAME)                                                                                   \
  TMC_DEPTHWISE_ENTER(FRAME)                                                                                           \
  "lsr r8, r8, #1\n lsl r9, r8, #4\n str r9, [sp, #48]\n add r9, r9, r10, lsl #4\n add r9, r9, #8\n"                   \
  "str r9, [sp, #88]\n mul r8, r8, r6\n sub r8, r5, r8, lsl #1\n str r8, [sp, #84]\n 1:\n "                            \
  TMC_DEPTHWISE_CHANNEL                                                                                                \
  "5:\n "                                                                                                              \
  TMC_DEPTHWISE_STRIP                                                                                                  \
  "2:\n ldrd r0, r1, [sp]\n ldrd r2, r3, [r12], #8\n ldrd r10, r11, [r12], #8\n smlad r0, r4, r2, r0\n"                \
  "smlad r0, r6, r3, r0\n smlatb r0, r5, r10, r0\n smlatb r0, r7, r11, r0\n smlad r1, r4, r10, r1\n"                   \
  "smlad r1, r6, r11, r1\n ldrd r2, r3, [r12]\n smlatb r1, r5, r2, r1\n smlatb r1, r7, r3, r1\n"                       \
  "ldr r2, [lr], #8\n ldr r3, [lr], #8\n ldr r10, [lr]\n smlad r0, r8, r2, r0\n smlatb r0, r9, r3, r0\n"               \
  "smlad r1, r8, r3, r1\n smlatb r1, r9, r10, r1\n tmc_requantize_two r1\n ldrd r2, r3, [sp, #32]\n"                   \
  "strb r0, [r2]\n strb r1, [r2, r3]\n add r2, r2, r3, lsl #1\n str r2, [sp, #32]\n ldr r10, [sp, #40]\n"              \
  "cmp r12, r10\n bne.w 2b\n 3:\n ldr r10, [sp, #52]\n cmp r10, #0\n beq.w 4f\n ldr r0, [sp]\n"                        \
  "ldrd r2, r3, [r12], #8\n ldrd r10, r11, [r12], #8\n smlad r0, r4, r2, r0\n smlad r0, r6, r3, r0\n"                  \
  "smlatb r0, r5, r10, r0\n smlatb r0, r7, r11, r0\n ldr r2, [lr], #8\n ldr r3, [lr], #8\n"                            \
  "smlad r0, r8, r2, r0\n smlatb r0, r9, r3, r0\n tmc_requantize_one\n ldr r2, [sp, #32]\n strb r0, [r2]\n"            \
  "4:\n "                                                                                                              \
  TMC_DEPTHWISE_NEXT_STRIP                                                                                             \
  TMC_DEPTHWISE_LEAVE(FRAME)

#define TMC_DEPTHWISE_SHORT                                                                                            \
  ".macro tmc_unpack_channel\n ldm.w r12!, {r4-r9}\n ldm.w r12!, {r0-r3, r10, r11}\n stm.w sp, {r0-r3, r10, r11}\n"    \
  ".endm\n"                                                                                                            \
  ".macro tmc_requantize_four\n ldrd r10, r11, [sp, #16]\n"                                                            \
  "smmlar r0, r0, r10, r0\n smmlar r1, r1, r10, r1\n smmlar r2, r2, r10, r2\n smmlar r3, r3, r10, r3\n"                \
  "ldr r10, [sp, #24]\n"                                                                                               \
  "smmlar r0, r0, r11, r10\n smmlar r1, r1, r11, r10\n smmlar r2, r2, r11, r10\n smmlar r3, r3, r11, r10\n"            \
  "ssat r0, #8, r0\n ssat r1, #8, r1\n ssat r2, #8, r2\n ssat r3, #8, r3\n .endm\n"                                    \
  ".macro tmc_requantize_two other\n ldrd r10, r11, [sp, #16]\n smmlar r0, r0, r10, r0\n"                              \
  "smmlar \\other, \\other, r10, \\other\n ldr r10, [sp, #24]\n smmlar r0, r0, r11, r10\n"                             \
  "smmlar \\other, \\other, r11, r10\n ssat r0, #8, r0\n ssat \\other, #8, \\other\n .endm\n"                          \
  ".macro tmc_requantize_one\n ldrd r10, r11, [sp, #16]\n smmlar r0, r0, r10, r0\n ldr r10, [sp, #24]\n"               \
  "smmlar r0, r0, r11, r10\n ssat r0, #8, r0\n .endm\n"

#define TMC_DEPTHWISE_ONCE                                                                                             \
  ".macro tmc_unpack_channel\n ldm.w r12!, {r4-r9}\n ldm.w r12!, {r0-r3, r10}\n stm.w sp, {r0-r3}\n"                  \
  "str r10, [sp, #20]\n .endm\n"                                                                                      \
  ".macro tmc_requantize_four\n ldrd r11, r10, [sp, #20]\n"                                                           \
  "smmlar r0, r0, r11, r10\n smmlar r1, r1, r11, r10\n smmlar r2, r2, r11, r10\n smmlar r3, r3, r11, r10\n"            \
  "ssat r0, #8, r0\n ssat r1, #8, r1\n ssat r2, #8, r2\n ssat r3, #8, r3\n .endm\n"                                   \
  ".macro tmc_requantize_two other\n ldrd r11, r10, [sp, #20]\n smmlar r0, r0, r11, r10\n"                            \
  "smmlar \\other, \\other, r11, r10\n ssat r0, #8, r0\n ssat \\other, #8, \\other\n .endm\n"                        \
  ".macro tmc_requantize_one\n ldrd r11, r10, [sp, #20]\n smmlar r0, r0, r11, r10\n ssat r0, #8, r0\n .endm\n"

// The weights' registers are needed, and loaded again.
#define TMC_DEPTHWISE_LONG                                                                                             \
  ".macro tmc_unpack_channel\n str r12, [sp, #100]\n ldm.w r12!, {r4-r9}\n ldm.w r12!, {r0-r3, r10, r11}\n"            \
  "stm.w sp, {r0-r3, r10, r11}\n ldr r10, [r12], #4\n str r10, [sp, #96]\n .endm\n"                                    \
  ".macro tmc_begin_long\n ldrd r10, r4, [sp, #16]\n ldrd r11, r9, [sp, #96]\n ldr r5, [sp, #24]\n"                    \
  "lsrs.w r6, r10, #31\n beq.w 10f\n .endm\n"                                                                          \
  ".macro tmc_round_first sum\n smmlar \\sum, \\sum, r10, \\sum\n smmla \\sum, \\sum, r6, \\sum\n .endm\n"             \
  ".macro tmc_scale sum\n mla r7, \\sum, r4, r5\n smmlar \\sum, \\sum, r11, r7\n ssat \\sum, #8, \\sum\n .endm\n"      \
  ".macro tmc_requantize_four\n tmc_begin_long\n tmc_round_first r0\n tmc_round_first r1\n tmc_round_first r2\n"       \
  "tmc_round_first r3\n 10:\n tmc_scale r0\n tmc_scale r1\n tmc_scale r2\n tmc_scale r3\n ldm.w r9, {r4-r9}\n .endm\n" \
  ".macro tmc_requantize_two other\n tmc_begin_long\n tmc_round_first r0\n tmc_round_first \\other\n 10:\n"            \
  "tmc_scale r0\n tmc_scale \\other\n ldm.w r9, {r4-r9}\n .endm\n"                                                     \
  ".macro tmc_requantize_one\n tmc_begin_long\n tmc_round_first r0\n 10:\n tmc_scale r0\n ldm.w r9, {r4-r9}\n .endm\n"
#define TMC_DEPTHWISE_LONG_END                                                                                         \
  ".purgem tmc_begin_long\n .purgem tmc_round_first\n .purgem tmc_scale\n" TMC_DEPTHWISE_END
#define TMC_DEPTHWISE_END                                                                                              \
  ".purgem tmc_unpack_channel\n .purgem tmc_requantize_four\n .purgem tmc_requantize_two\n"                            \
  ".purgem tmc_requantize_one\n"
// clang-format on
