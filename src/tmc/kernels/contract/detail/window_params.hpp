// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Members of Params that say where the windows of a convolution or of a pool lie, to be written first among TMC_PARAMS:
// the padding below and to the right follows from the output's extents.

#define TMC_CONVOLUTION_WINDOW                                                                \
  int32_t batch, input_h, input_w, input_c, output_h, output_w, output_c, kernel_h, kernel_w; \
  int32_t stride_h, stride_w, dilation_h, dilation_w, pad_top, pad_left;

#define TMC_POOLING_WINDOW                                       \
  int32_t batch, input_h, input_w, channels, output_h, output_w; \
  int32_t kernel_h, kernel_w, stride_h, stride_w, pad_top, pad_left;
