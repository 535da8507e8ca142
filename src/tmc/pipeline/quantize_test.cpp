// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/testing/quantize_case.hpp"

namespace tmc::pipeline {
namespace {

TEST(Quantize, MakesEveryLayerIntegerAndStaysNear) {
  const Outcome outcome = quantized(uncorrected());
  EXPECT_EQ(outcome.report.rows, 64);
  EXPECT_TRUE(outcome.report.warnings.empty());
  EXPECT_GT(outcome.report.score.agreement, 0.9);
  ASSERT_EQ(outcome.report.layers.size(), 6U);
  for (const quant::LayerReport& layer : outcome.report.layers) {
    EXPECT_TRUE(layer.integer) << layer.name;
    EXPECT_GT(layer.snr_db, 20) << layer.name;
    EXPECT_GE(layer.own_snr_db, layer.snr_db - 3) << layer.name;
    EXPECT_LT(layer.saturated, 0.1) << layer.name;
  }
  EXPECT_GT(*outcome.report.layers[0].weight_snr_db, 30);
  EXPECT_EQ(outcome.report.tried.size(), 4U);
}

TEST(Quantize, KeepsInputsAndOutputsByName) {
  const Outcome outcome = quantized(uncorrected());
  EXPECT_EQ(outcome.graph.value(outcome.graph.outputs()[0]).name, "y");
  EXPECT_EQ(outcome.graph.value(outcome.graph.outputs()[0]).type.dtype, DType::kF32);
  EXPECT_EQ(outcome.graph.value(outcome.graph.inputs()[0]).name, "x");
}

// What a correction does to the float graph must not change what it computes.
TEST(Quantize, CorrectionsKeepTheFloatGraph) {
  GraphRunner runner;
  NoiseRows rows(16, kElements);
  for (const quant::Correction* correction : quant::all_corrections()) {
    quant::Work work{network(), {}, {}};
    auto session = runner.open(work.graph).value();
    work.statistics = quant::calibrate(*session, rows, kQuiet).value();
    work.plan = quant::make_plan(work.graph, work.statistics, {}).value();
    const auto before = quant::Judge::create(*session, rows, {0, 5, 9}, {"f"}).value();
    const auto changed = correction->apply(work, {&runner, &rows, {1, 2, 3, 4, 6, 7}, kQuiet});
    ASSERT_TRUE(changed.ok()) << correction->name << ": " << changed.status().text();
    EXPECT_TRUE(*changed) << correction->name;
    ASSERT_EQ(ir::verify(work.graph).text(), "ok") << correction->name;
    const auto repaired = runner.open(work.graph).value();
    const double snr_db = before.judge(*repaired).value().noise.snr_db();
    // Corrected biases are meant for rounded weights: with the real ones they are off by what those lose.
    EXPECT_GT(snr_db, correction->name == std::string("bias_correction") ? 30 : 100) << correction->name;
  }
}

TEST(Quantize, EqualizationUndoesUnequalChannels) {
  ir::Graph graph = network();
  std::vector<float> factors(8);
  for (size_t i = 0; i < factors.size(); ++i) factors[i] = std::exp2(static_cast<float>(i));
  const auto producer = [&](const char* name) { return graph.value(graph.find_value(name)).producer; };
  quant::divide_outputs(graph, producer("a"), factors);
  quant::multiply_inputs(graph, producer("b"), factors);
  QuantizeOptions options = with_correction("equalization");
  options.scheme.per_channel_weights = false;
  const quant::CorrectionReport equalized = quantized(graph, options).report.corrections.at(0);
  EXPECT_GT(equalized.snr_after_db, equalized.snr_before_db + 10);
}

TEST(Quantize, AdaptiveRoundingHelps) {
  const quant::CorrectionReport rounded = quantized(with_correction("adaptive_rounding")).report.corrections.at(0);
  EXPECT_GT(rounded.snr_after_db, rounded.snr_before_db);
  EXPECT_EQ(rounded.outcome, "asked for");
}

std::vector<int8_t> integers_of(const ir::Graph& graph, const std::string& name) {
  return graph.value(graph.find_value(name)).data->to_vector<int8_t>();
}

TEST(Quantize, FourBitWeightsAreStoredSo) {
  Outcome outcome = quantized(four_bit(with_correction("adaptive_rounding")));
  const auto& layers = outcome.report.layers;
  EXPECT_EQ(layers[0].scheme, "int4:32");
  EXPECT_EQ(layers[1].scheme, "int4:32");
  EXPECT_EQ(layers[4].scheme, "int8") << "a layer of eight inputs";
  EXPECT_GT(*layers[0].weight_snr_db, 12);
  EXPECT_LT(*layers[0].weight_snr_db, 30);
  EXPECT_TRUE(kernels::split_four_bit_groups(integers_of(outcome.graph, "w1_quantized"), 36, 32));
  EXPECT_TRUE(kernels::split_four_bit_groups(integers_of(outcome.graph, "w2_quantized"), 72, 32));
  ASSERT_TRUE(lower_pairs(outcome.graph).ok());
  for (const char* target : {"host", "mps2-an500"}) {
    const auto program = select::select(outcome.graph, load_target(target).value(), {});
    ASSERT_TRUE(program.ok()) << program.status().text();
    const auto stored = std::ranges::count_if(program->steps, [](const program::Step& step) {
      return std::string_view(step.implementation->kernel->name) == "conv2d_s4";
    });
    EXPECT_EQ(stored, 2) << target;
  }
}

TEST(Quantize, AdaptiveRoundingHelpsFourBitsMore) {
  const auto gain = [](const QuantizeOptions& options) {
    const quant::CorrectionReport rounded = quantized(options).report.corrections.at(0);
    return rounded.snr_after_db - rounded.snr_before_db;
  };
  EXPECT_GT(gain(four_bit(with_correction("adaptive_rounding"))), 3);
}

// Flash is what counts where weights have four bits: as few layers get eight as the drop asks for.
TEST(Quantize, RaisesWeightsToEightBitsBeforeNodesToFloat) {
  GraphRunner runner;
  NoiseRows rows(256, kElements);  // of 64 as many answers may change with eight bits as with four
  const auto cost = [](const ir::Graph& paired) -> Result<quant::GraphCost> {
    int64_t bytes = 0;
    for (const char* name : {"w1_quantized", "w2_quantized"}) {
      if (paired.find_value(name) == ir::ValueId::kNone) return quant::GraphCost{.fits = false};
      const std::vector<int8_t> weights = integers_of(paired, name);
      const bool stored = kernels::find_group_inputs(weights, weights.size() / 8).has_value();
      bytes += static_cast<int64_t>(weights.size()) / (stored ? 2 : 1);
    }
    return quant::GraphCost{.flash_bytes = bytes, .instructions = 1000.0 - static_cast<double>(bytes), .fits = true};
  };
  const auto mixture = [&](double max_drop) {
    ir::Graph graph = network();
    QuantizeOptions options = four_bit(with_correction("bias_correction"));
    options.max_drop = max_drop;
    const QuantizeInputs inputs{.runner = &runner, .rows = &rows, .labels = {}, .progress = kQuiet, .cost = cost};
    return quant::quantize(graph, inputs, options);
  };
  const auto all = mixture(1);
  ASSERT_TRUE(all.ok()) << all.status().text();
  EXPECT_TRUE(all->frontier[0].chosen) << "all may be lost, so all have four bits";
  EXPECT_EQ(all->frontier[1].eight_bit.size(), 1U);
  EXPECT_EQ(all->frontier[2].eight_bit.size(), 2U);
  EXPECT_GT(all->frontier[2].snr_db, all->frontier[0].snr_db + 5);
  ASSERT_LT(all->frontier[2].drop, all->frontier[0].drop);
  const auto some = mixture((all->frontier[0].drop + all->frontier[2].drop) / 2);
  ASSERT_TRUE(some.ok()) << some.status().text();
  EXPECT_FALSE(some->eight_bit.empty());
  EXPECT_TRUE(some->kept_float.empty());
  EXPECT_EQ(std::ranges::count(some->layers, "int8", &quant::LayerReport::scheme) + 2,
            static_cast<int64_t>(some->layers.size() + some->eight_bit.size()));
}

}  // namespace
}  // namespace tmc::pipeline
