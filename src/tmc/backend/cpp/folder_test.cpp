// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/base/host/files.hpp"

namespace tmc::backend::cpp {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr const char* kManifest = R"({"generator": "tinymlc", "files": ["a/b.hpp", "model.cpp"]})";

Files example(const std::string& model) {
  return {{"a/b.hpp", "header"}, {"model.cpp", model}, {"manifest.json", kManifest}};
}

// What lies under a folder, files and folders, hidden ones too.
std::set<std::string> everything_in(const fs::path& folder) {
  std::set<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    paths.insert(entry.path().lexically_relative(folder).generic_string());
  }
  return paths;
}

class WriteFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = ScratchFolder::make();
    ASSERT_TRUE(made.ok());
    scratch_.emplace(std::move(made).value());
  }
  fs::path root() const { return scratch_->path(); }
  fs::path target() const { return root() / "out" / "model"; }

  void expect_refused(const std::string& reason) {
    const auto before = everything_in(root());
    const Status status = write_folder(target(), example("new"));
    EXPECT_EQ(status.code(), Error::kBadUsage);
    EXPECT_THAT(status.text(), HasSubstr(reason));
    EXPECT_EQ(everything_in(root()), before);
  }

 private:
  std::optional<ScratchFolder> scratch_;
};

TEST_F(WriteFolder, MakesTheFolderAndItsParents) {
  ASSERT_TRUE(write_folder(target(), example("one")).ok());
  EXPECT_EQ(*read_file(target() / "model.cpp"), "one");
  EXPECT_EQ(everything_in(root()), (std::set<std::string>{"out", "out/model", "out/model/a", "out/model/a/b.hpp",
                                                          "out/model/manifest.json", "out/model/model.cpp"}));
  // As open as any new folder, whatever the draft was.
  fs::create_directory(root() / "plain");
  EXPECT_EQ(fs::status(target()).permissions(), fs::status(root() / "plain").permissions());
}

TEST_F(WriteFolder, ReplacesAnEmptyFolderAndAnEarlierOutput) {
  fs::create_directories(target());
  ASSERT_TRUE(write_folder(target(), example("one")).ok());
  Files second = example("two");
  second.erase("a/b.hpp");
  ASSERT_TRUE(write_folder(target() / "", second).ok());
  EXPECT_EQ(*read_file(target() / "model.cpp"), "two");
  EXPECT_EQ(everything_in(root()),
            (std::set<std::string>{"out", "out/model", "out/model/manifest.json", "out/model/model.cpp"}));
}

TEST_F(WriteFolder, FollowsALinkToTheFolder) {
  fs::create_directories(root() / "real");
  fs::create_directories(target().parent_path());
  fs::create_directory_symlink(root() / "real", target());
  ASSERT_TRUE(write_folder(target(), example("one")).ok());
  EXPECT_TRUE(fs::is_symlink(target()));
  EXPECT_EQ(*read_file(root() / "real" / "model.cpp"), "one");
}

TEST_F(WriteFolder, RefusesWhatItDidNotWrite) {
  fs::create_directories(target());
  ASSERT_TRUE(write_file(target() / "thesis.txt", "dear").ok());
  expect_refused("tinymlc did not write it");
  ASSERT_TRUE(write_file(target() / "manifest.json", R"({"name": "a web application"})").ok());
  expect_refused("none of tinymlc");
  ASSERT_TRUE(write_file(target() / "manifest.json", "{").ok());
  expect_refused("none of tinymlc");
}

TEST_F(WriteFolder, RefusesToDeleteAFileThatWasAdded) {
  ASSERT_TRUE(write_folder(target(), example("one")).ok());
  ASSERT_TRUE(write_file(target() / "a" / "notes.txt", "mine").ok());
  expect_refused("a/notes.txt");
}

TEST_F(WriteFolder, RefusesAFile) {
  fs::create_directories(target().parent_path());
  ASSERT_TRUE(write_file(target(), "a file").ok());
  expect_refused("it is no folder");
}

TEST_F(WriteFolder, AFailureLeavesTheEarlierOutputAndNoDraft) {
  ASSERT_TRUE(write_folder(target(), example("one")).ok());
  const auto before = everything_in(root());
  Files broken = example("two");
  broken["model.cpp/under_a_file"] = "cannot be";
  const Status status = write_folder(target(), broken);
  EXPECT_EQ(status.code(), Error::kIo);
  EXPECT_EQ(everything_in(root()), before);
  EXPECT_EQ(*read_file(target() / "model.cpp"), "one");
}

}  // namespace
}  // namespace tmc::backend::cpp
