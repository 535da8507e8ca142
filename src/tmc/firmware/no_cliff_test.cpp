// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// No layer falls off a cliff for its constants: with extreme weights, biases, multipliers, shifts and zero points, the
// implementation that is chosen takes at most 1.25 times the instructions that the layer takes with plain ones, or 4
// instructions an output more, whichever is larger. Counted on the emulator, with implementations as the board's
// compiler makes them.

#include <gtest/gtest.h>

#include <algorithm>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"
#include "tmc/firmware/testing/implementation_firmware.hpp"
#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/extreme_channels.hpp"
#include "tmc/kernels/testing/fully_connected_case.hpp"

namespace tmc::firmware {
namespace {

using namespace kernels::testing;  // NOLINT(google-build-using-namespace): the names of cases

constexpr int kRounds = 30;
constexpr double kMostTimes = 1.25;
constexpr double kMostMore = 4;  // instructions an output

// Shapes of networks: pixels in multiples of three, which the implementations take at a time, or a few, by channels in
// multiples of four.
Case pointwise(std::mt19937& rng) {
  const Axis h{pick(rng, 1, 4), 1, 1, 1, 0, 0};
  const Axis w{3 * pick(rng, 1, 3), 1, 1, 1, 0, 0};
  const int32_t input_c = 4 * pick(rng, 2, 40);
  return conv_case(rng, kernels::find_kernel("conv2d_s8"), conv_params(h, w, input_c, 4 * pick(rng, 2, 20), 1), {});
}
Case window(std::mt19937& rng) {
  const Axis three{3 + pick(rng, 0, 3), 3, 1, 1, 1, 1};
  const int32_t input_c = pick(rng, 0, 3) ? 4 * pick(rng, 1, 20) : 3;
  return conv_case(rng, kernels::find_kernel("conv2d_s8"), conv_params(three, three, input_c, 4 * pick(rng, 2, 10), 1),
                   {});
}
Case depthwise(std::mt19937& rng) {
  const int32_t taps = pick(rng, 0, 2) ? 3 : 5;
  const int32_t stride = pick(rng, 1, 2);
  const Axis axis{taps + pick(rng, 2, 12), taps, stride, 1, taps / 2, taps / 2};
  const int32_t channels = 4 * pick(rng, 1, 8);
  return conv_case(rng, kernels::find_kernel("depthwise_conv2d_s8"),
                   conv_params(axis, axis, channels, channels, channels), {});
}
Case product(std::mt19937& rng) {
  kernels::FullyConnectedS8::Params p{};
  p.batch = 1;
  p.inputs = pick(rng, 0, 4) ? pick(rng, 16, 300) : pick(rng, 900, 1400);
  p.outputs = pick(rng, 4, 40);
  p.activation_min = -128, p.activation_max = 127;
  return fully_connected_case(rng, p, {});
}

// In the order in which lowering tries them.
std::vector<const kernels::ImplementationInfo*> by_estimate(const ImplementationFirmware& firmware,
                                                            const Case& test_case) {
  std::vector<const kernels::ImplementationInfo*> implementations;
  for (const kernels::ImplementationInfo* implementation : firmware.implementations()) {
    if (implementation->kernel == test_case.kernel && implementation->applies(test_case.params))
      implementations.push_back(implementation);
  }
  std::ranges::stable_sort(implementations, {},
                           [&](const auto* implementation) { return implementation->instructions(test_case.params); });
  return implementations;
}

// Queues the case for the implementation that is chosen for it, which is returned.
const kernels::ImplementationInfo* queue_chosen(ImplementationFirmware& firmware, const Case& test_case) {
  for (const kernels::ImplementationInfo* implementation : by_estimate(firmware, test_case)) {
    if (firmware.add(*implementation, test_case)) return implementation;
  }
  return nullptr;
}

struct Pair {
  Case plain, extreme;
  const kernels::ImplementationInfo* plain_implementation;
  const kernels::ImplementationInfo* implementation;
};

void expect_no_cliff(const Pair& pair, const SampleRun& plain, const SampleRun& extreme) {
  const double outputs = static_cast<double>(pair.extreme.output_bytes);
  const double more = static_cast<double>(extreme.instructions) - static_cast<double>(plain.instructions);
  EXPECT_LE(more, std::max((kMostTimes - 1) * static_cast<double>(plain.instructions), kMostMore * outputs))
      << pair.implementation->label() << " takes " << extreme.instructions << " instructions, "
      << pair.plain_implementation->label() << ' ' << plain.instructions << " with plain constants, for " << outputs
      << " outputs, params " << ::testing::PrintToString(pair.extreme.params);
  const auto expected =
      *run_implementation(*kernels::find_implementation("portable", pair.extreme.kernel->name), pair.extreme);
  EXPECT_EQ(std::memcmp(extreme.outputs.data(), expected.data(), expected.size()), 0)
      << pair.implementation->label() << " differs, params " << ::testing::PrintToString(pair.extreme.params);
}

TEST(NoCliff, ExtremeConstantsCostLittleMoreThanPlainOnes) {
  const auto target = load_target("mps2-an500");
  ASSERT_TRUE(target.ok()) << target.status().text();
  if (!run_process({{target->toolchain->compiler, "--version"}, {}, 20}).ok() ||
      !run_process({{target->run.command.front(), "--version"}, {}, 20}).ok()) {
    GTEST_SKIP() << "compiler or emulator is not installed (scripts/setup)";
  }
  const auto folder = ScratchFolder::make();
  ASSERT_TRUE(folder.ok());
  auto firmware = ImplementationFirmware::build(*target, folder->path());
  ASSERT_TRUE(firmware.ok()) << firmware.status().text();
  std::mt19937 rng(11);
  std::vector<Pair> pairs;
  for (int round = 0; round < kRounds; ++round) {
    for (const auto& make : {pointwise, window, depthwise, product}) {
      Case plain = make(rng);
      Case extreme = plain;
      plain.constants = plain_channels(rng, plain.constants);
      extreme.constants = extreme_channels(rng, plain.constants);
      const auto zero_point = [&rng] { return pick(rng, 0, 1) ? pick(rng, -128, 127) : pick(rng, 0, 1) ? -128 : 127; };
      const size_t last = extreme.params.size();  // input and output zero point stand before the range of activations
      extreme.params[last - 4] = zero_point();
      extreme.params[last - 3] = zero_point();
      const auto* plain_implementation = queue_chosen(*firmware, plain);
      const auto* implementation = queue_chosen(*firmware, extreme);
      ASSERT_TRUE(plain_implementation && implementation);
      pairs.push_back({std::move(plain), std::move(extreme), plain_implementation, implementation});
    }
  }
  const auto runs = firmware->run();
  ASSERT_TRUE(runs.ok()) << runs.status().text();
  for (size_t i = 0; i < pairs.size(); ++i) expect_no_cliff(pairs[i], (*runs)[2 * i], (*runs)[2 * i + 1]);
  // The constants are extreme: most keep the layer from the implementation that it has with plain ones.
  const auto changed =
      std::ranges::count_if(pairs, [](const Pair& pair) { return pair.implementation != pair.plain_implementation; });
  EXPECT_GT(changed, kRounds * 2);
}

}  // namespace
}  // namespace tmc::firmware
