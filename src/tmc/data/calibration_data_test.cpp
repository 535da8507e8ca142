// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/data/calibration_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/npy.hpp"
#include "tmc/ir/text.hpp"

namespace tmc::data {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// Rows of one value each, for a network that takes an image.
class CalibrationData : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    auto graph = ir::from_text("graph g {\n input image: f32[1,3,24,24]\n output image\n}");
    ASSERT_TRUE(graph.ok()) << graph.status().text();
    graph_ = std::move(*graph);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void save(const std::string& name, const std::vector<float>& rows) {
    NpyArray array{DType::kF32, Shape::of(std::ssize(rows), 3, 24, 24), {}};
    for (const float value : rows) {
      const std::vector<float> row(kElements, value);
      const auto bytes = std::as_bytes(std::span(row));
      array.bytes.insert(array.bytes.end(), bytes.begin(), bytes.end());
    }
    ASSERT_TRUE(save_npy(folder_ / name, array).ok());
  }

  static constexpr size_t kElements = size_t{3} * 24 * 24;
  fs::path folder_;
  ir::Graph graph_;
};

TEST_F(CalibrationData, ReadsTheRowsOfAFolderInAnyOrder) {
  save("b.npy", {3});
  save("a.npy", {1, 2});
  const auto rows = open_rows(folder_, graph_);
  ASSERT_TRUE(rows.ok()) << rows.status().text();
  ASSERT_EQ((*rows)->size(), 3);
  for (const int64_t index : {2, 0, 1, 2}) {
    const auto row = (*rows)->read(index);
    ASSERT_TRUE(row.ok()) << row.status().text();
    ASSERT_EQ(row->size(), 1U);
    ASSERT_EQ(row->front().size(), kElements * sizeof(float));
    float first = 0;
    std::memcpy(&first, row->front().data(), sizeof first);
    EXPECT_EQ(first, static_cast<float>(index + 1));
  }
}

TEST_F(CalibrationData, NamesWhatItCannotRead) {
  save("a.npy", {1});
  ASSERT_TRUE(write_file(folder_ / "b.JPG", "no picture").ok());
  const auto undescribed = open_rows(folder_, graph_);
  EXPECT_EQ(undescribed.status().code(), Error::kBadUsage);
  EXPECT_THAT(undescribed.status().text(), HasSubstr("b.JPG"));
  preprocess::Spec spec;
  spec.image.emplace().channels_first = true;
  const auto unreadable = open_rows(folder_, graph_, spec);
  ASSERT_FALSE(unreadable.ok());
  EXPECT_THAT(unreadable.status().text(), HasSubstr("b.JPG"));
  EXPECT_EQ(open_rows(folder_ / "none", graph_).status().code(), Error::kNotFound);
  ASSERT_TRUE(write_file(folder_ / "c.txt", "1").ok());
  EXPECT_EQ(open_rows(folder_ / "c.txt", graph_).status().code(), Error::kBadUsage);
}

}  // namespace
}  // namespace tmc::data
