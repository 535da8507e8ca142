// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_filter_bank.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<int16_t> values_from(int16_t least, std::vector<int16_t> values) {
  for (int16_t& value : values) value = std::max(value, least);
  return values;
}

TEST(SignalFilterBank, SharesEveryBandBetweenTwoChannels) {
  std::mt19937 rng(8);
  std::vector<std::string> tested;
  for (int round = 0; round < 40; ++round) {
    const auto channels = static_cast<size_t>(pick(rng, 1, 9));
    const auto energies = extreme_values<uint32_t>(rng, 20);
    const int16_t least = round % 2 == 0 ? 0 : INT16_MIN;
    const auto weights = values_from(least, extreme_values<int16_t>(rng, 30));
    const auto unweights = values_from(least, extreme_values<int16_t>(rng, 31));
    std::vector<int16_t> spans;
    std::vector<uint64_t> expected(channels + 2, 0);  // with what the first and the last band give to nobody
    for (size_t band = 0; band <= channels; ++band) {
      const auto width = static_cast<int16_t>(pick(rng, 0, 7));
      const auto bin = static_cast<int16_t>(pick(rng, 0, 20 - width));
      const auto place = static_cast<int16_t>(pick(rng, 0, 30 - width));
      spans.insert(spans.end(), {bin, place, width});
      for (int16_t i = 0; i < width; ++i) {
        const uint64_t energy = energies[static_cast<size_t>(bin + i)];
        expected[band] += energy * static_cast<uint64_t>(int64_t{weights[static_cast<size_t>(place + i)]});
        expected[band + 1] += energy * static_cast<uint64_t>(int64_t{unweights[static_cast<size_t>(place + i)]});
      }
    }
    const SignalFilterBank::Params p{.input_elements = 20,
                                     .output_elements = static_cast<int32_t>(channels),
                                     .weights = 30,
                                     .unweights = 31,
                                     .spans = static_cast<int32_t>(spans.size())};
    const auto output = run_signal<SignalFilterBank, uint64_t>(
        p, {to_bytes(energies)}, channels,
        {make_blob(DType::kI16, weights), make_blob(DType::kI16, unweights), make_blob(DType::kI16, spans)}, &tested);
    EXPECT_EQ(output, std::vector<uint64_t>(expected.begin() + 1, expected.end() - 1)) << round;
  }
  expect_all_were_tested(*find_kernel("signal_filter_bank"), tested);
}

}  // namespace
}  // namespace tmc::kernels
