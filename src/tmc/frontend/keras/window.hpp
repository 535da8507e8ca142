// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Windows over images [n, h, w, c], and over sequences [n, t, c], which are images of one row.

#include "tmc/frontend/keras/layer_context.hpp"

namespace tmc::frontend::keras {

// kUnsupportedOp for data_format channels_first.
Status check_channels_last(LayerContext& context);

// The numbers of a window along height and width; of a sequence those of its one axis and 1.
struct Sizes {
  int64_t h = 1, w = 1;
};
struct Windows {
  bool is_sequence = false;
  Sizes kernel, stride, dilation;
  std::string padding;  // valid, same or causal

  // Sets stride and pads of an operator with a window; dilation where it has one.
  template <typename Op>
  Status set(Op& op, const Shape& image) const {
    op.stride_h = static_cast<int32_t>(stride.h);
    op.stride_w = static_cast<int32_t>(stride.w);
    if constexpr (requires { op.dilation_h; }) {
      op.dilation_h = static_cast<int32_t>(dilation.h);
      op.dilation_w = static_cast<int32_t>(dilation.w);
    }
    TMC_TRY(set_pads(image[1], kernel.h, stride.h, dilation.h, op.pad_top, op.pad_bottom));
    return set_pads(image[2], kernel.w, stride.w, dilation.w, op.pad_left, op.pad_right);
  }

 private:
  Status set_pads(int64_t extent, int64_t size, int64_t step, int64_t distance, int32_t& before, int32_t& after) const;
};
// From members of these names; the layer's class says how many axes there are.
Result<Windows> windows_of(LayerContext& context, const char* kernel, const char* stride);

// The layer's input as an image, and the result as what the input was.
Result<ir::ValueId> image_of(LayerContext& context, const Windows& windows);
Result<ir::ValueId> sequence_of(LayerContext& context, const Windows& windows, ir::ValueId image);

}  // namespace tmc::frontend::keras
