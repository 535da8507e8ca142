// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the float convolutions, from the shapes of the int8 ones.

#include "tmc/kernels/contract/conv2d_f32.hpp"
#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels::testing {

inline Conv2dF32::Params float_params(const Conv2dS8::Params& shape) {
  Conv2dF32::Params p{};
  p.batch = shape.batch;
  p.input_h = shape.input_h, p.input_w = shape.input_w, p.input_c = shape.input_c;
  p.output_h = shape.output_h, p.output_w = shape.output_w, p.output_c = shape.output_c;
  p.kernel_h = shape.kernel_h, p.kernel_w = shape.kernel_w;
  p.stride_h = shape.stride_h, p.stride_w = shape.stride_w;
  p.dilation_h = shape.dilation_h, p.dilation_w = shape.dilation_w;
  p.pad_top = shape.pad_top, p.pad_left = shape.pad_left;
  p.groups = shape.groups;
  p.activation_min = -kInfinity, p.activation_max = kInfinity;
  return p;
}

struct FloatConvCase {
  Conv2dF32::Params params;
  std::vector<float> input, weights, bias;
  Case test_case;
};

template <typename Contract>
FloatConvCase float_conv_case(std::mt19937& rng, const Conv2dF32::Params& p) {
  const auto elements = [](auto... extents) { return (static_cast<size_t>(extents) * ...); };
  FloatWeights weights =
      random_weights(rng, elements(p.output_c, p.kernel_h, p.kernel_w, p.input_c / p.groups), p.half_weights != 0);
  FloatConvCase made{p,
                     random_floats(rng, elements(p.batch, p.input_h, p.input_w, p.input_c)),
                     std::move(weights.values),
                     random_floats(rng, elements(p.output_c)),
                     {}};
  made.test_case = float_case<Contract>(p, {made.input}, elements(p.batch, p.output_h, p.output_w, p.output_c));
  made.test_case.constants = {std::move(weights.blob), make_blob(DType::kF32, made.bias)};
  return made;
}

// The shape of an int8 case, which any_conv_case and its kin make.
template <typename Contract>
FloatConvCase float_conv_case(std::mt19937& rng, const Case& shape) {
  Conv2dF32::Params p = float_params(from_words<Conv2dS8::Params>(shape.params));
  p.half_weights = pick(rng, 0, 3) == 0 ? 1 : 0;
  randomize_activation(rng, p);
  return float_conv_case<Contract>(rng, p);
}

// One output by definition.
inline NaiveSum naive_conv(const FloatConvCase& made, int32_t image, int32_t y, int32_t x, int32_t channel) {
  const Conv2dF32::Params& p = made.params;
  const int32_t depth = p.input_c / p.groups;
  const int32_t group = channel / (p.output_c / p.groups);
  NaiveSum sum;
  sum.add(static_cast<double>(made.bias[static_cast<size_t>(channel)]));
  for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
    for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
      const int32_t row = y * p.stride_h - p.pad_top + ky * p.dilation_h;
      const int32_t column = x * p.stride_w - p.pad_left + kx * p.dilation_w;
      if (row < 0 || row >= p.input_h || column < 0 || column >= p.input_w) continue;
      for (int32_t c = 0; c < depth; ++c) {
        const auto at =
            static_cast<size_t>(((image * p.input_h + row) * p.input_w + column) * p.input_c + group * depth + c);
        const auto weight = static_cast<size_t>(((channel * p.kernel_h + ky) * p.kernel_w + kx) * depth + c);
        sum.add(static_cast<double>(made.input[at]), static_cast<double>(made.weights[weight]));
      }
    }
  }
  return sum;
}

// All outputs by definition.
inline std::vector<NaiveSum> naive_conv(const FloatConvCase& made) {
  const Conv2dF32::Params& p = made.params;
  std::vector<NaiveSum> sums;
  for (int32_t image = 0; image < p.batch; ++image) {
    for (int32_t y = 0; y < p.output_h; ++y) {
      for (int32_t x = 0; x < p.output_w; ++x) {
        for (int32_t o = 0; o < p.output_c; ++o) sums.push_back(naive_conv(made, image, y, x, o));
      }
    }
  }
  return sums;
}

// Implementations agree, and the portable one is near the definition. Others that are near may be as far on the other
// side of it.
inline void expect_near_definition(const FloatConvCase& made, std::vector<std::string>* tested = nullptr) {
  const Conv2dF32::Params& p = made.params;
  const std::vector<NaiveSum> sums = naive_conv(made);
  Case test_case = made.test_case;
  for (const NaiveSum& sum : sums) test_case.tolerances.push_back(2 * sum.tolerance());
  const std::vector<float> output = to_floats(expect_implementations_agree(test_case, tested));
  ASSERT_EQ(output.size(), sums.size());
  for (size_t i = 0; i < sums.size(); ++i) {
    const double expected =
        naive_clamp(sums[i].value, static_cast<double>(p.activation_min), static_cast<double>(p.activation_max));
    ASSERT_NEAR(output[i], expected, sums[i].tolerance()) << ::testing::PrintToString(test_case.params);
  }
}

// The same convolution with its image turned to planes.
inline FloatConvCase with_planes(FloatConvCase made) {
  const auto& p = made.params;
  std::vector<float> planes;
  for (int32_t image = 0; image < p.batch; ++image) {
    for (int32_t c = 0; c < p.input_c; ++c) {
      for (int32_t pixel = 0; pixel < p.input_h * p.input_w; ++pixel) {
        planes.push_back(made.input[static_cast<size_t>((image * p.input_h * p.input_w + pixel) * p.input_c + c)]);
      }
    }
  }
  Case planar = float_case<Conv2dPlanarF32>(p, {planes}, made.test_case.output_bytes / sizeof(float));
  planar.constants = made.test_case.constants;
  made.test_case = std::move(planar);
  return made;
}

}  // namespace tmc::kernels::testing
