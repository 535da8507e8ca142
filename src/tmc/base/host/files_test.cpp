// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/base/host/files.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace tmc {
namespace {

namespace fs = std::filesystem;

TEST(Files, WritesAndReadsBytes) {
  const auto folder = ScratchFolder::make();
  ASSERT_TRUE(folder.ok());
  const fs::path path = folder->path() / "file.bin";
  for (const std::string& content : {std::string("a\0b\r\n", 5), std::string()}) {
    ASSERT_TRUE(write_file(path, content).ok());
    const auto read = read_file(path);
    ASSERT_TRUE(read.ok()) << read.status().text();
    EXPECT_EQ(*read, content);
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder->path()), {}), 1) << "a partial file was left";
}

TEST(Files, NamesTheFileThatIsNotThere) {
  const auto read = read_file("/no/such/file");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.status().code(), Error::kNotFound);
  EXPECT_EQ(read.status().file(), "/no/such/file");
  EXPECT_EQ(write_file("/no/such/file", "x").code(), Error::kNotFound);
  EXPECT_EQ(read_file("/").status().code(), Error::kIo);
}

TEST(Files, ScratchFolderGoesWithItsObject) {
  fs::path path;
  {
    std::optional<ScratchFolder> moved;
    {
      auto folder = ScratchFolder::make();
      ASSERT_TRUE(folder.ok());
      path = folder->path();
      ASSERT_TRUE(write_file(path / "inside", "x").ok());
      moved = std::move(folder).value();
    }
    EXPECT_TRUE(fs::exists(path / "inside"));
  }
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace tmc
