// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/base/host/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tmc/base/host/files.hpp"

namespace tmc {
namespace {

using testing::HasSubstr;

Command shell(const std::string& script) {
  return {{"sh", "-c", script}, {}, 20};
}

TEST(Process, CapturesBothStreamsAndTheExitCode) {
  const auto finished = run_process(shell("echo out; echo err >&2; exit 7"));
  ASSERT_TRUE(finished.ok()) << finished.status().text();
  EXPECT_EQ(finished->out, "out\n");
  EXPECT_EQ(finished->err, "err\n");
  EXPECT_EQ(finished->exit_code, 7);
}

TEST(Process, HandsArgumentsOverUntouched) {
  const auto finished = run_process({{"printf", "%s", "a b; $HOME `x` \"q\""}, {}, 20});
  ASSERT_TRUE(finished.ok());
  EXPECT_EQ(finished->out, "a b; $HOME `x` \"q\"");
}

TEST(Process, RunsInTheFolderGiven) {
  const auto finished = run_process({{"pwd"}, "/", 20});
  ASSERT_TRUE(finished.ok());
  EXPECT_EQ(finished->out, "/\n");
}

TEST(Process, TakesMoreOutputThanAPipeHolds) {
  const auto finished = run_process(shell("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2"));
  ASSERT_TRUE(finished.ok());
  EXPECT_EQ(finished->out.size(), 1000000U);
  EXPECT_EQ(finished->err.size(), 1000000U);
}

TEST(Process, ShowsOutputWhileTheProgramRuns) {
  const ScratchFolder folder = std::move(ScratchFolder::make()).value();
  const auto seen = folder.path() / "seen";
  std::vector<std::string> pieces;
  // Goes on when its first words were seen, and not before.
  const auto finished = run_process(
      shell(fmt::format("printf first; while [ ! -e '{}' ]; do sleep 0.01; done; printf last", seen.string())),
      [&](std::string_view bytes) {
        pieces.emplace_back(bytes);
        EXPECT_TRUE(write_file(seen, "").ok());
      });
  ASSERT_TRUE(finished.ok()) << finished.status().text();
  EXPECT_THAT(pieces, testing::ElementsAre("first", "last"));
  EXPECT_EQ(finished->out, "firstlast");
}

TEST(Process, ReportsASignal) {
  const auto finished = run_process(shell("kill -9 $$"));
  ASSERT_TRUE(finished.ok());
  EXPECT_EQ(finished->exit_code, 128 + 9);
}

TEST(Process, SaysWhichProgramIsMissing) {
  const auto finished = run_process({{"no-such-program-anywhere"}, {}, 20});
  ASSERT_FALSE(finished.ok());
  EXPECT_EQ(finished.status().code(), Error::kToolMissing);
  EXPECT_THAT(finished.status().text(), HasSubstr("no-such-program-anywhere"));
}

TEST(Process, EndsAProgramThatTakesTooLong) {
  const auto start = std::chrono::steady_clock::now();
  const auto finished = run_process({{"sleep", "60"}, {}, 0.2});
  ASSERT_FALSE(finished.ok());
  EXPECT_EQ(finished.status().code(), Error::kTimeout);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

TEST(Process, EndsAProgramThatClosedItsOutputs) {
  const auto finished = run_process({{"sh", "-c", "exec >&- 2>&-; sleep 60"}, {}, 0.2});
  ASSERT_FALSE(finished.ok());
  EXPECT_EQ(finished.status().code(), Error::kTimeout);
}

TEST(Process, CheckedRunQuotesTheTellingLine) {
  const auto finished = run_checked(shell("echo 'in function f' >&2; echo 'a.cpp:3: error: no g' >&2; exit 1"));
  ASSERT_FALSE(finished.ok());
  EXPECT_EQ(finished.status().code(), Error::kToolFailed);
  EXPECT_THAT(finished.status().message(), HasSubstr("a.cpp:3: error: no g"));
  const auto linker =
      run_checked(shell("echo 'ld: in f:'; echo 'ld: no g'; echo 'collect2: error: ld failed'; exit 1"));
  EXPECT_THAT(linker.status().message(), HasSubstr("ld: no g"));
  EXPECT_THAT(run_checked(shell("exit 3")).status().message(), HasSubstr("it said nothing"));
  EXPECT_TRUE(run_checked(shell("exit 0")).ok());
}

}  // namespace
}  // namespace tmc
