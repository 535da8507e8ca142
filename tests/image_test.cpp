// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Model images of real models run in this process by the device's executor, with the bytes of exec.

#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "tmc/backend/image/read.hpp"
#include "tmc/backend/image/write.hpp"
#include "tmc/base/host/aligned_bytes.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/runtime/executor.hpp"

namespace tmc {
namespace {

using Bytes = std::vector<std::byte>;

// A kernel of this process behind the interface of the executor.
struct HostKernel {
  const kernels::ImplementationInfo* implementation;

  void operator()(const int32_t* words, void* const* buffers) const {
    implementation->run({words, implementation->kernel->param_words}, buffers);
  }
};

std::vector<Bytes> random_inputs(const program::Program& program, std::mt19937& rng) {
  std::vector<Bytes> inputs;
  for (const int32_t input : program.inputs) {
    const program::Tensor& tensor = program.tensors[static_cast<size_t>(input)];
    Bytes& bytes = inputs.emplace_back(static_cast<size_t>(tensor.bytes()));
    if (tensor.dtype == DType::kF32) {
      for (size_t at = 0; at < bytes.size(); at += 4) {
        const float value = std::normal_distribution<float>()(rng);
        std::memcpy(&bytes[at], &value, 4);
      }
    } else {
      for (std::byte& byte : bytes) byte = std::byte(rng());
    }
  }
  return inputs;
}

class ImageTest : public ::testing::TestWithParam<const char*> {};

TEST_P(ImageTest, RunsAsExecDoes) {
  if (!std::filesystem::exists(GetParam())) GTEST_SKIP() << GetParam() << " is not there";
  const auto target = load_target("host");
  ASSERT_TRUE(target.ok());
  const auto compilation = pipeline::compile(GetParam(), *target, {});
  ASSERT_TRUE(compilation.ok()) << compilation.status().text();
  const program::Program& program = compilation->program;
  const auto written = backend::image::write(program);
  ASSERT_TRUE(written.ok()) << written.status().text();
  const auto flash = AlignedBytes::copy_of(*written, image::kImageAlignBytes);
  const auto image = tmc::image::open(flash.bytes(), tmc::image::Constants::kHashed);
  ASSERT_TRUE(image.ok()) << image.status().text();
  const auto read = backend::image::read(*image);
  ASSERT_TRUE(read.ok()) << read.status().text();

  std::vector<HostKernel> kernels(image->kernels().count);
  for (uint32_t i = 0; i < image->steps().count; ++i) {
    kernels[image->steps()[i].kernel] = {read->steps[i].implementation};
  }
  std::vector<AlignedBytes> memory;
  std::vector<void*> arenas;
  for (const image::Region& region : image->regions()) {
    arenas.push_back(memory.emplace_back(region.bytes, image::kImageAlignBytes).bytes().data());
  }
  runtime::Context context(*image, kernels.data(), arenas.data());
  auto executor = exec::Executor::create(program);
  ASSERT_TRUE(executor.ok()) << executor.status().text();

  context.reset();
  std::mt19937 rng(5);
  for (int run = 0; run < 3; ++run) {
    const std::vector<Bytes> inputs = random_inputs(program, rng);
    for (size_t i = 0; i < inputs.size(); ++i) {
      const image::Tensor& tensor = image->tensors()[image->inputs()[static_cast<uint32_t>(i)]];
      std::memcpy(context.where(tensor), inputs[i].data(), inputs[i].size());
    }
    context.run();
    const auto expected = executor->run(inputs);
    ASSERT_TRUE(expected.ok()) << expected.status().text();
    for (size_t i = 0; i < expected->size(); ++i) {
      const image::Tensor& tensor = image->tensors()[image->outputs()[static_cast<uint32_t>(i)]];
      EXPECT_EQ(std::memcmp(context.where(tensor), (*expected)[i].data(), (*expected)[i].size()), 0) << "output " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Models, ImageTest,
                         ::testing::Values("examples/keywords/keywords.onnx", "examples/keywords/attention.onnx",
                                           "../shared/models/mlperf_tiny/kws_int8.tflite",
                                           "../shared/models/mlperf_tiny/ad_int8.tflite",
                                           "../shared/models/rnn/mnist_lstm_int8.tflite"));

}  // namespace
}  // namespace tmc
