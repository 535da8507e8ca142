// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/pytorch/zip_archive.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/frontend/pytorch/testing/state_dict_builder.hpp"

namespace tmc::frontend::pytorch {
namespace {

using ::testing::HasSubstr;

Status status_of(const std::string& file, const std::string& entry) {
  const auto archive = ZipArchive::open(as_file(file));
  if (!archive.ok()) return archive.status();
  return archive->read(entry).status();
}

std::string changed(std::string file, size_t at, const std::string& bytes) {
  return file.replace(at, bytes.size(), bytes);
}

TEST(ZipArchive, ReadsStoredEntriesBehindAComment) {
  const std::string file = archive_of({{"m/data.pkl", "abc"}, {"m/data/0", ""}}) + "comment";
  const auto archive = ZipArchive::open(as_file(file));
  ASSERT_TRUE(archive.ok()) << archive.status().text();
  const auto root = archive->root();
  ASSERT_TRUE(root.ok());
  EXPECT_EQ(*root, "m/");
  const auto content = archive->read("m/data.pkl");
  ASSERT_TRUE(content.ok()) << content.status().text();
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(content->data()), content->size()), "abc");
  EXPECT_TRUE(archive->read("m/data/0")->empty());
  EXPECT_TRUE(ZipArchive::is_zip(as_file(file)));
  EXPECT_FALSE(ZipArchive::is_zip(as_file("PK")));
}

TEST(ZipArchive, RefusesWrongChecksumsWithTheEntry) {
  const std::string file = archive_of({{"a", "abcd"}});
  const Status status = status_of(changed(file, 31, "X"), "a");
  EXPECT_EQ(status.code(), Error::kMalformed);
  EXPECT_THAT(status.text(), HasSubstr("entry 'a' has a wrong checksum"));
  EXPECT_THAT(status.hint(), HasSubstr("torch.save"));
}

// Compressed entries could hold any amount of memory in few bytes.
TEST(ZipArchive, RefusesCompressedEntries) {
  EXPECT_THAT(status_of(archive_of({{"a", "abcd"}}, 8), "a").text(), HasSubstr("entry 'a' is compressed"));
}

TEST(ZipArchive, RefusesADirectoryThatDoesNotFit) {
  const std::string file = archive_of({{"a", "abcd"}});
  const size_t end = file.size() - 22;
  const size_t directory = 30 + 1 + 4;
  const std::string huge = little_endian(uint32_t{0xFFFFFF00});
  EXPECT_THAT(status_of("", "a").text(), HasSubstr("no directory"));
  EXPECT_THAT(status_of(file.substr(0, end), "a").text(), HasSubstr("no directory"));
  EXPECT_THAT(status_of(changed(file, end + 16, huge), "a").text(), HasSubstr("cut off"));
  EXPECT_THAT(status_of(changed(file, end + 10, std::string("\xFF\xFF", 2)), "a").text(), HasSubstr("damaged"));
  EXPECT_THAT(status_of(changed(file, directory + 28, std::string("\xFF\xFF", 2)), "a").text(), HasSubstr("cut off"));
  EXPECT_THAT(status_of(changed(file, directory + 42, huge), "a").text(), HasSubstr("not where the directory says"));
  EXPECT_THAT(status_of(changed(changed(file, directory + 20, huge), directory + 24, huge), "a").text(),
              HasSubstr("entry 'a' is cut off"));
  EXPECT_THAT(status_of(archive_of({{"a", "1"}, {"a", "2"}}), "a").text(), HasSubstr("holds 'a' twice"));
}

}  // namespace
}  // namespace tmc::frontend::pytorch
