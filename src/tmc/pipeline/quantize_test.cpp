// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/quantize.hpp"

#include <cmath>
#include <random>

#include "tmc/ir/testing/golden.hpp"
#include "tmc/kernels/host/four_bit_groups.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/pipeline/graph_session.hpp"
#include "tmc/pipeline/passes.hpp"
#include "tmc/quant/correction/layer_constants.hpp"
#include "tmc/quant/mixed.hpp"
#include "tmc/select/select.hpp"

namespace tmc::pipeline {
namespace {

using quant::QuantizeInputs;
using quant::QuantizeOptions;
using quant::Row;

const quant::Progress kQuiet = [](std::string_view, int64_t, int64_t) {};

// Rows of normal noise, of the size of the graph's first input.
class NoiseRows : public quant::RowSource {
 public:
  NoiseRows(int64_t rows, size_t elements) : rows_(rows), elements_(elements) {}
  int64_t size() const override { return rows_; }
  Result<Row> read(int64_t index) override {
    std::mt19937 rng(static_cast<unsigned>(index));
    std::normal_distribution<float> normal(0.3F, 1);
    std::vector<float> values(elements_);
    for (float& value : values) value = normal(rng);
    if (index == bad_row) values[elements_ / 2] = std::nanf("");
    const auto bytes = std::as_bytes(std::span(values));
    return Row{{bytes.begin(), bytes.end()}};
  }
  int64_t bad_row = -1;

 private:
  int64_t rows_;
  size_t elements_;
};

std::string random_constant(const std::string& name, const std::string& shape, size_t elements, unsigned seed,
                            float spread = 1) {
  std::mt19937 rng(seed);
  std::normal_distribution<float> normal(0, 1);
  std::uniform_real_distribution<float> scale(-spread, spread);
  std::string text = fmt::format("  const {}: f32[{}] = [", name, shape);
  float factor = 1;
  for (size_t i = 0; i < elements; ++i) {
    if (i % 36 == 0) factor = std::exp(scale(rng));
    text += fmt::format("{}{}", i == 0 ? "" : ",", factor * normal(rng) * 0.2F);
  }
  return text + "]\n";
}

// Two convolutions whose channels differ much in size, a residual, and a classifier.
ir::Graph network() {
  const std::string lines = "  input x: f32[1,6,6,4]\n" + random_constant("w1", "8,3,3,4", 288, 1, 3) +
                            random_constant("b1", "8", 8, 2) + random_constant("w2", "8,3,3,8", 576, 3) +
                            random_constant("w3", "5,8", 40, 4) + R"(
  a: f32[1,6,6,8] = conv2d(x, w1, b1) pad_top=1 pad_left=1 pad_bottom=1 pad_right=1 activation=relu
  b: f32[1,6,6,8] = conv2d(a, w2) pad_top=1 pad_left=1 pad_bottom=1 pad_right=1
  c: f32[1,6,6,8] = add(b, b) activation=relu
  d: f32[1,1,1,8] = average_pool2d(c) kernel_h=6 kernel_w=6
  e: f32[1,8] = reshape(d) shape=[1,8]
  f: f32[1,5] = fully_connected(e, w3)
  y: f32[1,5] = softmax(f)
  output y
)";
  return ir::testing::graph_of(lines).value();
}

constexpr size_t kElements = 6 * 6 * 4;

QuantizeOptions unrepaired() {
  QuantizeOptions options;
  options.correction = false;
  return options;
}

QuantizeOptions with_correction(const std::string& name) {
  QuantizeOptions options = unrepaired();
  options.corrections.insert(name);
  return options;
}

struct Outcome {
  ir::Graph graph;
  quant::Report report;
};

Outcome quantized(const ir::Graph& graph, const QuantizeOptions& options, int64_t rows = 64) {
  GraphRunner runner;
  NoiseRows source(rows, kElements);
  Outcome outcome{graph, {}};
  auto report = quant::quantize(
      outcome.graph, {.runner = &runner, .rows = &source, .labels = {}, .progress = kQuiet, .cost = {}}, options);
  EXPECT_TRUE(report.ok()) << report.status().text();
  outcome.report = std::move(report).value();
  EXPECT_EQ(ir::verify(outcome.graph).text(), "ok");
  return outcome;
}

Outcome quantized(const QuantizeOptions& options, int64_t rows = 64) {
  return quantized(network(), options, rows);
}

TEST(Quantize, MakesEveryLayerIntegerAndStaysNear) {
  const Outcome outcome = quantized(unrepaired());
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
  const Outcome outcome = quantized(unrepaired());
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

QuantizeOptions four_bit(QuantizeOptions options) {
  options.scheme.numbers.weights = {4, 32};
  return options;
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
  NoiseRows rows(64, kElements);
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

QuantizeOptions sixteen_bit(QuantizeOptions options) {
  options.scheme.numbers.activations = DType::kI16;
  return options;
}

int64_t count_steps(const program::Program& program, std::string_view kernel) {
  return std::ranges::count_if(program.steps,
                               [&](const program::Step& step) { return step.implementation->kernel->name == kernel; });
}

TEST(Quantize, SixteenBitActivationsLoseOnlyWhatWeightsDo) {
  const Outcome narrow = quantized(unrepaired());
  Outcome wide = quantized(sixteen_bit(unrepaired()));
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
  const quant::Report report = mixture(unrepaired());
  const auto is_wide = [](const quant::FrontierPoint& point) { return !point.sixteen_bit.empty(); };
  EXPECT_TRUE(std::ranges::any_of(report.frontier, is_wide));
  for (const quant::FrontierPoint& point : report.frontier) {
    EXPECT_TRUE(point.sixteen_bit.empty() || point.kept_float.empty()) << "one way or the other";
  }
  // With all tensors raised it is the scheme for all of them.
  const auto most = std::ranges::max_element(report.frontier, {}, [](const auto& p) { return p.sixteen_bit.size(); });
  const quant::Report all = mixture(sixteen_bit(unrepaired()));
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
  QuantizeOptions options = four_bit(unrepaired());
  options.max_drop = 1;
  const QuantizeInputs inputs{.runner = &runner, .rows = &rows, .labels = {}, .progress = kQuiet, .cost = cost};
  ASSERT_TRUE(quant::quantize(graph, inputs, options).ok());
  for (const char* name : {"w1_quantized", "w2_quantized"}) {
    EXPECT_NE(std::ranges::find(conv_weights, name), conv_weights.end()) << name;
  }
}

TEST(Quantize, KeepsTheWorstInFloat) {
  QuantizeOptions options = unrepaired();
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
  QuantizeOptions options = unrepaired();
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
  EXPECT_NE(quantized(unrepaired(), 3).report.warnings.at(0).find("3 calibration rows"), std::string::npos);
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
  QuantizeOptions kept = unrepaired();
  kept.scheme.keep_float.insert("magic");
  EXPECT_EQ(failure_of(some, kept).code(), Error::kBadUsage);
  EXPECT_EQ(failure_of(some, unrepaired(), {1, 2}).code(), Error::kBadInput) << "2 labels for 4 rows";
}

}  // namespace
}  // namespace tmc::pipeline
