// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution and fully connected layer straight from the contracts, one output at a time, for both types of
// activations. `Accumulator` is what sums are taken in: int32_t, modulo 2^32, for int8; int64_t for int16, where it
// overflows for no weights that fit a memory.

#include "tmc/kernels/common/channel.hpp"

namespace tmc::kernels::portable {

template <typename Element>
struct Arithmetic;
template <>
struct Arithmetic<int8_t> {
  using Accumulator = int32_t;
  using Modular = uint32_t;
};
template <>
struct Arithmetic<int16_t> {
  using Accumulator = int64_t;
  using Modular = uint64_t;
};

// Weights in their type, which is int8 where the buffer does not say.
inline const int8_t* weights_in(const void* weights) {
  return static_cast<const int8_t*>(weights);
}
inline const int16_t* weights_in(const int16_t* weights) {
  return weights;
}

// The sum over the window of one output, tap by tap, with padding skipped.
template <typename Element, typename Params, typename Buffers>
typename Arithmetic<Element>::Modular window_dot(const Params& p, const Buffers& b, int32_t image, int32_t y, int32_t x,
                                                 int32_t o) {
  const int32_t depth = p.input_c / p.groups;
  const int32_t first_channel = o / (p.output_c / p.groups) * depth;
  const auto* weights = weights_in(b.weights) + o * p.kernel_h * p.kernel_w * depth;
  typename Arithmetic<Element>::Modular sum = 0;
  for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
    const int32_t row = y * p.stride_h - p.pad_top + ky * p.dilation_h;
    if (row < 0 || row >= p.input_h) continue;
    for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
      const int32_t column = x * p.stride_w - p.pad_left + kx * p.dilation_w;
      if (column < 0 || column >= p.input_w) continue;
      const Element* pixel = b.input + ((image * p.input_h + row) * p.input_w + column) * p.input_c + first_channel;
      const auto* tap = weights + (ky * p.kernel_w + kx) * depth;
      typename Arithmetic<Element>::Accumulator part = 0;
      for (int32_t c = 0; c < depth; ++c) part += (pixel[c] - p.input_zero_point) * tap[c];
      sum += static_cast<typename Arithmetic<Element>::Modular>(part);
    }
  }
  return sum;
}

template <typename Element, typename Params, typename Buffers>
void convolve_directly(const Params& p, const Buffers& b) {
  using Accumulator = typename Arithmetic<Element>::Accumulator;
  using Modular = typename Arithmetic<Element>::Modular;
  const auto* channels = static_cast<const Channel*>(b.channels);
  Element* output = b.output;
  for (int32_t image = 0; image < p.batch; ++image) {
    for (int32_t y = 0; y < p.output_h; ++y) {
      for (int32_t x = 0; x < p.output_w; ++x) {
        for (int32_t o = 0; o < p.output_c; ++o) {
          const auto sum = static_cast<Accumulator>(static_cast<Modular>(channels[o].bias) +
                                                    window_dot<Element>(p, b, image, y, x, o));
          *output++ = requantize(sum, channels[o], p.output_zero_point, p.activation_min, p.activation_max);
        }
      }
    }
  }
}

template <typename Element, typename Params, typename Buffers>
void connect_directly(const Params& p, const Buffers& b) {
  const auto* weights = static_cast<const int8_t*>(b.weights);
  const auto* channels = static_cast<const Channel*>(b.channels);
  for (int32_t row = 0; row < p.batch; ++row) {
    const Element* input = b.input + row * p.inputs;
    for (int32_t o = 0; o < p.outputs; ++o) {
      typename Arithmetic<Element>::Accumulator sum = channels[o].bias;
      for (int32_t i = 0; i < p.inputs; ++i) sum += (input[i] - p.input_zero_point) * weights[o * p.inputs + i];
      b.output[row * p.outputs + o] =
          requantize(sum, channels[o], p.output_zero_point, p.activation_min, p.activation_max);
    }
  }
}

}  // namespace tmc::kernels::portable
