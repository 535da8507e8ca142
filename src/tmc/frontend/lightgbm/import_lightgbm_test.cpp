// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/lightgbm/import_lightgbm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tmc/frontend/common/testing/damaged_model.hpp"
#include "tmc/frontend/lightgbm/testing/small_booster.hpp"
#include "tmc/ir/text.hpp"

namespace tmc::frontend {
namespace {

using lightgbm::kSmallBooster;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(ImportLightgbm, TestsLeavesAndCategories) {
  const Result<ir::Graph> graph = import_lightgbm(kSmallBooster);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  const std::string text = ir::to_text(*graph);
  EXPECT_THAT(text, HasSubstr("columns=[a,b,c]"));
  // 0.1 is between two floats, 1e300 above all; the second test has three comparisons, since zeros are missing. The
  // categories of the second tree are 0, which begins above -1, 3 and 4, and 32.
  const auto thresholds = graph->value(graph->find_value("ensemble_thresholds")).data->to_vector<float>();
  EXPECT_THAT(thresholds, ElementsAre(0.1F - 7.45e-9F, -0.5F, -1e-35F, 1e-35F, 0, 0, 3.40282347e38F, 0, 0,
                                      std::nextafter(-1.0F, 0.0F), 1, 3, 5, 32, 33, 0, 0, 0));
  EXPECT_THAT(text, HasSubstr("ensemble_weights: f32[7] = [1,2,4,8,16,32,64]"));
  EXPECT_THAT(text, HasSubstr("factor: f32[] = [2]"));
}

TEST(ImportLightgbm, FormatIsToldByTheFirstLine) {
  EXPECT_TRUE(is_lightgbm(kSmallBooster));
  EXPECT_TRUE(is_lightgbm("tree\r\nversion=v4\r\n"));
  EXPECT_FALSE(is_lightgbm("trees\n"));
}

TEST(ImportLightgbm, SurvivesDamage) {
  survives_mutations(std::as_bytes(std::span(kSmallBooster)), 500, [](std::span<const std::byte> damaged) {
    return import_lightgbm({reinterpret_cast<const char*>(damaged.data()), damaged.size()});
  });
}

}  // namespace
}  // namespace tmc::frontend
