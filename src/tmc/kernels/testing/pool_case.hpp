// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the pooling contracts, and the window of one output pixel by definition.

#include "tmc/kernels/testing/element.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

// Random geometry in which every window meets the image; the padding at the end is what the output's extent implies.
template <typename Params>
Params random_pool(std::mt19937& rng) {
  Params p{};
  p.batch = pick(rng, 1, 2);
  p.channels = pick(rng, 1, 9);
  p.kernel_h = pick(rng, 1, 5);
  p.kernel_w = pick(rng, 1, 5);
  p.stride_h = pick(rng, 1, 4);
  p.stride_w = pick(rng, 1, 4);
  p.pad_top = pick(rng, 0, p.kernel_h - 1);
  p.pad_left = pick(rng, 0, p.kernel_w - 1);
  p.input_h = pick(rng, p.kernel_h, 12);
  p.input_w = pick(rng, p.kernel_w, 12);
  p.output_h = (p.input_h + p.pad_top + pick(rng, 0, p.kernel_h - 1) - p.kernel_h) / p.stride_h + 1;
  p.output_w = (p.input_w + p.pad_left + pick(rng, 0, p.kernel_w - 1) - p.kernel_w) / p.stride_w + 1;
  return p;
}

// The same with a range of integer outputs.
template <typename Contract>
typename Contract::Params random_quantized_pool(std::mt19937& rng) {
  using T = Element<Contract>;
  auto p = random_pool<typename Contract::Params>(rng);
  p.activation_min = pick(rng, 0, 2) == 0 ? pick(rng, kLeast<T>, 0) : kLeast<T>;
  p.activation_max = pick(rng, 0, 2) == 0 ? pick(rng, 1, kMost<T>) : kMost<T>;
  return p;
}

// Calls visit(n, y, x, c) for every output element in the order of addresses.
template <typename Params, typename Visit>
void for_each_pool_output(const Params& p, Visit visit) {
  for (int n = 0; n < p.batch; ++n) {
    for (int y = 0; y < p.output_h; ++y) {
      for (int x = 0; x < p.output_w; ++x) {
        for (int c = 0; c < p.channels; ++c) visit(n, y, x, c);
      }
    }
  }
}

// Calls visit(value) for every element of the image under the window of output pixel (y, x).
template <typename Params, typename T, typename Visit>
void visit_window(const Params& p, const std::vector<T>& image, int n, int y, int x, int c, Visit visit) {
  for (int i = y * p.stride_h - p.pad_top; i < y * p.stride_h - p.pad_top + p.kernel_h; ++i) {
    for (int j = x * p.stride_w - p.pad_left; j < x * p.stride_w - p.pad_left + p.kernel_w; ++j) {
      if (i < 0 || j < 0 || i >= p.input_h || j >= p.input_w) continue;
      visit(image[static_cast<size_t>(((n * p.input_h + i) * p.input_w + j) * p.channels + c)]);
    }
  }
}

template <typename Contract>
Case pool_case(const typename Contract::Params& p, const std::vector<Element<Contract>>& image) {
  Case test_case;
  test_case.kernel = find_kernel(Contract::kName);
  test_case.params = to_words(p);
  test_case.inputs = {to_bytes(image)};
  test_case.output_bytes = static_cast<size_t>(p.batch * p.output_h * p.output_w * p.channels) * sizeof(image[0]);
  return test_case;
}

// Compares every implementation with naive(n, y, x, c) on one image.
template <typename Contract, typename Naive>
void expect_pool(const typename Contract::Params& p, const std::vector<Element<Contract>>& image, Naive naive) {
  std::vector<Element<Contract>> expected;
  for_each_pool_output(p, [&](int n, int y, int x, int c) { expected.push_back(naive(n, y, x, c)); });
  const Case test_case = pool_case<Contract>(p, image);
  EXPECT_EQ(expect_implementations_agree(test_case), to_bytes(expected)) << ::testing::PrintToString(test_case.params);
}

template <typename Contract>
std::vector<Element<Contract>> random_image(std::mt19937& rng, const typename Contract::Params& p) {
  return random_elements<Element<Contract>>(rng, static_cast<size_t>(p.batch * p.input_h * p.input_w * p.channels));
}

}  // namespace tmc::kernels::testing
