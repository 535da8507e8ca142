// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "testing/random_graph.hpp"

#include <gtest/gtest.h>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::testing {
namespace {

using ir::TensorData;
using ir::ValueId;

class RandomGraph {
 public:
  explicit RandomGraph(std::mt19937& rng) : rng_(rng) { graph_.name = "random"; }

  ir::Graph write(int nodes) {
    // One draw a line: the order in which arguments are evaluated is the compiler's.
    const int channels = 4 * pick(1, 4);
    const int width = pick(3, 12);
    const int height = pick(3, 12);
    const ops::TensorType type{DType::kI8, Shape::of(1, height, width, channels)};
    values_.push_back(graph_.add_input("input", type, any_quantization()));
    while (static_cast<int>(graph_.order().size()) < nodes) add_node();
    for (const ValueId value : values_) {
      if (graph_.users(value).empty()) graph_.add_output(value);
    }
    return std::move(graph_);
  }

 private:
  int pick(int low, int high) { return std::uniform_int_distribution<>(low, high)(rng_); }
  Quantization any_quantization() {
    const int zero_point = pick(-40, 40);
    return Quantization::per_tensor(0.01f * static_cast<float>(pick(1, 9)), zero_point);
  }
  ValueId any_value() {
    const int reach = std::min(static_cast<int>(values_.size()), 5);
    return values_[values_.size() - static_cast<size_t>(pick(1, reach))];
  }
  const Shape& shape(ValueId value) const { return graph_.value(value).type.shape; }
  const Quantization& quantization(ValueId value) const { return graph_.value(value).quantization; }

  void append(ops::AnyOp op, const std::vector<ValueId>& inputs, const Quantization& quantization) {
    auto value = graph_.append("v", std::move(op), inputs, quantization);
    ASSERT_TRUE(value.ok()) << value.status().text();
    values_.push_back(*value);
  }

  void add_node() {
    const ValueId x = any_value();
    const bool is_image = shape(x)[1] >= 2 && shape(x)[2] >= 2;
    switch (pick(0, 9)) {
      case 0:
        return append(ops::Relu{}, {x}, quantization(x));
      case 1:
        return append(ops::Sigmoid{}, {x}, Quantization::per_tensor(1.0f / 256, -128));
      case 2:
        return binary(x);
      case 3:
        return join(x);
      case 4:
        return append(ops::Pad{{0, 1, 0, 0, 0, pick(0, 1), 1, 0}, 0}, {x}, quantization(x));
      case 5:
        return append(ops::Reshape{{1, shape(x)[2], shape(x)[1], -1}}, {x}, quantization(x));
      case 6:
        if (is_image)
          append(ops::MaxPool2d{.kernel_h = 2, .kernel_w = 2, .stride_h = pick(1, 2)}, {x}, quantization(x));
        return;
      case 7:
        if (is_image) append(ops::AveragePool2d{.kernel_h = 2, .kernel_w = 1}, {x}, quantization(x));
        return;
      case 8:
        return convolve(x, pick(0, 1) == 0);
      default:
        return convolve(x, false);
    }
  }

  void binary(ValueId x) {
    ValueId y = any_value();
    if (!(shape(y) == shape(x))) y = x;
    if (pick(0, 1) == 0) return append(ops::Add{}, {x, y}, any_quantization());
    append(ops::Mul{}, {x, y}, any_quantization());
  }

  void join(ValueId x) {
    std::vector<ValueId> parts{x};
    for (const ValueId y : values_) {
      if (shape(y)[1] == shape(x)[1] && shape(y)[2] == shape(x)[2] && parts.size() < 3) parts.push_back(y);
    }
    append(ops::Concat{pick(0, 1) == 0 || shape(parts.back())[3] != shape(x)[3] || parts.size() == 3 ? 3 : 1}, parts,
           quantization(x));
  }

  ValueId constant(const std::string& name, const Shape& extents, DType dtype, const Quantization& quantization) {
    const auto count = static_cast<size_t>(extents.elements());
    if (dtype == DType::kI8) {
      std::vector<int8_t> values(count);
      for (int8_t& value : values) value = static_cast<int8_t>(pick(-127, 127));
      return graph_.add_constant(name, {dtype, extents}, TensorData::of<int8_t>(values), quantization);
    }
    std::vector<int32_t> values(count);
    for (int32_t& value : values) value = pick(-500, 500);
    return graph_.add_constant(name, {dtype, extents}, TensorData::of<int32_t>(values), quantization);
  }

  void convolve(ValueId x, bool depthwise) {
    const int64_t channels = shape(x)[3];
    const int64_t outputs = depthwise ? channels : 4 * pick(1, 4);
    const int kernel = depthwise ? 3 : 2 * pick(0, 1) + 1;
    const ops::Conv2d op{.stride_h = pick(1, 2),
                         .stride_w = pick(1, 2),
                         .pad_top = kernel / 2,
                         .pad_left = kernel / 2,
                         .pad_bottom = kernel / 2,
                         .pad_right = kernel / 2,
                         .groups = depthwise ? static_cast<int32_t>(channels) : 1};
    const auto count = static_cast<size_t>(outputs);
    const Quantization weights{std::vector<float>(count, 0.01f), std::vector<int32_t>(count, 0), 0};
    const Quantization bias{std::vector<float>(count, 0.01f * quantization(x).scale()), std::vector<int32_t>(count, 0),
                            0};
    const std::vector<ValueId> inputs = {
        x, constant("weights", Shape::of(outputs, kernel, kernel, depthwise ? 1 : channels), DType::kI8, weights),
        constant("bias", Shape::of(outputs), DType::kI32, bias)};
    append(op, inputs, any_quantization());
  }

  std::mt19937& rng_;
  ir::Graph graph_;
  std::vector<ValueId> values_;
};

}  // namespace

ir::Graph random_graph(std::mt19937& rng, int nodes) {
  return RandomGraph(rng).write(nodes);
}

}  // namespace tmc::testing
