// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/cost/predict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace tmc::cost {
namespace {

using ::testing::HasSubstr;

// Costs of one implementation in every form; requantize's only feature is its own estimate, 20 for an element.
constexpr const char* kTable = R"(
image_bytes: {mps2-an500: 1000}
fast_specialised: &form
  run_bytes: 10
  step_bytes: 4
  helpers: {portable/requantize: 30}
  implementations:
    portable/requantize: {base: 5, coefficients: [0.5], code_bytes: 100, code_coefficients: [20], error: 0.02, code_error: 3,
                          helpers: [portable/requantize]}
fast_shared: *form
small_specialised: *form
small_shared: *form
)";

program::Step step(const char* kernel, int32_t elements) {
  program::Step result;
  result.implementation = kernels::find_implementation("portable", kernel);
  result.params.resize(result.implementation->kernel->param_words);
  for (std::size_t i = 0; i < result.params.size(); ++i) result.params[i] = 1;
  for (std::size_t i = 0, word = 0; i < result.implementation->kernel->params.size(); ++i) {
    if (result.implementation->kernel->params[i].name == std::string("elements")) result.params[word] = elements;
    word += static_cast<std::size_t>(result.implementation->kernel->params[i].count);
  }
  result.operands.resize(result.implementation->kernel->buffers.size());
  return result;
}

program::Program program_of(std::vector<program::Step> steps) {
  program::Program program;
  program.regions = {{"arena", 48}};
  program.steps = std::move(steps);
  return program;
}

class Prediction : public ::testing::Test {
 protected:
  Cost predicted(std::vector<program::Step> steps, Optimize optimize) {
    return predict(program_of(std::move(steps)), load_target("mps2-an500").value(), optimize, &table_);
  }
  CostTable table_ = parse_cost_table(kTable, "test.yaml").value();
};

TEST_F(Prediction, AddsUpTheStepsOfALayer) {
  const Cost cost = predicted({step("requantize", 10), step("requantize", 30), step("copy", 8)}, Optimize::kSpeed);
  const LayerCost sum = sum_of(cost, {.steps = {0, 1}, .stripes = 2});
  EXPECT_DOUBLE_EQ(sum.instructions, cost.layers[0].instructions + cost.layers[1].instructions);
  EXPECT_DOUBLE_EQ(sum.relative_error, cost.layers[0].relative_error);
  EXPECT_TRUE(sum.fitted);
  EXPECT_FALSE(sum_of(cost, {.steps = {0, 2}, .stripes = 1}).fitted) << "nobody has fitted copies here";
}

TEST_F(Prediction, AddsUpLayersByTheirFeatures) {
  const Cost cost = predicted({step("requantize", 10), step("requantize", 30)}, Optimize::kSpeed);
  EXPECT_DOUBLE_EQ(cost.layers[0].instructions, 5 + 0.5 * 20 * 10);
  EXPECT_DOUBLE_EQ(cost.instructions, 2 * 5 + 0.5 * 20 * 40);
  EXPECT_DOUBLE_EQ(cost.relative_error, 0.02);
  EXPECT_EQ(cost.arena_bytes, 48);
}

TEST_F(Prediction, CountsTheInstancesThatAreWritten) {
  // Equal steps share an instance, and both the helper.
  const Cost same = predicted({step("requantize", 10), step("requantize", 10)}, Optimize::kSpeed);
  EXPECT_EQ(same.flash->code, 1000 + 10 + 2 * 4 + 30 + 120);
  const Cost different = predicted({step("requantize", 10), step("requantize", 30)}, Optimize::kSpeed);
  EXPECT_EQ(different.flash->code, 1000 + 10 + 2 * 4 + 30 + 2 * 120);
  // For size three share one, to which each passes the word that differs, in a byte.
  const Cost small =
      predicted({step("requantize", 10), step("requantize", 30), step("requantize", 50)}, Optimize::kSize);
  EXPECT_EQ(small.instances.size(), 1U);
  EXPECT_EQ(small.flash->code, 1000 + 10 + 3 * 4 + 30 + 120 + 3 * 1);
}

TEST_F(Prediction, CountsRareHelpersWhereTheirFeatureIs) {
  const auto code = [&](int32_t elements) {
    return predicted({step("requantize", elements)}, Optimize::kSpeed).flash->code;
  };
  const auto with_elements = code(10), without = code(0);
  FormTable& form = table_.forms[static_cast<std::size_t>(Form::kFastSpecialised)];
  form.helper_bytes["clamp"] = 50;
  form.implementations.at("portable/requantize").rare_helpers = {"clamp"};
  EXPECT_EQ(code(10), with_elements + 50);
  EXPECT_EQ(code(0), without);
}

