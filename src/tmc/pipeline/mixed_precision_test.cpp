// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/testing/quantize_case.hpp"

namespace tmc::pipeline {
namespace {

QuantizeOptions sixteen_bit(QuantizeOptions options) {
  options.scheme.numbers.activations = DType::kI16;
  return options;
}

int64_t count_steps(const program::Program& program, std::string_view kernel) {
  return std::ranges::count_if(program.steps,
                               [&](const program::Step& step) { return step.implementation->kernel->name == kernel; });
}

TEST(Quantize, SixteenBitActivationsLoseOnlyWhatWeightsDo) {
  const Outcome narrow = quantized(uncorrected());
  Outcome wide = quantized(sixteen_bit(uncorrected()));
  EXPECT_EQ(wide.report.ranges, "minmax");
  EXPECT_TRUE(wide.report.tried.empty()) << "there is nothing to choose";
  EXPECT_GT(wide.report.score.snr_db, narrow.report.score.snr_db + 3);
  EXPECT_EQ(wide.report.layers.back().scheme, "float") << "softmax";
  wide.report.layers.pop_back();
  for (const quant::LayerReport& layer : wide.report.layers) {
    EXPECT_EQ(layer.scheme, "int16x8") << layer.name;
    EXPECT_EQ(layer.dtype, DType::kI16) << layer.name;
    EXPECT_EQ(layer.saturated, 0) << layer.name;
    EXPECT_GT(layer.own_snr_db, layer.weight_snr_db ? 30 : 60) << layer.name;
  }
  ASSERT_TRUE(lower_pairs(wide.graph).ok());
  for (const char* target : {"host", "mps2-an500"}) {
    const auto program = select::select(wide.graph, load_target(target).value(), {});
    ASSERT_TRUE(program.ok()) << program.status().text();
    EXPECT_EQ(count_steps(*program, "conv2d_s16"), 2) << target;
    EXPECT_EQ(count_steps(*program, "fully_connected_s16"), 1) << target;
  }
}

TEST(Quantize, FrontierGoesBothWaysFromIntegers) {
  GraphRunner runner;
  NoiseRows rows(64, kElements);
  const auto cost = [](const ir::Graph& paired) -> Result<quant::GraphCost> {
    ir::Graph lowered = paired;
    TMC_TRY(lower_pairs(lowered));
    int64_t price = 0;  // a byte of an element costs one, of a float operator's four
    for (const ir::NodeId id : lowered.order()) {
      const ir::Value& output = lowered.value(lowered.node(id).outputs[0]);
      price += output.type.shape.elements() * static_cast<int64_t>(dtype_bytes(output.type.dtype));
    }
    return quant::GraphCost{.flash_bytes = price, .instructions = static_cast<double>(price), .fits = true};
  };
  const auto mixture = [&](QuantizeOptions options) {
    ir::Graph graph = network();
    options.max_drop = 0;
    const QuantizeInputs inputs{.runner = &runner, .rows = &rows, .labels = {}, .progress = kQuiet, .cost = cost};
    const auto report = quant::quantize(graph, inputs, options);
    EXPECT_TRUE(report.ok()) << report.status().text();
    return *report;
  };
  const quant::Report report = mixture(uncorrected());
  const auto is_wide = [](const quant::FrontierPoint& point) { return !point.sixteen_bit.empty(); };
  EXPECT_TRUE(std::ranges::any_of(report.frontier, is_wide));
  for (const quant::FrontierPoint& point : report.frontier) {
    EXPECT_TRUE(point.sixteen_bit.empty() || point.kept_float.empty()) << "one way or the other";
  }
  // With all tensors raised it is the scheme for all of them.
  const auto most = std::ranges::max_element(report.frontier, {}, [](const auto& p) { return p.sixteen_bit.size(); });
  const quant::Report all = mixture(sixteen_bit(uncorrected()));
  EXPECT_NEAR(most->snr_db, all.frontier[0].snr_db, 0.5) << "but for softmax";
  EXPECT_FALSE(std::ranges::any_of(all.frontier, is_wide)) << "they have 16 bits already";
}

// Layers on 16 bits take weights of eight, whatever the scheme.
TEST(Quantize, RaisesFourBitLayersWithTheirTensors) {
  GraphRunner runner;
  NoiseRows rows(64, kElements);
  std::vector<std::string> conv_weights;
  const auto cost = [&](const ir::Graph& paired) -> Result<quant::GraphCost> {
    ir::Graph lowered = paired;
    TMC_TRY(lower_pairs(lowered));
    for (const ir::NodeId id : lowered.order()) {
      const ir::Node& node = lowered.node(id);
      if (lowered.value(node.inputs[0]).type.dtype != DType::kI16 || node.inputs.size() < 2) continue;
      const ir::Value& weights = lowered.value(node.inputs[1]);
      if (!weights.is_constant() || weights.type.dtype != DType::kI8 || weights.type.shape[0] != 8) continue;
      const std::vector<int8_t> integers = weights.data->to_vector<int8_t>();
      if (!kernels::find_group_inputs(integers, integers.size() / 8)) conv_weights.push_back(weights.name);
    }
    return quant::GraphCost{.flash_bytes = 1, .instructions = 1, .fits = true};
  };
  ir::Graph graph = network();
  QuantizeOptions options = four_bit(uncorrected());
  options.max_drop = 1;
  const QuantizeInputs inputs{.runner = &runner, .rows = &rows, .labels = {}, .progress = kQuiet, .cost = cost};
  ASSERT_TRUE(quant::quantize(graph, inputs, options).ok());
  for (const char* name : {"w1_quantized", "w2_quantized"}) {
    EXPECT_NE(std::ranges::find(conv_weights, name), conv_weights.end()) << name;
  }
}

TEST(Quantize, KeepsTheWorstInFloat) {
  QuantizeOptions options = uncorrected();
  options.keep_float_worst = 2;
  const Outcome mixed = quantized(options);
  EXPECT_EQ(mixed.report.kept_float.size(), 2U);
  const auto floats = std::ranges::count_if(mixed.report.layers, [](const auto& layer) { return !layer.integer; });
  EXPECT_EQ(floats, 2);
  options.keep_float_worst = 100;
  const Outcome none = quantized(options);
  EXPECT_EQ(none.report.kept_float.size(), 6U);
  EXPECT_EQ(none.report.score.snr_db, quant::Noise::kMostDb) << "nothing is left that rounds";
}

TEST(Quantize, FindsTheCheapestMixtureThatHolds) {
  GraphRunner runner;
  NoiseRows rows(32, kElements);
  ir::Graph graph = network();
  // Float costs more the more of it there is; beyond four nodes nothing fits.
  const auto cost = [](const ir::Graph& paired) -> Result<quant::GraphCost> {
    int64_t quantizes = 0;
    for (const ir::NodeId id : paired.order()) quantizes += paired.node(id).op.name() == "quantize";
    return quant::GraphCost{
        .flash_bytes = 100 - quantizes, .instructions = 100.0 - static_cast<double>(quantizes), .fits = quantizes > 2};
  };
  const QuantizeInputs inputs{.runner = &runner, .rows = &rows, .labels = {}, .progress = kQuiet, .cost = cost};
  QuantizeOptions options = uncorrected();
  options.max_drop = 1;
  const auto report = quant::quantize(graph, inputs, options);
  ASSERT_TRUE(report.ok()) << report.status().text();
  ASSERT_FALSE(report->frontier.empty());
  EXPECT_TRUE(report->frontier[0].chosen) << "all may be lost, so all is integer";
  const auto floats = std::ranges::max_element(report->frontier, {}, [](const auto& p) { return p.kept_float.size(); });
  EXPECT_GT(floats->snr_db, report->frontier.front().snr_db);
  EXPECT_FALSE(floats->fits);
  ir::Graph again = network();
  const auto refused = quant::quantize(again,
                                       {.runner = &runner,
                                        .rows = &rows,
                                        .labels = {},
                                        .progress = kQuiet,
                                        .cost = [](const ir::Graph&) -> Result<quant::GraphCost> {
                                          return quant::GraphCost{.flash_bytes = {}, .fits = false};
                                        }},
                                       options);
  EXPECT_EQ(refused.status().code(), Error::kBudgetExceeded);
}

TEST(Quantize, WarnsOfFewRows) {
  EXPECT_NE(quantized(uncorrected(), 3).report.warnings.at(0).find("3 calibration rows"), std::string::npos);
}

Status failure_of(NoiseRows& rows, const QuantizeOptions& options = {}, std::vector<int64_t> labels = {}) {
  GraphRunner runner;
  ir::Graph graph = network();
  return quant::quantize(
             graph, {.runner = &runner, .rows = &rows, .labels = std::move(labels), .progress = kQuiet, .cost = {}},
             options)
      .status();
}

TEST(Quantize, NamesTheTensorThatHoldsNoNumber) {
  NoiseRows rows(8, kElements);
  rows.bad_row = 5;
  const Status status = failure_of(rows);
  EXPECT_EQ(status.code(), Error::kBadInput);
  EXPECT_NE(status.text().find("'x' holds nan at element 72 in row 5"), std::string::npos) << status.text();
}

TEST(Quantize, RefusesWhatCannotBe) {
  NoiseRows none(0, kElements), some(4, kElements);
  EXPECT_EQ(failure_of(none).code(), Error::kBadInput);
  EXPECT_EQ(failure_of(some, with_correction("magic")).code(), Error::kBadUsage);
  QuantizeOptions kept = uncorrected();
  kept.scheme.keep_float.insert("magic");
  EXPECT_EQ(failure_of(some, kept).code(), Error::kBadUsage);
  EXPECT_EQ(failure_of(some, uncorrected(), {1, 2}).code(), Error::kBadInput) << "2 labels for 4 rows";
}

}  // namespace
}  // namespace tmc::pipeline
