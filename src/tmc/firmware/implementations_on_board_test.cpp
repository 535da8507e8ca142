// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The implementations of a board's instruction sets, as its compiler makes them, agree bit for bit with the portable
// implementations as the host's compiler makes them, over the random and extreme cases of the kernels' own tests. Float
// implementations agree bit for bit with the portable ones on the board, which are near those on the host: only the
// board may fuse multiply and add.

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <span>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"
#include "tmc/firmware/testing/implementation_firmware.hpp"
#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/copy.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/testing/add_case.hpp"
#include "tmc/kernels/testing/any_signal_case.hpp"
#include "tmc/kernels/testing/attention_s8_case.hpp"
#include "tmc/kernels/testing/average_pool_case.hpp"
#include "tmc/kernels/testing/basic_lstm_case.hpp"
#include "tmc/kernels/testing/cached_attention_s4_case.hpp"
#include "tmc/kernels/testing/cached_attention_s8_case.hpp"
#include "tmc/kernels/testing/cached_attention_s8_s4_case.hpp"
#include "tmc/kernels/testing/channel_products_case.hpp"
#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/conv_hybrid_case.hpp"
#include "tmc/kernels/testing/conv_hybrid_s4_case.hpp"
#include "tmc/kernels/testing/conv_s4_case.hpp"
#include "tmc/kernels/testing/dense_sums_case.hpp"
#include "tmc/kernels/testing/fully_connected_case.hpp"
#include "tmc/kernels/testing/fully_connected_f32_case.hpp"
#include "tmc/kernels/testing/int16_case.hpp"
#include "tmc/kernels/testing/int16_lstm_case.hpp"
#include "tmc/kernels/testing/integer_gates_case.hpp"
#include "tmc/kernels/testing/lookup_case.hpp"
#include "tmc/kernels/testing/lstm_numbers_case.hpp"
#include "tmc/kernels/testing/matmul_case.hpp"
#include "tmc/kernels/testing/max_pool_case.hpp"
#include "tmc/kernels/testing/mul_case.hpp"
#include "tmc/kernels/testing/norm_case.hpp"
#include "tmc/kernels/testing/pad_case.hpp"
#include "tmc/kernels/testing/pixels_case.hpp"
#include "tmc/kernels/testing/quantize_dynamic_case.hpp"
#include "tmc/kernels/testing/requantize_case.hpp"
#include "tmc/kernels/testing/rotary_case.hpp"
#include "tmc/kernels/testing/softmax_case.hpp"
#include "tmc/kernels/testing/softmax_s16_case.hpp"
#include "tmc/kernels/testing/sound_case.hpp"
#include "tmc/kernels/testing/spectrum_case.hpp"
#include "tmc/kernels/testing/table_after_case.hpp"
#include "tmc/kernels/testing/table_case.hpp"
#include "tmc/kernels/testing/tree_case.hpp"
#include "tmc/kernels/testing/wide_states_case.hpp"

