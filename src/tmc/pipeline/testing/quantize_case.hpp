// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A small network and rows of noise, which tests of the quantisation share.

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

using quant::QuantizeInputs;
using quant::QuantizeOptions;
using quant::Row;

inline const quant::Progress kQuiet = [](std::string_view, int64_t, int64_t) {};

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

inline std::string random_constant(const std::string& name, const std::string& shape, size_t elements, unsigned seed,
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
inline ir::Graph network() {
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

inline QuantizeOptions uncorrected() {
  QuantizeOptions options;
  options.correction = false;
  return options;
}

inline QuantizeOptions with_correction(const std::string& name) {
  QuantizeOptions options = uncorrected();
  options.corrections.insert(name);
  return options;
}

struct Outcome {
  ir::Graph graph;
  quant::Report report;
};

inline Outcome quantized(const ir::Graph& graph, const QuantizeOptions& options, int64_t rows = 64) {
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

inline Outcome quantized(const QuantizeOptions& options, int64_t rows = 64) {
  return quantized(network(), options, rows);
}

inline QuantizeOptions four_bit(QuantizeOptions options) {
  options.scheme.numbers.weights = {4, 32};
  return options;
}

}  // namespace tmc::pipeline