TEST_F(Prediction, AnImplementationWithoutCoefficientsSaysSo) {
  const program::Step unknown = step("quantize_f32", 10);
  const Cost cost = predicted({unknown}, Optimize::kSpeed);
  EXPECT_FALSE(cost.layers[0].fitted);
  EXPECT_DOUBLE_EQ(cost.instructions, unknown.implementation->instructions(unknown.params));
  EXPECT_DOUBLE_EQ(cost.relative_error, kUnfittedError);
  EXPECT_GT(cost.flash->code, 1000);
}

TEST_F(Prediction, CoefficientsOfOtherFeaturesAreAsGoodAsNone) {
  for (FormTable& form : table_.forms) form.implementations.at("portable/requantize").coefficients = {1, 2, 3};
  EXPECT_FALSE(predicted({step("requantize", 10)}, Optimize::kSpeed).layers[0].fitted);
}

TEST(PredictionWithoutTable, TakesTheImplementationsOwnEstimates) {
  const program::Step only = step("requantize", 10);
  const Cost cost = predict(program_of({only}), load_target("host").value(), Optimize::kSpeed, nullptr);
  EXPECT_DOUBLE_EQ(cost.instructions, only.implementation->instructions(only.params));
  EXPECT_FALSE(cost.flash);
}

TEST(CostTables, AreRefusedWithTheirFault) {
  const auto refused = [](const std::string& from, const std::string& to) {
    std::string text = kTable;
    text.replace(text.find(from), from.size(), to);
    const auto table = parse_cost_table(text, "some.yaml");
    EXPECT_FALSE(table.ok());
    EXPECT_EQ(table.status().code(), Error::kMalformed);
    EXPECT_EQ(table.status().file(), "some.yaml");
    return table.status().message();
  };
  EXPECT_THAT(refused("base: 5", "bases: 5"), HasSubstr("base"));
  EXPECT_THAT(refused("coefficients: [0.5]", "coefficients: much"), HasSubstr("coefficients"));
  EXPECT_THAT(refused("helpers: {portable/requantize: 30}", "helpers: {}"), HasSubstr("no bytes"));
  EXPECT_THAT(refused("small_shared: *form", "small: *form"), HasSubstr("small"));
}

TEST(CostTables, EveryTargetsLoads) {
  for (const std::string& name : target_names()) {
    const Target target = load_target(name).value();
    const auto table = load_cost_table(target);
    ASSERT_TRUE(table.ok()) << table.status().text();
    EXPECT_TRUE(target.board || *table == nullptr) << name;
    // A new core comes before its costs can be fitted; what implementations say of themselves holds until then.
    if (target.board && *table == nullptr) {
      GTEST_LOG_(WARNING) << name << ": nobody has fitted costs of " << target.core
                          << ", predictions are rough; run scripts/fit_costs --target " << name;
    }
  }
}

TEST(CostTables, MatchTheFeaturesOfTheImplementations) {
  for (const std::string& name : target_names()) {
    const auto table = load_cost_table(load_target(name).value());
    if (*table == nullptr) continue;
    EXPECT_TRUE(check_features(**table).ok()) << check_features(**table).text();
  }
}

TEST(CostTables, OtherFeaturesThanTheImplementationsAreFound) {
  CostTable table = parse_cost_table(kTable, "test.yaml").value();
  EXPECT_TRUE(check_features(table).ok());
  table.forms[1].implementations.at("portable/requantize").coefficients = {1, 2, 3};
  table.forms[2].implementations["portable/nothing"] = {};
  EXPECT_THAT(
      check_features(table).message(),
      ::testing::AllOf(HasSubstr("fast_shared portable/requantize: 3 coefficients"), HasSubstr("portable/nothing")));
}

TEST(CostTables, RowsOfFormsThatAnImplementationCannotHaveAreFound) {
  CostTable table = parse_cost_table(kTable, "test.yaml").value();
  const auto implementations = kernels::all_implementations();
  const auto spender =
      std::ranges::find_if(implementations, [](const auto* implementation) { return implementation->spends_flash(); });
  ASSERT_NE(spender, implementations.end());
  FormCost row;
  row.coefficients.resize((*spender)->cost_features(std::vector<int32_t>((*spender)->kernel->param_words, 1)).size());
  table.forms[static_cast<std::size_t>(Form::kFastShared)].implementations[(*spender)->label()] = row;
  EXPECT_TRUE(check_features(table).ok());
  table.forms[static_cast<std::size_t>(Form::kSmallShared)].implementations[(*spender)->label()] = row;
  EXPECT_THAT(check_features(table).message(),
              HasSubstr("small_shared " + (*spender)->label() + ": no build for size"));
}

