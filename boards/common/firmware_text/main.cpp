// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The least firmware that writes text: what flash and RAM cost is read from it. A product hands the bytes to its UART
// or display.

#include "arenas.hpp"
#include "tmc_text.hpp"

namespace {

tmc::board::text::TextMemory memory;
volatile unsigned char screen;

void show(tmc::board::text::stream::Piece piece) {
  for (int32_t i = 0; i < piece.count; ++i) screen = piece.bytes[i];
}

}  // namespace

extern "C" [[noreturn]] void tmc_main() {
  using namespace tmc::board;
  text::Text text(text_model(kArenas), memory);
  for (;;) {
    const char* prompt = "";
    int32_t bytes = 0;
    asm volatile("" : "+r"(prompt), "+r"(bytes));  // any prompt, as far as the compiler knows
    text.begin(prompt, bytes);
    show(text.text());
    while (!text.is_done() && text.step() == text::stream::StreamError::kOk) show(text.text());
  }
}
