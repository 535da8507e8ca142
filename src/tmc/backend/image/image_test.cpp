// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <random>

#include "tmc/backend/image/read.hpp"
#include "tmc/backend/image/write.hpp"
#include "tmc/base/host/aligned_bytes.hpp"
#include "tmc/kernels/portable/fully_connected.hpp"
#include "tmc/program/kernel_form.hpp"
#include "tmc/program/testing/example.hpp"
#include "tmc/runtime/executor.hpp"

namespace tmc::backend::image {
namespace {

namespace format = tmc::image;
using ::testing::HasSubstr;
using tmc::image::Constants;
using tmc::image::open;

AlignedBytes placed(std::span<const std::byte> bytes) {
  return AlignedBytes::copy_of(bytes, format::kImageAlignBytes);
}

std::vector<std::byte> example_image() {
  auto written = write(program::testing::example(true));
  EXPECT_TRUE(written.ok()) << written.status().text();
  return *std::move(written);
}

Result<program::Program> read_back(std::span<const std::byte> bytes, Constants constants = Constants::kHashed) {
  const AlignedBytes copy = placed(bytes);
  TMC_ASSIGN(const format::Image image, open(copy.bytes(), constants));
  return read(image);
}

// The checksum made right again, so that what lies behind it is looked at.
void sign(std::vector<std::byte>& bytes) {
  format::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.constants_offset > bytes.size()) return;
  header.tables_crc32 =
      format::Image::checksum(reinterpret_cast<const uint8_t*>(bytes.data()), header.constants_offset);
  std::memcpy(bytes.data(), &header, sizeof(header));
}

// What reading says of the example with its header changed.
Status with_header(const std::function<void(format::Header&)>& change) {
  std::vector<std::byte> bytes = example_image();
  format::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  change(header);
  std::memcpy(bytes.data(), &header, sizeof(header));
  sign(bytes);
  return read_back(bytes).status();
}

// The same of the first record of a table.
template <typename Record>
Status with_record(format::Table table, const std::function<void(Record&)>& change) {
  std::vector<std::byte> bytes = example_image();
  format::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  std::byte* const at = &bytes[header.tables[static_cast<uint32_t>(table)].offset];
  Record record;
  std::memcpy(&record, at, sizeof(record));
  change(record);
  std::memcpy(at, &record, sizeof(record));
  sign(bytes);
  return read_back(bytes).status();
}

TEST(ModelImage, ReadsBackToTheSameProgram) {
  program::Program program = program::testing::example(true);
  const auto read = read_back(example_image());
  ASSERT_TRUE(read.ok()) << read.status().text();
  program.plan = {};  // how storage came to its addresses, and why a kernel was taken, are not part of an image
  program.steps[0].choice = "";
  program::testing::expect_equal(*read, program);
}

TEST(ModelImage, LeavesOutNamesThatOnlyPeopleRead) {
  program::Program program = program::testing::example(true);
  program.steps[0].name = program.constants[0].name = "a_layer_of_a_long_name";
  program.tensors[0].channels_last_of = "an_input";
  const auto written = write(program, Names::kPorts);
  ASSERT_TRUE(written.ok()) << written.status().text();
  EXPECT_LT(written->size(), write(program)->size());
  const auto read = read_back(*written);
  ASSERT_TRUE(read.ok()) << read.status().text();
  EXPECT_EQ(read->steps[0].name, read->constants[0].name);
  EXPECT_NE(read->steps[0].name, read->constants[1].name);
  EXPECT_EQ(read->steps[0].op, program.steps[0].op);
  EXPECT_EQ(read->tensors[0].name, program.tensors[0].name);
  EXPECT_EQ(read->tensors[0].channels_last_of, "an_input");
}

TEST(ModelImage, HasTheSameBytesForTheSameProgram) {
  EXPECT_EQ(example_image(), example_image());
}

TEST(ModelImage, RefusesWhatIsNoImage) {
  const std::vector<std::byte> bytes = example_image();
  EXPECT_THAT(read_back({}).status().text(), HasSubstr("ends too early"));
  EXPECT_THAT(read_back(std::vector(300, std::byte{7})).status().text(), HasSubstr("no model image"));
  for (size_t size = 0; size < bytes.size(); size += 7) {
    EXPECT_EQ(read_back(std::span(bytes).first(size)).status().code(), Error::kMalformed) << size;
  }
  EXPECT_THAT(open(placed(bytes).bytes().subspan(4)).status().text(), HasSubstr("multiple of 64"));
}

TEST(ModelImage, FindsDamage) {
  std::vector<std::byte> bytes = example_image();
  bytes[sizeof(format::Header) + 1] ^= std::byte{1};
  EXPECT_THAT(read_back(bytes).status().text(), HasSubstr("another checksum"));
  bytes = example_image();
  bytes[bytes.size() - 20] ^= std::byte{1};
  EXPECT_THAT(read_back(bytes).status().text(), HasSubstr("hash"));
  EXPECT_TRUE(read_back(bytes, Constants::kTrusted).ok());
}

TEST(ModelImage, RefusesAnotherFormat) {
  EXPECT_THAT(with_header([](format::Header& h) { h.major = 3; }).text(), HasSubstr("another version"));
  EXPECT_TRUE(with_header([](format::Header& h) { h.minor = 9; }).ok());
}

TEST(ModelImage, NamesTheRecordThatDoesNotHold) {
  using format::Table;
  const auto place = static_cast<uint32_t>(Table::kTensors);
  EXPECT_THAT(with_header([=](format::Header& h) { h.tables[place].count = 1U << 30; }).text(),
              HasSubstr("(tensor 0)"));
  EXPECT_THAT(with_header([](format::Header& h) { h.model_name = 1U << 20; }).text(), HasSubstr("its header"));
  EXPECT_THAT(with_header([](format::Header& h) { h.initial_state = 0; }).text(), HasSubstr("its header"));
  EXPECT_THAT(with_record<format::Buffer>(Table::kBuffers, [](format::Buffer& b) { b.offset = 48; }).text(),
              HasSubstr("reaches past what holds it (buffer 0)"));
  EXPECT_THAT(with_record<format::Constant>(Table::kConstants, [](format::Constant& c) { c.dtype = 99; }).text(),
              HasSubstr("(constant 0)"));
  EXPECT_THAT(with_record<format::Step>(Table::kSteps, [](format::Step& s) { s.first_word = 1; }).text(),
              HasSubstr("(step 0)"));
  EXPECT_THAT(with_record<format::Operand>(Table::kOperands, [](format::Operand& o) { o.byte_offset = 4; }).text(),
              HasSubstr("(operand 0)"));
  EXPECT_THAT(with_record<uint32_t>(Table::kInputs, [](uint32_t& input) { input = 2; }).text(), HasSubstr("(input 0)"));
}

TEST(ModelImage, RefusesParamsThatTheOperandsAreTooSmallFor) {
  // A batch of 1000.
  EXPECT_EQ(with_record<int32_t>(format::Table::kWords, [](int32_t& word) { word = 1000; }).code(), Error::kMalformed);
}

TEST(ModelImage, RefusesKernelsThatAreNotHere) {
  const Status status = with_record<format::Kernel>(format::Table::kKernels, [](format::Kernel& k) { ++k.words; });
  EXPECT_EQ(status.code(), Error::kMalformed) << "the step's words end with the table";
  const auto renamed = with_record<format::Kernel>(format::Table::kKernels, [](format::Kernel& k) { ++k.name; });
  EXPECT_EQ(renamed.code(), Error::kUnsupportedOp) << renamed.text();
  const auto older = with_record<format::Kernel>(format::Table::kKernels, [](format::Kernel& k) { ++k.form; });
  EXPECT_EQ(older.code(), Error::kUnsupportedOp);
  EXPECT_THAT(older.text(), HasSubstr("the kernel 'portable/fully_connected_s8' is of another form"));
}

TEST(ModelImage, SurvivesMutations) {
  const std::vector<std::byte> original = example_image();
  std::mt19937 rng(1);
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::byte> bytes = original;
    for (auto changes = 1 + rng() % 3; changes > 0; --changes) bytes[rng() % bytes.size()] = std::byte(rng() % 256);
    sign(bytes);
    refused += !read_back(bytes, Constants::kTrusted).ok();
  }
  EXPECT_GT(refused, 300);
  EXPECT_LT(refused, 3000);
}

