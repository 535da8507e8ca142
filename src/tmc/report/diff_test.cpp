// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/diff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/base/host/files.hpp"

namespace tmc::report {
namespace {

using Kind = Change::Kind;

Described thing(std::string name, int64_t bytes, std::string kernel = "k") {
  return {std::move(name), {{"kernel", std::move(kernel), {}}, {"bytes", std::to_string(bytes), bytes}}};
}

TEST(Diff, SameIsEmpty) {
  const Snapshot snapshot{{thing("a", 1)}, {thing("b", 2), thing("b", 3)}, {}};
  EXPECT_TRUE(diff(snapshot, snapshot).empty());
}

TEST(Diff, TellsWhatCameWentAndChanged) {
  const Snapshot before{{thing("a", 1), thing("b", 2), thing("c", 3)}, {}, {}};
  const Snapshot after{{thing("a", 1), thing("b", 5, "other"), thing("d", 3)}, {}, {}};
  const std::vector<Change> changes = diff(before, after);
  ASSERT_EQ(changes.size(), 4U);
  EXPECT_EQ(changes[0].field, "kernel");
  EXPECT_EQ(changes[0].before, "k");
  EXPECT_EQ(changes[0].after, "other");
  EXPECT_FALSE(changes[0].delta);
  EXPECT_EQ(changes[1].field, "bytes");
  EXPECT_EQ(changes[1].delta, 3);
  EXPECT_EQ(changes[2].kind, Kind::kRemoved);
  EXPECT_EQ(changes[2].name, "c");
  EXPECT_EQ(changes[3].kind, Kind::kAdded);
  EXPECT_EQ(changes[3].name, "d");
  for (const Change& change : changes) EXPECT_EQ(change.part, "graph");
}

TEST(Diff, TellsNamesakesApart) {
  const Snapshot before{{}, {thing("a", 1), thing("a", 2)}, {}};
  const Snapshot after{{}, {thing("a", 1), thing("a", 4)}, {}};
  const std::vector<Change> changes = diff(before, after);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].name, "a (#2)");
  EXPECT_EQ(changes[0].part, "plan");
}

TEST(Diff, TellsAnotherOrderOnce) {
  const Snapshot before{{}, {}, {thing("a", 1), thing("b", 2), thing("c", 3)}};
  const Snapshot after{{}, {}, {thing("b", 2), thing("a", 1), thing("x", 0), thing("c", 3)}};
  const std::vector<Change> changes = diff(before, after);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[1].field, "order");
  EXPECT_EQ(changes[1].before, "a");
  EXPECT_EQ(changes[1].after, "b");
}

TEST(Diff, TellsFieldsThatOneSideHasNot) {
  const Snapshot before{{{"a", {{"x", "1", 1}}}}, {}, {}};
  const Snapshot after{{{"a", {{"y", "2", 2}}}}, {}, {}};
  const std::vector<Change> changes = diff(before, after);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].after, "");
  EXPECT_EQ(changes[1].before, "");
}

TEST(Snapshot, RefusesManifestsThatAreNoneOfOurs) {
  const auto folder = ScratchFolder::make();
  ASSERT_TRUE(folder.ok());
  EXPECT_EQ(load_snapshot(folder->path()).status().code(), Error::kNotFound);
  for (const char* text : {"", "{}", "[1]", R"({"generator": "tinymlc", "files": []})",
                           R"({"generator": "tinymlc", "files": [], "steps": [{"name": 1}]})",
                           R"({"generator": "tinymlc", "files": [], "steps": [], "plan": 3})"}) {
    ASSERT_TRUE(write_file(folder->path() / "manifest.json", text).ok());
    const auto snapshot = load_snapshot(folder->path());
    ASSERT_FALSE(snapshot.ok()) << text;
    EXPECT_EQ(snapshot.status().code(), Error::kMalformed) << text;
  }
}

}  // namespace
}  // namespace tmc::report
