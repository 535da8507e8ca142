// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/constant_bytes.hpp"
#include "tmc/kernels/highway/detail/float_layers.hpp"
#include "tmc/kernels/highway/detail/int8_layers.hpp"

namespace tmc::engine {

using kernels::highway::kBlock;
using kernels::highway::kOutputBlock;
using kernels::highway::kQuad;
using kernels::highway::kRecord;

namespace {

// Blocks of each group's outputs, as kernels/highway/detail/float_layers.hpp describes; depthwise layers have one group
// of them.
std::optional<int64_t> float_layer_bytes(const NamedParams& p, std::string_view name) {
  const bool is_window = p.has("output_c"), is_depthwise = p.kernel() == "depthwise_conv2d_f32";
  const int64_t groups = is_depthwise ? 1 : p.value("groups");
  const int64_t outputs = groups * rounded_up(p.value(is_window ? "output_c" : "outputs") / groups, kOutputBlock);
  if (name == "bias") return outputs * 4;
  if (name != "weights") return std::nullopt;
  const int64_t inputs = is_depthwise ? 1 : p.value(is_window ? "input_c" : "inputs") / groups;
  return bounded_product({outputs, p.value("kernel_h"), p.value("kernel_w"), inputs, 4});
}

// Scales and biases of whole blocks of outputs; a sum of each output's weights lies before these.
std::optional<int64_t> hybrid_bytes(const NamedParams& p, std::string_view name) {
  const int64_t outputs = rounded_up(p.value("output_c"), kBlock);
  if (name == "weight_scale" || name == "bias") return outputs * 4;
  if (name != "weights") return std::nullopt;
  return outputs * 4 + bounded_product({outputs, rounded_up(p.value("input_c"), kQuad)});
}

}  // namespace

// Blocks of outputs, as kernels/highway/detail/int8_layers.hpp describes.
std::optional<int64_t> highway_constant_bytes(const NamedParams& p, std::string_view name) {
  if (p.kernel() == "add_s8") return 0;
  if (name == "exponentials") return bounded_product({p.value("exponentials"), 2});
  if (p.kernel() == "conv2d_hybrid") return hybrid_bytes(p, name);
  if (p.kernel().ends_with("_f32")) return float_layer_bytes(p, name);
  const bool is_window = p.has("output_c");
  const bool is_depthwise = p.kernel() == "depthwise_conv2d_s8";
  if (p.kernel() != "fully_connected_s8" && p.kernel() != "conv2d_s8" && !is_depthwise) return std::nullopt;
  const int64_t outputs = rounded_up(p.value(is_window ? "output_c" : "outputs"), kBlock);
  if (name == "channels") return outputs / kBlock * kRecord * 4;
  if (name != "weights") return std::nullopt;
  const int64_t lines = p.value("kernel_h"), columns = p.value("kernel_w");
  if (is_depthwise) return bounded_product({outputs, rounded_up(bounded_product({lines, columns}), 2)});
  if (!is_window) return bounded_product({outputs, rounded_up(p.value("inputs"), kQuad)});
  const bool has_whole_lines = p.value("dilation_w") == 1 || columns == 1;
  const int64_t values = bounded_product({p.value("input_c"), has_whole_lines ? columns : 1});
  return bounded_product({outputs, lines, has_whole_lines ? 1 : columns, rounded_up(values, kQuad)});
}

}  // namespace tmc::engine
