// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/conv2d_planar_f32.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_f32_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// The same convolution with its image turned to planes.
FloatConvCase with_planes(FloatConvCase made) {
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

TEST(Conv2dPlanarF32, AnyWindowIsNearItsDefinition) {
  std::mt19937 rng(6);
  std::vector<std::string> tested;
  int cases = 0;
  for (int round = 0; round < 600; ++round) {
    const FloatConvCase made = float_conv_case<Conv2dF32>(rng, any_conv_case(rng, round));
    if (made.params.groups != 1) continue;
    expect_near_definition(with_planes(made), &tested);
    ++cases;
  }
  EXPECT_GE(cases, 100);
  expect_all_were_tested(*find_kernel("conv2d_planar_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
