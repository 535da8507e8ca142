// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Writes a text to the standard output of the emulator, as it comes. `inputs.bin` holds the most tokens to read, as 32
// bits, and the prompt. `report.txt` receives
//   prompt TOKENS instructions N
//   token NUMBER step N text N      of each token that was read: of the model's function, and of all around it
//   end CODE stack BYTES            what the stream said last; what all of it used of the stack

#include <stdint.h>

#include "arenas.hpp"
#include "board.hpp"
#include "counting.hpp"
#include "semihosting.hpp"
#include "stack.hpp"
#include "tmc_text.hpp"

namespace tmc::board {
namespace {

using text::stream::Piece;
using text::stream::StreamError;

text::TextMemory memory;
char prompt[text::kPromptBytes + 1];

struct Request {
  uint32_t steps;
  uint32_t prompt_bytes;
};

Request read_request() {
  File inputs("inputs.bin", File::Mode::kRead);
  Request request{};
  request.prompt_bytes = inputs.size_bytes() - sizeof request.steps;
  inputs.read(&request.steps, sizeof request.steps);
  if (request.prompt_bytes > text::kPromptBytes) {
    print("harness: the prompt is too long\n");
    exit(1);
  }
  if (request.prompt_bytes > 0) inputs.read(prompt, request.prompt_bytes);
  inputs.close();
  return request;
}

// Words, each with the number behind it.
void report_words(File& report, const char* first, uint64_t a, const char* second, uint64_t b) {
  report.write_text(first);
  report.write_number(a);
  report.write_text(second);
  report.write_number(b);
}

void show(File& screen, Piece piece) {
  if (piece.count > 0) screen.write(piece.bytes, static_cast<uint32_t>(piece.count));
}

StreamError write_text(const Request& request, File& report, File& screen) {
  const uint64_t overhead = instructions_of([] {});
  text::Text text(text_model(kArenas), memory);
  reset_model(kArenas);
  StreamError error = StreamError::kOk;
  const uint64_t encoding =
      instructions_of([&] { error = text.begin(prompt, static_cast<int32_t>(request.prompt_bytes)); }) - overhead;
  if (error != StreamError::kOk) return error;
  report_words(report, "prompt ", static_cast<uint32_t>(text.prompt_tokens()), " instructions ", encoding);
  report.write_text("\n");
  show(screen, text.text());
  for (uint32_t token = 0; token < request.steps && !text.is_done(); ++token) {
    uint64_t around = instructions_of([&] { error = text.load(); }) - overhead;
    if (error != StreamError::kOk) return error;
    const uint64_t step = instructions_of([] { run_model(kArenas); }) - overhead;
    around += instructions_of([&] { error = text.choose(); }) - overhead;
    if (error != StreamError::kOk) return error;
    show(screen, text.text());
    report_words(report, "token ", token, " step ", step);
    report.write_text(" text ");
    report.write_number(around);
    report.write_text("\n");
  }
  if (!text.is_done()) {
    text.finish();
    show(screen, text.text());
  }
  return error;
}

}  // namespace
}  // namespace tmc::board

extern "C" [[noreturn]] void tmc_main() {
  using namespace tmc::board;
  const uint32_t* const top = paint_stack();
  const Request request = read_request();
  File report("report.txt", File::Mode::kWrite);
  File screen(":tt", File::Mode::kWrite);
  const StreamError error = write_text(request, report, screen);
  report_words(report, "end ", static_cast<uint32_t>(error), " stack ", used_stack_bytes(top));
  report.write_text("\n");
  report.close();
  tmc::board::exit(0);
}
