// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/stored_array.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

#include "tmc/base/host/files.hpp"

namespace tmc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class StoredArrayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto folder = ScratchFolder::make();
    ASSERT_TRUE(folder.ok()) << folder.status().text();
    folder_.emplace(std::move(*folder));
  }

  std::filesystem::path at(const std::string& name) const { return folder_->path() / name; }

 private:
  std::optional<ScratchFolder> folder_;
};

NpyArray counting(int32_t count) {
  std::vector<int32_t> values(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; ++i) values[static_cast<size_t>(i)] = i;
  const auto bytes = std::as_bytes(std::span(values));
  return {DType::kI32, Shape::of(count), {bytes.begin(), bytes.end()}};
}

std::vector<int32_t> values_of(StoredArray& array, int64_t first, int64_t count) {
  const auto bytes = array.read(first, count);
  EXPECT_TRUE(bytes.ok()) << bytes.status().text();
  std::vector<int32_t> values(static_cast<size_t>(count));
  std::memcpy(values.data(), bytes->data(), bytes->size());
  return values;
}

TEST_F(StoredArrayTest, ReadsAnyElementsOfAFileInAnyOrder) {
  ASSERT_TRUE(save_npy(at("a.npy"), counting(1000)).ok());
  auto array = open_npy(at("a.npy"));
  ASSERT_TRUE(array.ok()) << array.status().text();
  EXPECT_EQ(array->dtype(), DType::kI32);
  EXPECT_EQ(array->shape(), Shape::of(1000));
  EXPECT_THAT(values_of(*array, 998, 2), ElementsAre(998, 999));
  EXPECT_THAT(values_of(*array, 0, 3), ElementsAre(0, 1, 2));
}

TEST_F(StoredArrayTest, ReadsMembersOfAnArchiveByTurns) {
  ASSERT_TRUE(save_npz(at("a.npz"), {{"few", counting(5)}, {"many", counting(700'000)}}).ok());
  auto arrays = open_npz(at("a.npz"));
  ASSERT_TRUE(arrays.ok()) << arrays.status().text();
  ASSERT_EQ(arrays->size(), 2U);
  EXPECT_THAT(values_of(arrays->at("many"), 699'998, 2), ElementsAre(699'998, 699'999));
  EXPECT_THAT(values_of(arrays->at("few"), 3, 2), ElementsAre(3, 4));
  EXPECT_THAT(values_of(arrays->at("many"), 7, 2), ElementsAre(7, 8));
}

TEST_F(StoredArrayTest, AnArrayMayBeLargerThanMemory) {
  const NpyArray row = counting(1 << 20);
  const int64_t rows = 2000;  // 8 GB
  const std::string header = to_npy({DType::kI32, Shape::of(rows, 1 << 20), {}});
  std::ofstream(at("large.npy"), std::ios::binary) << header;
  std::filesystem::resize_file(at("large.npy"), header.size() + static_cast<uint64_t>(rows) * row.bytes.size());
  std::fstream file(at("large.npy"), std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(-8, std::ios::end);
  file.write(reinterpret_cast<const char*>(row.bytes.data()) + 4, 8);
  file.close();
  auto array = open_npy(at("large.npy"));
  ASSERT_TRUE(array.ok()) << array.status().text();
  EXPECT_THAT(values_of(*array, rows * (1 << 20) - 3, 3), ElementsAre(0, 1, 2));
}

TEST_F(StoredArrayTest, WhatIsTruncatedIsRefusedWithAHint) {
  ASSERT_TRUE(save_npy(at("a.npy"), counting(1000)).ok());
  for (const uint64_t bytes : {0, 5, 100, 128, 4000}) {
    std::filesystem::resize_file(at("a.npy"), bytes);
    EXPECT_EQ(open_npy(at("a.npy")).status().code(), Error::kMalformed) << bytes;
    ASSERT_TRUE(save_npy(at("a.npy"), counting(1000)).ok());
  }
  std::filesystem::resize_file(at("a.npy"), 4000);
  const std::string text = open_npy(at("a.npy")).status().text();
  EXPECT_THAT(text, HasSubstr("a.npy"));
  EXPECT_THAT(text, HasSubstr("copy the file again"));
  EXPECT_EQ(open_npy(at("none.npy")).status().code(), Error::kNotFound);
}

TEST_F(StoredArrayTest, AChangedByteOfAnArchiveIsFound) {
  ASSERT_TRUE(save_npz(at("a.npz"), {{"rows", counting(1000)}}).ok());
  std::fstream file(at("a.npz"), std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(2000);
  file.put('\x55');
  file.close();
  const auto arrays = open_npz(at("a.npz"));
  ASSERT_FALSE(arrays.ok());
  EXPECT_EQ(arrays.status().code(), Error::kMalformed);
  EXPECT_THAT(arrays.status().text(), HasSubstr("rows"));
}

TEST_F(StoredArrayTest, AFileThatShrinksMeanwhileIsAnError) {
  ASSERT_TRUE(save_npy(at("a.npy"), counting(100'000)).ok());
  auto array = open_npy(at("a.npy"));
  ASSERT_TRUE(array.ok());
  std::filesystem::resize_file(at("a.npy"), 1000);
  EXPECT_EQ(array->read(99'000, 1000).status().code(), Error::kIo);
}

}  // namespace
}  // namespace tmc
