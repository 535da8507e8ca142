// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/xgboost/import_xgboost.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/frontend/common/testing/damaged_model.hpp"
#include "tmc/frontend/xgboost/testing/small_booster.hpp"
#include "tmc/ir/text.hpp"

namespace tmc::frontend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using xgboost::kSmallBooster;

std::vector<int32_t> table_of(const ir::Graph& graph, std::string_view name) {
  return graph.value(graph.find_value(name)).data->to_vector<int32_t>();
}

TEST(ImportXgboost, TestsLeavesAndCategories) {
  const Result<ir::Graph> graph = import_xgboost(kSmallBooster);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  const std::string text = ir::to_text(*graph);
  EXPECT_THAT(text, HasSubstr("input features: f32[1,3] symbols=[rows,\"\"] columns=[a,b,c]"));
  // Mode 1 is x < t, and 9 the same where what is missing goes there. Categories 0, and 3 and 4, lie between thresholds
  // from the sixth node on: what is missing goes to the right with them.
  EXPECT_THAT(table_of(*graph, "ensemble_nodes"),
              ElementsAre(0, 9, 1, 2, -1, 0, 1, 0, 2, 1, 3, 4, -1, 1, 1, 0, -1, 2, 1, 0,  //
                          1, 1, 9, 6, 1, 9, 10, 7, 1, 1, 9, 8, 1, 1, 10, 9, -1, 3, 1, 0, -1, 4, 1, 0));
  EXPECT_THAT(text, HasSubstr("ensemble_thresholds: f32[11] = [0.5,0,0.25,0,0,0,1,3,5,0,0]"));
  EXPECT_THAT(text, HasSubstr("ensemble_weights: f32[5] = [-1,2,4,4,8]"));
  EXPECT_THAT(text, HasSubstr("ensemble_base: f32[1] = [-0]"));
  EXPECT_THAT(text, HasSubstr("prediction: f32[1] = reshape(logistic) shape=[1]"));
}

TEST(ImportXgboost, RowsAreBound) {
  const auto rows = [](const ImportOptions& options) {
    const Result<ir::Graph> graph = import_xgboost(kSmallBooster, options);
    return graph.ok() ? graph->value(graph->inputs()[0]).type.shape[0] : -1;
  };
  EXPECT_EQ(rows({}), 1);
  EXPECT_EQ(rows({.shapes = {{"rows", Shape::of(7)}}}), 7);
  EXPECT_EQ(rows({.shapes = {{"features", Shape::of(5, 3)}}}), 5);
  EXPECT_EQ(rows({.shapes = {{"features", Shape::of(5, 4)}}}), -1);
  EXPECT_EQ(rows({.shapes = {{"x", Shape::of(5, 3)}}}), -1);
}

TEST(ImportXgboost, SurvivesDamage) {
  survives_mutations(std::as_bytes(std::span(kSmallBooster)), 500, [](std::span<const std::byte> damaged) {
    return import_xgboost({reinterpret_cast<const char*>(damaged.data()), damaged.size()});
  });
}

}  // namespace
}  // namespace tmc::frontend
