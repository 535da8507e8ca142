// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of conv2d_hybrid, from the shapes of the int8 convolutions.

#include "tmc/kernels/contract/conv2d_hybrid.hpp"
#include "tmc/kernels/testing/conv_f32_case.hpp"

namespace tmc::kernels::testing {

struct HybridCase {
  FloatConvCase reals;  // the same convolution in float, of integers: what sums are compared with
  std::vector<DynamicQuantization> headers;
  std::vector<float> weight_scale, bias;
  Case test_case;
};

inline Conv2dHybrid::Params hybrid_params(const Conv2dF32::Params& p) {
  return {p.batch,      p.input_h,  p.input_w,  p.input_c,  p.output_h,       p.output_w,
          p.output_c,   p.kernel_h, p.kernel_w, p.stride_h, p.stride_w,       p.dilation_h,
          p.dilation_w, p.pad_top,  p.pad_left, p.groups,   p.activation_min, p.activation_max};
}

inline HybridCase hybrid_case(std::mt19937& rng, const Conv2dF32::Params& p) {
  HybridCase made{float_conv_case<Conv2dF32>(rng, p), {}, {}, {}, {}};
  randomize_activation(rng, made.reals.params);
  std::vector<int8_t> weights;
  for (float& weight : made.reals.weights) {
    weights.push_back(static_cast<int8_t>(pick(rng, -127, 127)));
    weight = weights.back();
  }
  for (float& bias : made.reals.bias) bias = 0;
  made.weight_scale = random_floats(rng, made.reals.bias.size(), 0.01F);
  made.bias = random_floats(rng, made.reals.bias.size());
  std::vector<int8_t> elements;
  const size_t of_item = made.reals.input.size() / static_cast<size_t>(p.batch);
  for (int32_t item = 0; item < p.batch; ++item) made.headers.push_back({0.05F, pick(rng, -128, 127)});
  for (size_t i = 0; i < made.reals.input.size(); ++i) {
    elements.push_back(static_cast<int8_t>(pick(rng, -128, 127)));
    const auto item = i / of_item;
    made.reals.input[i] = static_cast<float>(elements.back() - made.headers[item].zero_point);
  }
  std::vector<std::byte> input = to_bytes(made.headers);
  input.resize(static_cast<size_t>(dynamic_header_bytes(p.batch)));
  const std::vector<std::byte> raw = to_bytes(elements);
  input.insert(input.end(), raw.begin(), raw.end());
  made.test_case =
      float_case<Conv2dHybrid>(hybrid_params(made.reals.params), {}, made.reals.test_case.output_bytes / sizeof(float));
  made.test_case.inputs = {input};
  made.test_case.constants = {make_blob(DType::kI8, weights), make_blob(DType::kF32, made.weight_scale),
                              make_blob(DType::kF32, made.bias)};
  return made;
}

inline HybridCase hybrid_case(std::mt19937& rng, const Case& shape) {
  return hybrid_case(rng, float_params(from_words<Conv2dS8::Params>(shape.params)));
}

// Rows that go through a matrix.
inline HybridCase row_hybrid_case(std::mt19937& rng) {
  Conv2dF32::Params p{};
  p.batch = pick(rng, 1, 3);
  p.input_c = rng() % 4 == 0 ? pick(rng, 250, 600) : pick(rng, 1, 80);
  p.output_c = pick(rng, 1, 150);
  for (int32_t* one : {&p.input_h, &p.input_w, &p.output_h, &p.output_w, &p.kernel_h, &p.kernel_w, &p.stride_h,
                       &p.stride_w, &p.dilation_h, &p.dilation_w, &p.groups}) {
    *one = 1;
  }
  p.activation_min = -kInfinity, p.activation_max = kInfinity;
  return hybrid_case(rng, p);
}

// Implementations agree, and the portable one is near the definition.
inline void expect_near_definition(const HybridCase& made, std::vector<std::string>* tested) {
  const std::vector<float> output = to_floats(expect_implementations_agree(made.test_case, tested));
  const Conv2dF32::Params& p = made.reals.params;
  size_t at = 0;
  for (int32_t item = 0; item < p.batch; ++item) {
    for (int32_t y = 0; y < p.output_h; ++y) {
      for (int32_t x = 0; x < p.output_w; ++x) {
        for (int32_t o = 0; o < p.output_c; ++o) {
          const auto channel = static_cast<size_t>(o);
          const double sum = naive_conv(made.reals, item, y, x, o).value;
          const double scaled = sum * static_cast<double>(made.weight_scale[channel]) *
                                static_cast<double>(made.headers[static_cast<size_t>(item)].scale);
          const double expected =
              naive_clamp(scaled + static_cast<double>(made.bias[channel]), static_cast<double>(p.activation_min),
                          static_cast<double>(p.activation_max));
          ASSERT_NEAR(output[at++], expected, 1e-6 * (1 + std::abs(scaled)))
              << ::testing::PrintToString(made.test_case.params);
        }
      }
    }
  }
}

}  // namespace tmc::kernels::testing
