// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Images that would have a run reach past its memory are refused, with what is wrong.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <utility>

#include "images.hpp"
#include "tmc/engine/constant_bytes.hpp"
#include "tmc/engine/constant_values.hpp"
#include "tmc/engine/engine.hpp"
#include "tmc/image/image.hpp"
#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/contract/basic_lstm_s16.hpp"
#include "tmc/kernels/contract/iir_f32.hpp"
#include "tmc/kernels/contract/spectrum_f32.hpp"
#include "tmc/program/kernel_form.hpp"

namespace tmc::engine {
namespace {

using image::Table;
using ::testing::HasSubstr;

// What loading says of two layers with a record changed.
template <typename Record>
tinymlc::Status with_record(Table table, uint32_t index, const std::function<void(Record&)>& change,
                            uint32_t flags = 0) {
  const AlignedBytes image = image_of(testing::layers(2));
  image::Header header;
  std::memcpy(&header, image.bytes().data(), sizeof(header));
  std::byte* const at =
      image.bytes().data() + header.tables[static_cast<uint32_t>(table)].offset + index * sizeof(Record);
  Record record;
  std::memcpy(&record, at, sizeof(record));
  change(record);
  std::memcpy(at, &record, sizeof(record));
  header.tables_crc32 =
      image::Image::checksum(reinterpret_cast<const uint8_t*>(image.bytes().data()), header.constants_offset);
  std::memcpy(image.bytes().data(), &header, sizeof(header));
  return tinymlc::Model::from_bytes(image.bytes().data(), image.bytes().size(), flags).status();
}

tinymlc::Status with_word(uint32_t index, int32_t value) {
  return with_record<int32_t>(Table::kWords, index, [=](int32_t& word) { word = value; });
}

TEST(EngineCheck, ComparesOperandsWithParams) {
  EXPECT_TRUE(with_word(0, 1));
  EXPECT_THAT(with_word(0, 2).message, HasSubstr("'dense0': operand 'input' has 20 bytes, the parameters ask for 40"));
  EXPECT_EQ(with_word(0, 2).code, TINYMLC_MALFORMED);
  EXPECT_THAT(with_word(1, 21).message, HasSubstr("operand 'input'"));
  EXPECT_THAT(with_word(2, 0).message, HasSubstr("parameters that no tensor has"));
  EXPECT_THAT(with_word(2, INT32_MAX).message, HasSubstr("operand 'output'"));
}

// Else images of such layers were refused, or read past their constants.
TEST(EngineCheck, KnowsTheConstantsOfEveryLayerOfThisComputer) {
  int layers = 0;
  for (const kernels::ImplementationInfo* implementation : kernels::all_implementations()) {
    if (std::string_view(implementation->isa) != "highway") continue;
    const auto example = program::packed_example(*implementation);
    if (!example) continue;
    const kernels::KernelInfo& kernel = *implementation->kernel;
    const NamedParams p(kernel, example->words);
    size_t blob = 0;
    for (const kernels::BufferInfo& buffer : kernel.buffers) {
      if (buffer.role != kernels::Role::kConstant) continue;
      const std::vector<std::byte>& bytes = example->blobs.at(blob++).bytes;
      EXPECT_EQ(highway_constant_bytes(p, buffer.name), static_cast<int64_t>(bytes.size()))
          << implementation->label() << ", " << buffer.name;
      EXPECT_TRUE(highway_values_hold(p, buffer.name, {reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}))
          << implementation->label() << ", " << buffer.name;
    }
    ++layers;
  }
  EXPECT_GE(layers, 7);
}

TEST(EngineCheck, RefusesNumbersThatNoArithmeticIsDefinedFor) {
  EXPECT_EQ(with_word(3, 128).code, TINYMLC_MALFORMED);
  EXPECT_THAT(with_word(3, 128).message, HasSubstr("'dense0': parameter 'input_zero_point' is 128, the kernel "
                                                   "fully_connected_s8 takes -128 to 127"));
  EXPECT_TRUE(with_word(3, -128));
}

TEST(EngineCheck, RefusesShiftsOfChannelsThatNoWordHas) {
  const auto with_shift = [](int32_t shift) {
    program::Program program = testing::layers(1);
    std::memcpy(&program.constants[1].blob.bytes[8], &shift, sizeof(shift));
    const AlignedBytes image = image_of(program);
    return tinymlc::Model::from_bytes(image.bytes().data(), image.bytes().size()).status();
  };
  EXPECT_TRUE(with_shift(31));
  EXPECT_TRUE(with_shift(-31));
  EXPECT_EQ(with_shift(32).code, TINYMLC_MALFORMED);
  EXPECT_THAT(with_shift(-32).message, HasSubstr("'dense0': constant 'channels' has values that the kernel"));
}

TEST(EngineCheck, ComparesConstantsWithParams) {
  const auto shorter = [](image::Constant& constant) { constant.bytes -= 16; };
  const auto weights = with_record<image::Constant>(Table::kConstants, 2, shorter);
  EXPECT_THAT(weights.message, HasSubstr("'dense1': constant 'weights' has 384 bytes, the parameters ask for 400"));
  const auto channels = with_record<image::Constant>(Table::kConstants, 1, shorter);
  EXPECT_THAT(channels.message, HasSubstr("constant 'channels' has 224 bytes, the parameters ask for 240"));
  EXPECT_TRUE(with_record<image::Constant>(Table::kConstants, 1, shorter, TINYMLC_TRUSTED)) << "it is believed";
}

// By what `applies` says of Params that an image has changed: the kernels whose tensors are `NAME_elements` large.
template <typename Params>
bool applies(const char* kernel, const Params& params) {
  return kernels::find_implementation("portable", kernel)->applies(kernels::to_words(params));
}

TEST(EngineCheck, HoldsCountsToTheElementsOfTensors) {
  const kernels::IirF32::Params filter = {24, 5, 24, 2, 3, 4, 1};
  EXPECT_TRUE(applies("iir_f32", filter));
  kernels::IirF32::Params longer = filter;
  longer.outer = 3;
  EXPECT_FALSE(applies("iir_f32", longer));
  longer = filter, longer.sections = 2;
  EXPECT_FALSE(applies("iir_f32", longer));

  const kernels::BasicLstmStateS16::Params cell = {2, 3, 24, 6, 6};
  EXPECT_TRUE(applies("basic_lstm_state_s16", cell));
  kernels::BasicLstmStateS16::Params wider = cell;
  wider.hidden = 4;
  EXPECT_FALSE(applies("basic_lstm_state_s16", wider));
}

TEST(EngineCheck, HoldsLinesToTheElementsOfTensors) {
  kernels::DftF32::Params lines{};
  lines.input_elements = 16, lines.output_elements = 20, lines.twiddles = 16, lines.length = 8;
  lines.input_parts = 1, lines.output_parts = 2, lines.samples = 8, lines.bins = 5, lines.outer = 2, lines.inner = 1;
  lines.input_strides[0] = 8, lines.input_strides[2] = 1, lines.output_strides[0] = 10, lines.output_strides[2] = 2;
  EXPECT_TRUE(applies("dft_f32", lines));
  for (int32_t* const stride : {&lines.input_strides[0], &lines.input_strides[2], &lines.output_strides[0]}) {
    for (const int32_t other : {*stride + 1, -*stride, INT32_MAX, INT32_MIN}) {
      const int32_t before = std::exchange(*stride, other);
      EXPECT_FALSE(applies("dft_f32", lines)) << other << " in place of " << before;
      *stride = before;
    }
  }
}

TEST(EngineCheck, ProductsOfCountsDoNotWrap) {
  EXPECT_EQ(kernels::product_of(3, int64_t{5}, 7), 105);
  EXPECT_EQ(kernels::product_of(1 << 30, 1 << 30, 16), -1);
  EXPECT_EQ(kernels::product_of(3, 0), -1);
  EXPECT_EQ(kernels::product_of(-3, -3), -1);
}

TEST(EngineCheck, RefusesOperandsOfAnotherKind) {
  const auto change = [](uint32_t operand, image::OperandKind kind) {
    return with_record<image::Operand>(Table::kOperands, operand,
                                       [=](image::Operand& o) { o.kind = static_cast<uint32_t>(kind); })
        .message;
  };
  EXPECT_THAT(change(0, image::OperandKind::kNone), HasSubstr("operand 'input' has the wrong kind"));
  EXPECT_THAT(change(1, image::OperandKind::kBuffer), HasSubstr("operand 'weights' has the wrong kind"));
  EXPECT_THAT(change(3, image::OperandKind::kConstant), HasSubstr("operand 'output' has the wrong kind"));
}

TEST(EngineCheck, ComparesTensorsWithTheirBuffers) {
  const auto longer = with_record<int32_t>(Table::kExtents, 1, [](int32_t& extent) { extent = 21; });
  EXPECT_THAT(longer.message, HasSubstr("tensor 'x' lies outside its buffer"));
  const auto absurd = with_record<int32_t>(Table::kExtents, 1, [](int32_t& extent) { extent = -1; });
  EXPECT_THAT(absurd.message, HasSubstr("tensor 'x'"));
  const auto scales = with_record<image::Tensor>(Table::kTensors, 0, [](image::Tensor& tensor) { tensor.axis = 1; });
  EXPECT_THAT(scales.message, HasSubstr("quantisation of another shape"));
}

TEST(EngineCheck, NamesAKernelWhoseConstantsNobodyKnows) {
  program::Program program = testing::layers(1);
  program.steps[0].implementation = kernels::find_implementation("armv7em", "fully_connected_s8");
  ASSERT_NE(program.steps[0].implementation, nullptr);
  program.regions[0].used_bytes = 192;
  program.buffers.push_back({"scratch", program::Buffer::Kind::kScratch, 64, 0, 128});
  program.steps[0].operands[4] = {program::Operand::Kind::kBuffer, 2};
  const AlignedBytes image = image_of(program);
  const auto status = tinymlc::Model::from_bytes(image.bytes().data(), image.bytes().size()).status();
  EXPECT_EQ(status.code, TINYMLC_UNSUPPORTED);
  EXPECT_THAT(status.message, HasSubstr("armv7em/fully_connected_s8"));
  EXPECT_TRUE(tinymlc::Model::from_bytes(image.bytes().data(), image.bytes().size(), TINYMLC_TRUSTED));
}

TEST(EngineCheck, FollowsTrees) {
  // One tree: the root asks slot 0, and goes on to one of two leaves.
  const auto with_nodes = [](std::vector<uint32_t> nodes) {
    const AlignedBytes image = image_of(testing::tree(std::move(nodes)));
    return tinymlc::Model::from_bytes(image.bytes().data(), image.bytes().size()).status();
  };
  EXPECT_TRUE(with_nodes({7, 1 << 16, 1, 0, 2, 0}));
  EXPECT_THAT(with_nodes({7, 1 << 16, 1, 0}).message, HasSubstr("trees that lead nowhere"));
  EXPECT_THAT(with_nodes({7, 1 << 16 | 1, 1, 0, 2, 0}).message, HasSubstr("lead nowhere")) << "another slot";
  EXPECT_THAT(with_nodes({7, 1 << 16, 1, 1, 2, 0}).message, HasSubstr("lead nowhere")) << "another target";
}

}  // namespace
}  // namespace tmc::engine
