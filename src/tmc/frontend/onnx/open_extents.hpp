// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an ONNX file says of the shape of a tensor: extents, some of them open.

#include <onnx/onnx_pb.h>

#include "tmc/frontend/common/open_shape.hpp"

namespace tmc::frontend::onnx_format {

// kUnsupportedShape for a rank beyond Shape::kMaxRank.
inline Result<OpenShape> read_open_shape(const ::onnx::TypeProto_Tensor& type) {
  OpenShape shape;
  shape.has_rank = type.has_shape();
  bool has_symbols = false;
  for (const auto& dim : type.shape().dim()) {
    // A negative extent is how some exporters write an open one.
    const bool fixed = dim.has_dim_value() && dim.dim_value() >= 0;
    if (!shape.extents.push_back(fixed ? dim.dim_value() : -1)) {
      return error(Error::kUnsupportedShape, "it has a rank above {}", Shape::kMaxRank);
    }
    shape.symbols.push_back(dim.has_dim_param() ? dim.dim_param() : "");
    has_symbols = has_symbols || !shape.symbols.back().empty();
  }
  if (!has_symbols) shape.symbols.clear();
  return shape;
}

}  // namespace tmc::frontend::onnx_format
