// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A program that runs in this process gives the same bytes as firmware on every board that can run: each output, and
// each intermediate tensor.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "testing/program_builder.hpp"
#include "tmc/backend/cpp/backend.hpp"
#include "tmc/backend/cpp/folder.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/firmware/run.hpp"
#include "tmc/firmware/tensor_dumps.hpp"

namespace tmc {
namespace {

using Bytes = std::vector<std::byte>;

std::string to_string(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// What the tensors hold, each after the step that made it, and at last the output.
std::vector<std::string> executed(const program::Program& program, const std::vector<int32_t>& tensors,
                                  const std::vector<Bytes>& inputs) {
  auto executor = exec::Executor::create(program);
  EXPECT_TRUE(executor.ok()) << executor.status().text();
  std::vector<std::string> contents;
  auto outputs = executor->run(inputs, [&](int32_t step) {
    for (const int32_t index : tensors) {
      const program::Tensor& tensor = program.tensors[static_cast<std::size_t>(index)];
      if (tensor.step == step) contents.push_back(to_string(executor->read(tensor)));
    }
  });
  EXPECT_TRUE(outputs.ok()) << outputs.status().text();
  contents.push_back(to_string(outputs->front()));
  return contents;
}

class FirmwareOf : public ::testing::TestWithParam<Optimize> {
 protected:
  void SetUp() override {
    for (const char* tool : {"arm-none-eabi-g++", "qemu-system-arm"}) {
      if (!run_process({{tool, "--version"}, {}, 20}).ok()) GTEST_SKIP() << tool << " is not installed (scripts/setup)";
    }
  }
};

TEST_P(FirmwareOf, AGeneratedFolderGivesTheBytesOfExec) {
  const program::Program program = testing::small_network("small", 1);
  const auto dumps = firmware::tensor_dumps(program);
  ASSERT_EQ(dumps.tensors.size(), program.steps.size());
  const auto folder = ScratchFolder::make();
  ASSERT_TRUE(folder.ok());
  backend::cpp::Options options;
  options.optimize = GetParam();
  const auto files = backend::cpp::generate(program, options);
  ASSERT_TRUE(files.ok()) << files.status().text();
  const Status written = backend::cpp::write_folder(folder->path() / "generated", *files);
  ASSERT_TRUE(written.ok()) << written.text();

  std::vector<std::vector<Bytes>> inputs;
  std::vector<firmware::SampleBytes> samples;
  for (unsigned seed = 2; seed < 5; ++seed) {
    inputs.push_back(testing::random_inputs(program, seed));
    samples.push_back(to_string(inputs.back().front()));
  }
  const auto board = load_target("mps2-an500");
  ASSERT_TRUE(board.ok());
  firmware::BuildRequest request;
  request.generated = folder->path() / "generated";
  request.work = folder->path() / "work";
  request.optimize = GetParam();
  request.count = true;
  request.steps = true;
  request.dumps = dumps.dumps;
  const auto firmware = firmware::build_firmware(*board, request);
  ASSERT_TRUE(firmware.ok()) << firmware.status().text();
  const auto runs = firmware::run_samples(*board, *firmware, samples);
  ASSERT_TRUE(runs.ok()) << runs.status().text();
  const auto traces = firmware::trace_samples(*board, *firmware, samples);
  ASSERT_TRUE(traces.ok()) << traces.status().text();

  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto expected = executed(program, dumps.tensors, inputs[i]);
    std::vector<std::string> traced = (*traces)[i].dumps;
    traced.push_back((*traces)[i].outputs);
    EXPECT_EQ(traced, expected);
    EXPECT_EQ((*runs)[i].outputs, expected.back());
    const auto& steps = (*traces)[i].step_instructions;
    ASSERT_EQ(steps.size(), program.steps.size());
    const auto sum = static_cast<double>(std::accumulate(steps.begin(), steps.end(), std::uint64_t{0}));
    EXPECT_NEAR(sum, static_cast<double>((*runs)[i].instructions), 0.02 * sum);
  }
}

INSTANTIATE_TEST_SUITE_P(Optimize, FirmwareOf,
                         ::testing::Values(Optimize::kSpeed, Optimize::kBalanced, Optimize::kSize),
                         [](const auto& test) { return std::string(optimize_name(test.param)); });

}  // namespace
}  // namespace tmc
