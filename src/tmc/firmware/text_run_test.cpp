// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// What a harness reports of a text: a shell that writes such reports stands for the emulator.

#include "tmc/firmware/text_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc::firmware {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Result<TextRun> run(const std::string& script, std::string& text, double timeout_s = 20) {
  Target target;
  target.name = "shell";
  target.run = {RunMethod::kEmulator, {"sh", "-c", script}, {}, timeout_s};
  Firmware firmware;
  firmware.count_elf = "count.elf";
  return run_text(target, firmware, "Once", 3, [&](std::string_view bytes) { text += bytes; });
}

constexpr const char* kTwoTokens =
    "printf 'prompt 2 instructions 700\\ntoken 0 step 90 text 8\\ntoken 1 step 95 text 7\\n' > report.txt;";

TEST(TextRun, ReadsTextAndReport) {
  std::string text;
  const auto done =
      run(std::string(kTwoTokens) + "echo 'end 6 stack 432' >> report.txt; printf Hi; tail -c 4 inputs.bin", text);
  ASSERT_TRUE(done.ok()) << done.status().text();
  EXPECT_EQ(text, "HiOnce");
  EXPECT_EQ(done->prompt_tokens, 2U);
  EXPECT_EQ(done->prompt_instructions, 700U);
  ASSERT_EQ(done->tokens.size(), 2U);
  EXPECT_EQ(done->tokens[1].step, 95U);
  EXPECT_EQ(done->tokens[1].text, 7U);
  EXPECT_EQ(done->code, 6U);
  EXPECT_EQ(done->stack_bytes, 432U);
}

TEST(TextRun, SaysHowFarAnInterruptedTextCame) {
  std::string text;
  const auto done = run(std::string(kTwoTokens) + "printf Hi; kill -TERM $$", text);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.status().code(), Error::kToolFailed);
  EXPECT_THAT(done.status().message(), AllOf(HasSubstr("exit code 143"), HasSubstr("2 of 3 tokens had been read")));
  EXPECT_EQ(text, "Hi");
}

TEST(TextRun, SaysHowFarATextCameThatTookTooLong) {
  std::string text;
  const auto done = run(std::string(kTwoTokens) + "exec sleep 20", text, 0.3);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.status().code(), Error::kTimeout);
  EXPECT_THAT(done.status().message(), HasSubstr("2 of 3 tokens had been read"));
}

TEST(TextRun, RefusesReportsThatAreNone) {
  std::string text;
  EXPECT_EQ(run("echo 'token 0 step' > report.txt", text).status().code(), Error::kInternal);
  EXPECT_EQ(run(kTwoTokens, text).status().code(), Error::kInternal);  // no end
}

}  // namespace
}  // namespace tmc::firmware
