// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// docs/streaming.md draws the machine as its table has it, and lists what it answers. With TMC_WRITE_DOCS set, this
// writes that part of the page.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tmc/base/host/files.hpp"
#include "tmc/stream/token_stream.hpp"

namespace tmc::stream {
namespace {

constexpr const char* kStateNames[kStreamStates] = {"idle", "filling", "full", "shifting", "done"};
constexpr const char* kEventNames[kStreamEvents] = {"block leaves room", "block fills the window",
                                                    "block passes the window", "finish", "reset"};
constexpr const char* kErrorNames[] = {"ok",         "bad spec",    "bad count", "no block",  "block open",
                                       "torn block", "window full", "done",      "bad bytes", "other spec"};

const char* name(StreamState state) {
  return kStateNames[static_cast<int>(state)];
}
const char* name(StreamError error) {
  return kErrorNames[static_cast<int>(error)];
}

std::string picture() {
  std::string text = "```mermaid\nstateDiagram-v2\n    [*] --> idle\n";
  for (const StreamTransition& one : kStreamTransitions) {
    text += fmt::format("    {} --> {}: {}\n", name(one.from), name(one.to), kEventNames[static_cast<int>(one.event)]);
  }
  return text + "```\n";
}

// A stream of so many tokens, with a block of `open` tokens that is begun.
TokenStream stream_of(const StreamSpec& spec, int32_t tokens, int32_t open = 0) {
  TokenStream machine(spec);
  CacheInput numbers;
  for (int32_t i = 0; i < tokens; ++i) {
    EXPECT_EQ(machine.begin_block(1, numbers), StreamError::kOk);
    EXPECT_EQ(machine.end_block(), StreamError::kOk);
  }
  EXPECT_TRUE(open == 0 || machine.begin_block(open, numbers) == StreamError::kOk);
  return machine;
}

std::string row(const char* what, const TokenStream& machine) {
  CacheInput numbers;
  TokenStream begun = machine;
  TokenStream ended = machine;
  TokenStream finished = machine;
  return fmt::format("| {} | {} | {} | {} |\n", what, name(begun.begin_block(1, numbers)), name(ended.end_block()),
                     name(finished.finish()));
}

std::string answers() {
  const StreamSpec full{4, 0, StreamMode::kFull, 2};
  const StreamSpec sinks{4, 1, StreamMode::kSinks, 2};
  TokenStream done = stream_of(sinks, 2);
  EXPECT_EQ(done.finish(), StreamError::kOk);
  return "| where the machine is | `begin_block(1)` | `end_block` | `finish` |\n| --- | --- | --- | --- |\n" +
         row("idle", stream_of(sinks, 0)) + row("filling", stream_of(sinks, 2)) +
         row("filling, a block is open", stream_of(sinks, 2, 2)) + row("full, window or sinks", stream_of(sinks, 4)) +
         row("full, full cache", stream_of(full, 4)) + row("shifting", stream_of(sinks, 5)) +
         row("shifting, a block of one is open", stream_of(sinks, 5, 1)) +
         row("shifting, a block of two is open", stream_of(sinks, 5, 2)) + row("done", done);
}

TEST(StreamingPage, DrawsTheMachineThatThereIs) {
  const char* const path = "docs/streaming.md";
  const std::string begin = "<!-- The machine: written by src/tmc/stream/streaming_page_test.cpp -->\n";
  const std::string end = "<!-- End of the machine -->\n";
  const auto page = read_file(path);
  ASSERT_TRUE(page.ok()) << page.status().text();
  const size_t from = page->find(begin);
  const size_t to = page->find(end);
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos && from < to);
  const std::string wanted =
      page->substr(0, from) + begin + "\n" + picture() + "\n" + answers() + "\n" + page->substr(to);
  if (std::getenv("TMC_WRITE_DOCS")) {
    ASSERT_TRUE(write_file(path, wanted).ok());
  }
  const auto written = read_file(path);
  ASSERT_TRUE(written.ok());
  EXPECT_EQ(*written, wanted) << "write it anew: TMC_WRITE_DOCS=1 and this test";
}

}  // namespace
}  // namespace tmc::stream
