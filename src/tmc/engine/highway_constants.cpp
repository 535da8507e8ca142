// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/constant_bytes.hpp"
#include "tmc/kernels/highway/detail/int8_layers.hpp"

namespace tmc::engine {

using kernels::highway::kBlock;
using kernels::highway::kQuad;
using kernels::highway::kRecord;

// Blocks of outputs, as kernels/highway/detail/int8_layers.hpp describes.
std::optional<int64_t> highway_constant_bytes(const NamedParams& p, std::string_view name) {
  if (p.kernel() == "add_s8") return 0;
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