runtime::LinkedKernel linked(const char* name) {
  const auto* const implementation = kernels::find_implementation("portable", "fully_connected_s8");
  return runtime::link<kernels::portable::FullyConnectedS8>(name, program::kernel_form(*implementation));
}

// What a chip links beside an image: kernels by their names.
TEST(ModelImage, RunsWithTheKernelsThatAreLinked) {
  const AlignedBytes flash = placed(example_image());
  const auto image = open(flash.bytes());
  ASSERT_TRUE(image.ok()) << image.status().text();
  const runtime::LinkedKernel table[] = {linked("portable/another"), linked("portable/fully_connected_s8")};
  runtime::RunKernel bound[1];
  ASSERT_TRUE(runtime::bind(*image, table, 2, bound, 1).is_none());
  const AlignedBytes memory(image->regions()[0].bytes, 16);
  void* const arenas[] = {memory.bytes().data()};
  runtime::Context context(*image, bound, arenas);
  const int8_t input[] = {1, -2, 3};
  std::memcpy(context.where(image->tensors()[image->inputs()[0]]), input, sizeof(input));
  context.run();

  const program::Program program = program::testing::example(true);
  int8_t expected[2] = {};
  const void* const operands[] = {input, program.constants[0].blob.bytes.data(), program.constants[1].blob.bytes.data(),
                                  expected, nullptr};
  program.steps[0].implementation->run(program.steps[0].params, const_cast<void* const*>(operands));
  EXPECT_EQ(std::memcmp(context.where(image->tensors()[image->outputs()[0]]), expected, sizeof(expected)), 0);
}

TEST(ModelImage, NamesTheKernelThatIsNotLinked) {
  const AlignedBytes flash = placed(example_image());
  const auto image = open(flash.bytes());
  ASSERT_TRUE(image.ok()) << image.status().text();
  const runtime::LinkedKernel other = linked("portable/another");
  runtime::LinkedKernel wanted = linked("portable/fully_connected_s8");
  runtime::RunKernel bound[1];
  EXPECT_EQ(runtime::bind(*image, &other, 1, bound, 1).reason, format::Reason::kKernel);
  EXPECT_EQ(runtime::bind(*image, &wanted, 1, bound, 0).reason, format::Reason::kKernel) << "no room for it";
  EXPECT_TRUE(runtime::bind(*image, &wanted, 1, bound, 1).is_none());
  ++wanted.form;
  EXPECT_EQ(runtime::bind(*image, &wanted, 1, bound, 1).reason, format::Reason::kKernelForm);
}

}  // namespace
}  // namespace tmc::backend::image
