// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A model image on an emulated board: the executor runs it, and refuses what it cannot run, with the reason.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "tmc/backend/cpp/folder.hpp"
#include "tmc/backend/executor/executor.hpp"
#include "tmc/backend/executor/image_model.hpp"
#include "tmc/backend/image/write.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"
#include "tmc/firmware/run.hpp"
#include "tmc/image/format.hpp"
#include "tmc/program/testing/example.hpp"

namespace tmc::check {
namespace {

using ::testing::HasSubstr;

class ImageOnBoard : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* tool : {"arm-none-eabi-g++", "qemu-system-arm"}) {
      if (!run_process({{tool, "--version"}, {}, 20}).ok()) GTEST_SKIP() << tool << " is not installed (scripts/setup)";
    }
    image_ = *backend::image::write(program_);
  }

  // The image with an executor that links `kernels`, on input 1, -2, 3.
  Result<firmware::CountedRuns> run(const std::string& kernels) const {
    backend::executor::KernelSet set;
    TMC_TRY(set.add_names(kernels, {}));
    TMC_ASSIGN(backend::cpp::Files files, backend::executor::generate(set, {}));
    files.merge(backend::executor::image_model(program_, image_));
    TMC_ASSIGN(const ScratchFolder folder, ScratchFolder::make());
    TMC_TRY(backend::cpp::write_folder(folder.path() / "model", files));
    TMC_ASSIGN(const Target target, load_target("mps2-an500"));
    firmware::BuildRequest request;
    request.generated = folder.path() / "model";
    request.work = folder.path() / "work";
    request.count = true;
    TMC_ASSIGN(const firmware::Firmware firmware, firmware::build_firmware(target, request));
    const std::vector<firmware::SampleBytes> samples(2, "\x01\xfe\x03");
    return firmware::count_runs(target, firmware, samples);
  }

  program::Program program_ = program::testing::example(true);
  std::vector<std::byte> image_;
};

TEST_F(ImageOnBoard, GivesTheBitsOfThisHost) {
  const auto counted = run("portable/fully_connected_s8 portable/add_s8");
  ASSERT_TRUE(counted.ok()) << counted.status().text();
  const int8_t input[] = {1, -2, 3};
  char expected[2] = {};
  const void* const operands[] = {input, program_.constants[0].blob.bytes.data(),
                                  program_.constants[1].blob.bytes.data(), expected, nullptr};
  program_.steps[0].implementation->run(program_.steps[0].params, const_cast<void* const*>(operands));
  for (const firmware::SampleRun& sample : counted->samples) EXPECT_EQ(sample.outputs, std::string(expected, 2));
  EXPECT_GT(counted->load_instructions.value_or(0), 1000U);
}

TEST_F(ImageOnBoard, RefusesDamage) {
  image_[sizeof(image::Header) + 1] ^= std::byte{1};
  const Status status = run("portable/fully_connected_s8").status();
  EXPECT_EQ(status.code(), Error::kToolFailed);
  EXPECT_THAT(status.text(), HasSubstr("its tables have another checksum (header)"));
}

TEST_F(ImageOnBoard, NamesTheKernelThatIsNotLinked) {
  EXPECT_THAT(run("portable/add_s8").status().text(),
              HasSubstr("it needs a kernel that is not there (portable/fully_connected_s8)"));
}

}  // namespace
}  // namespace tmc::check
