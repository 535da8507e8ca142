// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Options that several TFLite operators share.

#include "tmc/base/host/status.hpp"
#include "tmc/frontend/tflite/tflite_generated.h"
#include "tmc/ops/op_info.hpp"

namespace tmc::frontend::tflite {

// kUnsupportedOp for tanh and sign_bit.
Result<ops::Activation> read_activation(schema::ActivationFunctionType activation);

struct Pads {
  int32_t before = 0;
  int32_t after = 0;
};

// Along one axis. SAME: as many as make the output ceil(input / stride) long, the odd one after. Parameters that a
// shape rule will refuse give no pads.
Pads read_padding(schema::Padding padding, int64_t input, int64_t kernel, int64_t stride, int64_t dilation);

// Sets stride_h/w and pad_* of a Conv2d or a pool from the options that all of them have.
template <typename Op, typename Options>
Status set_window(Op& op, const Options& options, const Shape& image, int64_t kernel_h, int64_t kernel_w,
                  int64_t dilation_h, int64_t dilation_w) {
  if (image.rank() != 4) return error(Error::kUnsupportedShape, "its input has rank {}, expected 4", image.rank());
  op.stride_h = options.stride_h();
  op.stride_w = options.stride_w();
  const Pads rows = read_padding(options.padding(), image[1], kernel_h, op.stride_h, dilation_h);
  const Pads columns = read_padding(options.padding(), image[2], kernel_w, op.stride_w, dilation_w);
  op.pad_top = rows.before;
  op.pad_bottom = rows.after;
  op.pad_left = columns.before;
  op.pad_right = columns.after;
  return {};
}

}  // namespace tmc::frontend::tflite
