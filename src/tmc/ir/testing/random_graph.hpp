// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests: graphs and operators that use everything the text and JSON forms can say.

#include <bit>
#include <iterator>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::ir::testing {

// A verified graph of inputs, constants and nodes with awkward names, dtypes, quantisation and values.
inline Graph random_graph(std::mt19937& random) {
  const auto pick = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  const auto any_float = [&] {
    return std::bit_cast<float>(static_cast<uint32_t>((random() & 0x007fffffu) | (random() % 250 + 1) << 23));
  };
  const auto name = [&]() -> std::string {
    static const char* const kNames[] = {"x", "/block/conv 1", "scale", "input",       "a\"b\\c", "inf",
                                         "_", "1st",           "\n\t",  "caf\xc3\xa9", "@y",      "serving_default:0"};
    return kNames[pick(std::size(kNames))];
  };
  const auto type = [&] {
    TensorType made{static_cast<DType>(pick(static_cast<int>(DType::kBool) + 1)), {}};
    for (int rank = pick(4); rank > 0; --rank) made.shape.push_back(1 + pick(5));
    return made;
  };
  const auto quantization = [&](const TensorType& of) -> Quantization {
    if (dtype_is_float(of.dtype) || of.dtype == DType::kBool || pick(3) == 0) return {};
    const bool per_axis = of.shape.rank() > 0 && pick(2) == 0;
    const int axis = per_axis ? pick(of.shape.rank()) : -1;
    const auto count = static_cast<size_t>(per_axis ? of.shape[axis] : 1);
    Quantization made{{}, std::vector<int32_t>(count), axis};
    for (size_t i = 0; i < count; ++i) made.scales.push_back(any_float());
    if (of.dtype == DType::kI8 && pick(2) == 0) made.zero_points.back() = pick(256) - 128;
    return made;
  };

  Graph graph;
  graph.name = name();
  if (pick(2) == 0) graph.requantization = Requantization::kOneRounding;
  std::vector<ValueId> values;
  for (int i = 1 + pick(3); i > 0; --i) {
    const TensorType made = type();
    values.push_back(graph.add_input(name(), made, quantization(made)));
    if (pick(2) == 0 || made.shape.rank() == 0) continue;
    for (int axis = 0; axis < made.shape.rank(); ++axis)
      graph.value(values.back()).symbols.push_back(pick(2) == 0 ? "" : name());
  }
  for (int i = pick(4); i > 0; --i) {
    const TensorType made = type();
    std::vector<std::byte> bytes(static_cast<size_t>(made.shape.elements() * dtype_bytes(made.dtype)));
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
    values.push_back(graph.add_constant(name(), made, TensorData(std::move(bytes)), quantization(made)));
  }
  const char* const kUnary[] = {"relu", "clip", "tanh", "leaky_relu"};
  for (int i = pick(6); i > 0; --i) {
    const ops::OpInfo& info = *ops::find_op(kUnary[pick(4)]);
    const ValueId input = values[static_cast<size_t>(pick(static_cast<int>(values.size())))];
    const TensorType made = graph.value(input).type;
    const ValueId output = graph.add_value(name(), made, quantization(made));
    graph.add_node(name(), AnyOp(info, info.make_default()), {input}, {output});
    values.push_back(output);
  }
  for (int i = 1 + pick(2); i > 0; --i) {
    graph.add_output(values[static_cast<size_t>(pick(static_cast<int>(values.size())))]);
  }
  return graph;
}

// Every operator with each of its fields in turn set to something else than its default, reals also to infinities.
inline std::vector<AnyOp> operators_with_changed_fields() {
  const double inf = std::numeric_limits<double>::infinity();
  const ops::FieldValue candidates[] = {true,
                                        false,
                                        int64_t{-7},
                                        0.1,
                                        -0.0,
                                        inf,
                                        -inf,
                                        6e300,
                                        6.0,
                                        std::vector<int64_t>{},
                                        std::vector<int64_t>{INT64_MIN, 0, INT64_MAX},
                                        std::string("nchw"),
                                        std::string("relu6"),
                                        std::string("i16")};
  std::vector<AnyOp> made;
  for (const ops::OpInfo* info : ops::all_ops()) {
    const auto defaults = info->make_default();
    made.emplace_back(*info, defaults);
    for (const ops::NamedValue& field : info->get_fields(defaults.get())) {
      for (const ops::FieldValue& candidate : candidates) {
        const ops::NamedValue changed{field.name, candidate};
        auto attributes = info->with_fields(defaults.get(), {&changed, 1});
        if (attributes.ok()) made.emplace_back(*info, std::move(attributes).value());
      }
    }
  }
  return made;
}

}  // namespace tmc::ir::testing
