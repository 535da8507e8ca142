// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/pixels.hpp"

#include <algorithm>

#include "tmc/kernels/contract/pixels_s8.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {
namespace {

int32_t format_of(const ops::Pixels& op) {
  using kernels::PixelsS8;
  if (op.format == "rgb565") return PixelsS8::kRgb565;
  if (op.format == "rgb565_swapped") return PixelsS8::kRgb565Swapped;
  if (op.format == "yuyv") return PixelsS8::kYuyv;
  return op.format == "uyvy" ? PixelsS8::kUyvy : PixelsS8::kBytes;
}

}  // namespace

Status lower_pixels(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Pixels>();
  const ir::Value& tables = lowering.input(1);
  if (!tables.is_constant()) return error(Error::kUnsupportedOp, "its tables are no constants");
  const std::vector<int8_t> values = tables.data->to_vector<int8_t>();
  Table first;
  std::copy_n(values.begin(), first.size(), first.begin());
  bool all_alike = true;
  for (size_t i = 0; i < values.size(); ++i) all_alike = all_alike && values[i] == first[i % first.size()];
  if (op.format == "bytes" && all_alike) return emit_table(lowering, first);
  const Shape& shape = lowering.input(0).type.shape;
  const kernels::PixelsS8::Params params{
      .elements = static_cast<int32_t>(shape.elements() / shape[3]),
      .pixel_format = format_of(op),
      .pixel_bytes = static_cast<int32_t>(shape[3]),
      .pixel_channels = static_cast<int32_t>(tables.type.shape[0]),
      .blue_first = op.color == "bgr" ? 1 : 0,
  };
  return lowering.emit<kernels::PixelsS8>(params, {kernels::make_blob(DType::kI8, values)}, {lowering.input_ref(0)},
                                          {lowering.output_ref()});
}

}  // namespace tmc::select