// Of --input-type; of loops, whose steps are counted together; of tables, indices and caches, whose content says what
// they cost; of roundings to narrow types; and of what ONNX has no operator of: layers are not generated for them.
// Tables in layers and features of sounds are to be fitted.
const std::set<std::string> kUnfitted = {"armv7em/cached_attention_s4",
                                         "armv7em/cached_attention_s8",
                                         "armv7em/cached_attention_s8_s4",
                                         "armv7em/channel_products_s16",
                                         "armv7em/conv2d_s8_lanes_table",
                                         "armv7em/conv2d_s8_once_lanes_table",
                                         "armv7em/conv2d_s8_once_table",
                                         "armv7em/conv2d_s8_pixels_lanes_table",
                                         "armv7em/conv2d_s8_pixels_once_lanes_table",
                                         "armv7em/conv2d_s8_pixels_once_table",
                                         "armv7em/conv2d_s8_pixels_table",
                                         "armv7em/conv2d_s8_table",
                                         "armv7em/conv2d_s8_w16",
                                         "armv7em/conv2d_s8_w16_depthwise",
                                         "armv7em/dense_sums_s8",
                                         "armv7em/dense_sums_s8_lanes",
                                         "armv7em/dense_sums_s8_pairs",
                                         "armv7em/fully_connected_s8_table",
                                         "armv7em/gate_s16",
                                         "armv7em/gru_state_s16",
                                         "armv7em/lookup",
                                         "armv7em/lstm_cell_s16",
                                         "armv7em/lstm_output_s8",
                                         "armv7em/lstm_output_s8_tables",
                                         "armv7em/lstm_state_s16",
                                         "armv7em/lstm_state_s16_tables",
                                         "armv7em/sound_bands",
                                         "armv7em/sound_logs",
                                         "armv7em/tree_ensemble_f32_branches",
                                         "armv7em/tree_ensemble_f32_complete",
                                         "portable/basic_lstm_output_s8",
                                         "portable/basic_lstm_state_s16",
                                         "portable/cached_attention_f32",
                                         "portable/cached_attention_s4",
                                         "portable/cached_attention_s8",
                                         "portable/cached_attention_s8_s4",
                                         "portable/channel_products_s8",
                                         "portable/conv2d_s8_table",
                                         "portable/conv2d_s8_w16",
                                         "portable/dense_sums_s8",
                                         "portable/detection_post_process",
                                         "portable/fully_connected_s8_table",
                                         "portable/gate_f32",
                                         "portable/gate_s16",
                                         "portable/grid_sample_f32",
                                         "portable/gru_cell_f32",
                                         "portable/gru_state_s16",
                                         "portable/iir_f32",
                                         "portable/lookup",
                                         "portable/lstm_cell_f32",
                                         "portable/lstm_cell_s16",
                                         "portable/lstm_numbers_s32",
                                         "portable/lstm_output_s8",
                                         "portable/lstm_state_s16",
                                         "portable/non_max_suppression_f32",
                                         "portable/pairwise_coupling_f32",
                                         "portable/pixels_s8",
                                         "portable/requantize_s32",
                                         "portable/roi_align_f32",
                                         "portable/rotary_angles_f32",
                                         "portable/scatter",
                                         "portable/soft_non_max_suppression_f32",
                                         "portable/sound_bands",
                                         "portable/sound_logs",
                                         "portable/to_float4_e2m1_f32",
                                         "portable/to_float8_e4m3fn_f32",
                                         "portable/to_float8_e4m3fnuz_f32",
                                         "portable/to_float8_e5m2_f32",
                                         "portable/to_float8_e5m2fnuz_f32",
                                         "portable/top_k",
                                         "portable/tree_ensemble_f32"};

TEST(CostTables, HaveARowOfEveryImplementationThatTheCoreCanRun) {
  for (const std::string& name : target_names()) {
    const Target target = load_target(name).value();
    const auto table = load_cost_table(target);
    if (*table == nullptr) continue;
    std::set<std::string> missing;
    for (const kernels::ImplementationInfo* implementation : kernels::all_implementations()) {
      if (!implementation->is_fitted || std::ranges::find(target.isa, implementation->isa) == target.isa.end())
        continue;
      for (std::size_t form = 0; form < kForms; ++form) {
        const bool exists = !(implementation->spends_flash() && is_small(static_cast<Form>(form)));
        if (exists && !(*table)->forms[form].implementations.contains(implementation->label()))
          missing.insert(implementation->label());
      }
    }
    std::set<std::string> expected;
    for (const std::string& label : kUnfitted) {
      if (std::ranges::find(target.isa, label.substr(0, label.find('/'))) != target.isa.end()) expected.insert(label);
    }
    EXPECT_EQ(missing, expected) << name << ": scripts/fit_costs --target BOARD --only stale";
  }
}

// The forms hold for cores that compile alike for speed and for a balance of speed and size.
TEST(CostTables, SpeedAndBalancedCompileAlike) {
  for (const std::string& name : target_names()) {
    const Target target = load_target(name).value();
    if (!target.toolchain) continue;
    EXPECT_EQ(target.toolchain->speed, target.toolchain->balanced) << name;
  }
}

}  // namespace
}  // namespace tmc::cost