namespace tmc::firmware {
namespace {

using kernels::testing::Case;

void append_float_cases(std::mt19937& rng, int round, std::vector<Case>& cases) {
  using namespace kernels;  // NOLINT(google-build-using-namespace): the names of contracts
  using namespace kernels::testing;
  for (const Case& shape : {any_conv_case(rng, round), network_conv_case(rng, round)}) {
    const FloatConvCase made = float_conv_case<Conv2dF32>(rng, shape);
    cases.push_back(made.test_case);
    if (made.params.groups == 1) cases.push_back(with_planes(made).test_case);
    cases.push_back(hybrid_case(rng, shape).test_case);
  }
  for (const Case& shape : {any_depthwise_case(rng, round), network_depthwise_case(rng, round)}) {
    cases.push_back(float_conv_case<DepthwiseConv2dF32>(rng, shape).test_case);
  }
  cases.push_back(float_fully_connected_case(rng, round).test_case);
  cases.push_back(any_tree_case(rng).implementation_case());
  cases.push_back(any_dft_case(rng));
  cases.push_back(any_stft_case(rng));
}

void append_elementwise_cases(std::mt19937& rng, int round, std::vector<Case>& cases) {
  using namespace kernels::testing;  // NOLINT(google-build-using-namespace): the names of cases
  cases.push_back(any_add_case<kernels::AddS8>(rng));
  cases.push_back(any_mul_case<kernels::MulS8>(rng));
  cases.push_back(any_table_case(rng));
  cases.push_back(any_pixels_case(rng));
  cases.push_back(any_softmax_case(rng, round));
  append_requantize_cases(rng, cases);
  cases.push_back(any_rows_case<kernels::Copy>(rng, {}));
  cases.push_back(any_pad_case<int8_t>(rng));
  cases.push_back(any_pad_case<int32_t>(rng));
}

void append_int16_cases(std::mt19937& rng, int round, std::vector<Case>& cases) {
  using namespace kernels;           // NOLINT(google-build-using-namespace): the names of contracts
  using namespace kernels::testing;  // NOLINT(google-build-using-namespace): the names of cases
  for (const Case& shape : {any_conv_case(rng, round), network_conv_case(rng, round)}) {
    cases.push_back(int16_case<Conv2dS16>(rng, shape));
  }
  for (const Case& shape : {any_depthwise_case(rng, round), network_depthwise_case(rng, round)}) {
    cases.push_back(int16_case<DepthwiseConv2dS16>(rng, shape));
  }
  cases.push_back(any_add_case<AddS16>(rng));
  cases.push_back(any_mul_case<MulS16>(rng));
  cases.push_back(int16_case<FullyConnectedS16>(rng, any_fully_connected_case(rng, round)));
}

void append_integer_cases(std::mt19937& rng, int round, std::vector<Case>& cases) {
  using namespace kernels::testing;  // NOLINT(google-build-using-namespace): the names of cases
  cases.push_back(any_conv_case(rng, round));
  cases.push_back(network_conv_case(rng, round));
  cases.push_back(full_range_conv_case(rng));
  cases.push_back(with_wide_weights(any_conv_case(rng, round), 2));
  cases.push_back(with_wide_weights(network_depthwise_case(rng, round), 2));
  cases.push_back(any_depthwise_case(rng, round));
  cases.push_back(network_depthwise_case(rng, round));
  cases.push_back(many_channels_depthwise_case(rng, round));
  cases.push_back(any_fully_connected_case(rng, round));
  cases.push_back(any_conv_s4_case(rng, round));
  cases.push_back(any_product_s4_case(rng, round));
  cases.push_back(any_average_pool_case<kernels::AveragePoolS8>(rng));
  cases.push_back(any_max_pool_case<kernels::MaxPoolS8>(rng, round));
}

void append_recurrent_cases(std::mt19937& rng, int, std::vector<Case>& cases) {
  using namespace kernels::testing;  // NOLINT(google-build-using-namespace): the names of cases
  cases.push_back(any_dense_sums_case(rng).test_case);
  cases.push_back(any_channel_products_case(rng).test_case);
  cases.push_back(any_lstm_state_case(rng).test_case);
  cases.push_back(any_lstm_output_case(rng).test_case);
  cases.push_back(any_lstm_numbers_case(rng).test_case);
  cases.push_back(any_basic_lstm_state_case(rng).test_case);
  cases.push_back(any_basic_lstm_output_case(rng).test_case);
  kernels::GateS16::Params gate{};
  cases.push_back(any_gate_case(rng, gate).test_case);
  kernels::GruStateS16::Params state{};
  cases.push_back(any_gru_state_case(rng, state).test_case);
  cases.push_back(any_int16_lstm_case(rng).test_case);
}

void append_product_cases(std::mt19937& rng, int round, std::vector<Case>& cases) {
  cases.push_back(kernels::testing::any_matmul_case(rng, round));
  cases.push_back(kernels::testing::any_conv_table_case(rng, round));
  cases.push_back(kernels::testing::any_fully_connected_table_case(rng, round));
}

void append_attention_cases(std::mt19937& rng, int round, std::vector<Case>& cases) {
  cases.push_back(kernels::testing::any_attention_s8_case(rng, round).implementation_case());
  if (round % 2 == 0) cases.push_back(kernels::testing::any_attention_s8_case(rng, round, 5).implementation_case());
}

void append_decoder_cases(std::mt19937& rng, int round, std::vector<Case>& cases) {
  cases.push_back(kernels::testing::any_cached_attention_s8_case(rng).implementation_case());
  cases.push_back(kernels::testing::row_hybrid_case(rng).test_case);
  cases.push_back(kernels::testing::any_quantize_dynamic_case(rng));
  cases.push_back(kernels::testing::row_hybrid_s4_case(rng, round).test_case);
  cases.push_back(kernels::testing::any_cached_attention_s8_s4_case(rng).implementation_case());
  cases.push_back(kernels::testing::any_cached_attention_s4_case(rng).implementation_case());
}

void append_norm_cases(std::mt19937& rng, int round, std::vector<Case>& cases) {
  cases.push_back(kernels::testing::any_norm_case<kernels::NormS8, int8_t>(rng, round, 60));
}

void append_sequence_cases(std::mt19937& rng, int round, std::vector<Case>& cases) {
  using namespace kernels::testing;  // NOLINT(google-build-using-namespace): the names of cases
  cases.push_back(any_norm_case<kernels::NormS16, int16_t>(rng, round, 8000));
  cases.push_back(any_rotary_s8_case(rng).implementation_case());
  cases.push_back(random_softmax_s16(rng, round).implementation_case());
  cases.push_back(any_table_s16_case(rng));
  cases.push_back(any_rows_lookup_case<int8_t, int32_t>(rng));
  cases.push_back(any_rows_lookup_case<int16_t, int64_t>(rng));
}

void append_integer_signal_cases(std::mt19937& rng, int, std::vector<Case>& cases) {
  kernels::testing::append_signal_cases(rng, cases);
}

void append_sound_cases(std::mt19937& rng, int, std::vector<Case>& cases) {
  cases.push_back(kernels::testing::any_sound_bands_case(rng).test_case());
  cases.push_back(kernels::testing::any_sound_logs_case(rng).test_case());
}

// Families have sequences of their own: a change to one leaves the cases of the others alone.
std::vector<Case> all_cases() {
  std::vector<Case> cases;
  std::mt19937::result_type seed = 7;
  for (const auto append :
       {append_integer_cases, append_recurrent_cases, append_elementwise_cases, append_float_cases, append_int16_cases,
        append_integer_signal_cases, append_product_cases, append_attention_cases, append_norm_cases,
        append_sound_cases, append_sequence_cases, append_decoder_cases}) {
    std::mt19937 rng(seed++);
    for (int round = 0; round < 40; ++round) append(rng, round, cases);
  }
  return cases;
}

bool is_portable(const kernels::ImplementationInfo& implementation) {
  return std::string_view(implementation.isa) == "portable";
}
bool is_float(const kernels::ImplementationInfo& implementation) {
  return std::string_view(implementation.kernel->name).ends_with("_f32");
}

void expect_near(const std::vector<std::byte>& host, const std::vector<std::byte>& board, const Case& test_case) {
  const std::vector<float> expected = kernels::testing::to_floats(host);
  const std::vector<float> actual = kernels::testing::to_floats(board);
  for (size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(actual[i], expected[i], 1e-5F * (1 + std::abs(expected[i])))
        << test_case.kernel->name << ", params " << ::testing::PrintToString(test_case.params);
  }
}

struct Queued {
  const kernels::ImplementationInfo* implementation;
  const Case* test_case;
};

void expect_agreement(const Target& target, const std::filesystem::path& work) {
  auto firmware = ImplementationFirmware::build(target, work);
  ASSERT_TRUE(firmware.ok()) << firmware.status().text();
  const std::vector<Case> cases = all_cases();
  std::vector<Queued> queue;
  for (const Case& test_case : cases) {
    for (const kernels::ImplementationInfo* implementation : firmware->implementations()) {
      if (implementation->kernel == test_case.kernel && firmware->add(*implementation, test_case))
        queue.push_back({implementation, &test_case});
    }
  }
  const auto runs = firmware->run();
  ASSERT_TRUE(runs.ok()) << runs.status().text();
  ASSERT_EQ(runs->size(), queue.size());
  std::set<const kernels::ImplementationInfo*> ran;
  std::map<const Case*, std::vector<std::byte>> expected;
  for (size_t i = 0; i < queue.size(); ++i) {
    const auto& [implementation, test_case] = queue[i];
    if (!is_portable(*implementation) || !is_float(*implementation)) continue;
    const auto board = std::as_bytes(std::span((*runs)[i].outputs)).first(test_case->output_bytes);
    expected[test_case] = {board.begin(), board.end()};
    expect_near(*run_implementation(*implementation, *test_case), expected[test_case], *test_case);
  }
  for (size_t i = 0; i < queue.size(); ++i) {
    const auto& [implementation, test_case] = queue[i];
    if (!expected.contains(test_case)) {
      expected[test_case] =
          *run_implementation(*kernels::find_implementation("portable", test_case->kernel->name), *test_case);
    }
    const std::vector<std::byte>& bytes = expected.at(test_case);
    EXPECT_EQ(std::memcmp((*runs)[i].outputs.data(), bytes.data(), test_case->output_bytes), 0)
        << implementation->type_name << " differs, params " << ::testing::PrintToString(test_case->params);
    // With Params, which are no constants here, and lines or lanes that some keep on the stack; attention to slots
    // takes most, for its totals.
    EXPECT_LE((*runs)[i].stack_bytes, 1760U) << implementation->type_name;
    ran.insert(implementation);
  }
  for (const kernels::ImplementationInfo* implementation : firmware->implementations()) {
    EXPECT_TRUE(ran.contains(implementation) || is_portable(*implementation))
        << implementation->type_name << " never ran";
  }
}

TEST(ImplementationsOnBoard, AgreeWithThePortableImplementationsOnTheHost) {
  int boards = 0;
  for (const std::string& name : target_names()) {
    const auto target = load_target(name);
    ASSERT_TRUE(target.ok()) << target.status().text();
    if (!target->board || target->run.method != RunMethod::kEmulator) continue;
    if (!run_process({{target->toolchain->compiler, "--version"}, {}, 20}).ok() ||
        !run_process({{target->run.command.front(), "--version"}, {}, 20}).ok()) {
      GTEST_SKIP() << name << ": compiler or emulator is not installed (scripts/setup)";
    }
    SCOPED_TRACE(name);
    const auto folder = ScratchFolder::make();
    ASSERT_TRUE(folder.ok());
    expect_agreement(*target, folder->path());
    ++boards;
  }
  EXPECT_GT(boards, 0);
}

}  // namespace
}  // namespace tmc::firmware
