// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Assembly of detail/product_tile.hpp, which leaves to macros how sums are rounded.
//
// r0 rows, r1 columns, r2 r3 column words, r4-r6 sums of the first column, r7-r9 of the second, r10-r12 row words, lr
// turns left. A turn takes eight words, 32 bytes of code each; the first one enters among them.
// clang-format off

// From the number of words in COUNT: the turns into COUNT and where the first one enters into ENTRY.
#define TMC_PRODUCT_TURNS(COUNT, ENTRY)                                                                                \
  "rsb " ENTRY ", " COUNT ", #0\n and " ENTRY ", " ENTRY ", #7\n lsl " ENTRY ", " ENTRY ", #5\n adr.w r12, 2f\n"       \
  "add " ENTRY ", " ENTRY ", r12\n add " ENTRY ", " ENTRY ", #1\n"                                                     \
  "add " COUNT ", " COUNT ", #7\n lsr " COUNT ", " COUNT ", #3\n"
#define TMC_PRODUCT_STEPS                                                                                              \
  ".balign 4\n 2:\n .rept 8\n ldm.w r0!, {r10, r11, r12}\n ldrd r2, r3, [r1], #8\n"                                    \
  "smlad r4, r2, r10, r4\n smlad r5, r2, r11, r5\n smlad r6, r2, r12, r6\n"                                            \
  "smlad r7, r3, r10, r7\n smlad r8, r3, r11, r8\n smlad r9, r3, r12, r9\n .endr\n subs.w lr, lr, #1\n bne.w 2b\n"

// INSTRUCTIONS for each of the six sums, \sum.
#define TMC_EACH_SUM(INSTRUCTIONS) ".irp sum, r4, r5, r6, r7, r8, r9\n " INSTRUCTIONS ".endr\n"
// As detail/channel.hpp and detail/long_channel.hpp have it: the zero point in r10, the form in r11, r12 and lr.
#define TMC_PRODUCTS_ROUND_ONCE TMC_EACH_SUM("smmlar \\sum, \\sum, r11, r10\n")
#define TMC_PRODUCTS_ROUND_TWICE                                                                                       \
  TMC_EACH_SUM("smmlar \\sum, \\sum, r11, \\sum\n") TMC_EACH_SUM("smmlar \\sum, \\sum, r12, r10\n")
#define TMC_PRODUCTS_ROUND_LONG                                                                                        \
  "cmp r11, #0\n beq.w 3f\n"                                                                                           \
  TMC_EACH_SUM("smmlar \\sum, \\sum, r11, \\sum\n add.w \\sum, \\sum, \\sum, asr #31\n")                               \
  "3:\n" TMC_EACH_SUM("mla r11, \\sum, r12, r10\n smmlar \\sum, \\sum, lr, r11\n")

// The stack holds outputs, zero point and form (three words, of which FORM are filled from the tile), where the columns
// end, the rows, the turns, where the first one enters, and six zeros.
#define TMC_PRODUCT_TILE(FORM, ROUND)                                                                                  \
  "push.w {r4-r11, lr}\n ldm.w r0!, {r1-r8}\n ldm.w r0, " FORM "\n sub sp, sp, #68\n stm.w sp, {r1, r2, r3, r4}\n"     \
  "add r1, sp, #16\n stm.w r1, {r9, r10, r11}\n mov r1, r5\n" TMC_PRODUCT_TURNS("r8", "r9")                            \
  "mov r10, #0\n strd r6, r7, [sp, #28]\n strd r8, r9, [sp, #36]\n"                                                    \
  "strd r10, r10, [sp, #44]\n strd r10, r10, [sp, #52]\n strd r10, r10, [sp, #60]\n"                                   \
  "1:\n add r12, sp, #44\n ldm.w r12, {r4-r9}\n ldrd r0, lr, [sp, #32]\n ldr.w pc, [sp, #40]\n" TMC_PRODUCT_STEPS      \
  "ldm.w sp, {r0, r2, r3, r10, r11, r12, lr}\n" ROUND TMC_EACH_SUM("ssat \\sum, #8, \\sum\n")                          \
  "strb r4, [r0], #1\n strb r7, [r0], #1\n strb r5, [r2], #1\n strb r8, [r2], #1\n"                                    \
  "strb r6, [r3], #1\n strb r9, [r3], #1\n stm.w sp, {r0, r2, r3}\n"                                                   \
  "ldr r10, [sp, #28]\n cmp r1, r10\n bne.w 1b\n add sp, sp, #68\n pop.w {r4-r11, pc}\n"

// The stack holds the sums, where the columns end, the rows, the turns and where the first one enters.
#define TMC_ADD_PRODUCTS                                                                                               \
  "push.w {r4-r11, lr}\n ldm.w r0, {r0, r1, r2, r3, r4}\n" TMC_PRODUCT_TURNS("r4", "r5")                               \
  "sub sp, sp, #20\n strd r0, r2, [sp]\n strd r3, r4, [sp, #8]\n str r5, [sp, #16]\n"                                  \
  "1:\n ldr r12, [sp]\n ldm.w r12, {r4-r9}\n ldrd r0, lr, [sp, #8]\n ldr.w pc, [sp, #16]\n" TMC_PRODUCT_STEPS          \
  "ldrd r12, r0, [sp]\n stm.w r12!, {r4-r9}\n str r12, [sp]\n cmp r1, r0\n bne.w 1b\n"                                 \
  "add sp, sp, #20\n pop.w {r4-r11, pc}\n"
// clang-format on
