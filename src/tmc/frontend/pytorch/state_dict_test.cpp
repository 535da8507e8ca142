// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/pytorch/state_dict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/frontend/pytorch/testing/state_dict_builder.hpp"

namespace tmc::frontend::pytorch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Status refusal(const std::string& file) {
  return StateDict::parse(as_file(file)).status();
}

// A dictionary of one entry "t", made by what `build` adds.
template <typename Build>
std::string file_with(Build build, const std::string& storage = "12345678") {
  PickleBuilder p;
  p.begin().word("t");
  build(p);
  return archive_of({{"m/data.pkl", p.end()}, {"m/data/0", storage}});
}

TEST(StateDict, ReadsTensorsNumbersAndPackedLayers) {
  const std::string file = small_state_file();
  const auto state = StateDict::parse(as_file(file));
  ASSERT_TRUE(state.ok()) << state.status().text();
  std::vector<std::string> names;
  for (const StateTensor& tensor : state->tensors()) names.push_back(tensor.name);
  EXPECT_THAT(names,
              ElementsAre("quant.scale", "quant.zero_point", "fc.scale", "fc.zero_point", "fc.weight", "fc.bias"));
  EXPECT_EQ(state->number("quant.scale"), 0.5);
  EXPECT_EQ(state->number("quant.zero_point"), 128);
  EXPECT_EQ(state->number("fc.scale"), 0.25);
  EXPECT_EQ(state->number("fc.bias"), std::nullopt);
  EXPECT_EQ(state->find("fc"), nullptr);
  const StateTensor& weights = *state->find("fc.weight");
  EXPECT_EQ(weights.type, (ops::TensorType{DType::kI8, Shape::of(2, 2)}));
  EXPECT_EQ(weights.quantization, Quantization::per_tensor(0.125F, 0));
  EXPECT_THAT(weights.data.to_vector<int8_t>(), ElementsAre(1, 2, -3, 4));
  EXPECT_THAT(state->find("fc.bias")->data.to_vector<float>(), ElementsAre(0.5F, -1));
}

TEST(StateDict, ReadsScalesAlongAnAxisAndShiftsUnsignedIntegers) {
  PickleBuilder p;
  p.begin().word("w").global("torch._utils", "_rebuild_qtensor").raw("(").elements("QUInt8Storage", "0", {2, 1});
  p.raw("(").global("torch", "per_channel_affine").tensor("DoubleStorage", "1", {2}).tensor("LongStorage", "2", {2});
  p.integer(0).raw("t\x89").global("collections", "OrderedDict").raw(")RtR");
  const std::string file = archive_of({{"data.pkl", p.end()},
                                       {"data/0", std::string("\x00\xFF", 2)},
                                       {"data/1", little_endian(0.5) + little_endian(0.25)},
                                       {"data/2", little_endian(int64_t{128}) + little_endian(int64_t{0})}});
  const auto state = StateDict::parse(as_file(file));
  ASSERT_TRUE(state.ok()) << state.status().text();
  const StateTensor& weights = *state->find("w");
  EXPECT_THAT(weights.data.to_vector<int8_t>(), ElementsAre(-128, 127));
  EXPECT_EQ(weights.quantization, (Quantization{{0.5F, 0.25F}, {0, -128}, 0}));
}

TEST(StateDict, GathersWhatLiesWithStrides) {
  const std::string file = file_with(
      [](PickleBuilder& p) {
        p.global("torch._utils", "_rebuild_tensor_v2").raw("((").word("storage").global("torch", "CharStorage");
        p.word("0").word("cpu").integer(8).raw("tQ").integer(1).integers({2, 3}).integers({1, 2}).raw("tR");
      },
      std::string("\x00\x01\x02\x03\x04\x05\x06\x07", 8));
  const auto state = StateDict::parse(as_file(file));
  ASSERT_TRUE(state.ok()) << state.status().text();
  EXPECT_THAT(state->find("t")->data.to_vector<int8_t>(), ElementsAre(1, 3, 5, 2, 4, 6));
}

TEST(StateDict, TakesTheDictionaryOutOfACheckpoint) {
  PickleBuilder p;
  p.begin().word("epoch").integer(3).word("state_dict");
  p.global("collections", "OrderedDict").raw(")R(").word("a").integer(7).raw("u");
  const auto state = StateDict::parse(as_file(archive_of({{"x/data.pkl", p.end()}})));
  ASSERT_TRUE(state.ok()) << state.status().text();
  ASSERT_EQ(state->tensors().size(), 1U);
  EXPECT_EQ(state->number("a"), 7);
}

TEST(StateDict, RefusesATensorThatLeavesItsStorage) {
  const auto tensor = [](std::vector<int32_t> shape) {
    return [shape](PickleBuilder& p) { p.tensor("FloatStorage", "0", shape); };
  };
  EXPECT_TRUE(refusal(file_with(tensor({2}))).ok());
  EXPECT_THAT(refusal(file_with(tensor({3}))).text(),
              HasSubstr("'t': its tensor is damaged: its elements leave its storage"));
  EXPECT_EQ(refusal(file_with(tensor({3}))).code(), Error::kMalformed);
  EXPECT_THAT(refusal(file_with(tensor({0}))).text(), HasSubstr("empty"));
  EXPECT_THAT(refusal(file_with(tensor({-1}))).text(), HasSubstr("empty"));
  EXPECT_THAT(refusal(file_with(tensor({1 << 30, 1 << 30, 1 << 30}))).text(), HasSubstr("leave its storage"));
  EXPECT_THAT(refusal(file_with(tensor(std::vector<int32_t>(9, 1)))).text(), HasSubstr("too high a rank"));
}

// Many elements over few bytes: what memory may be taken for is limited.
TEST(StateDict, RefusesATensorThatRepeatsItsBytesWithoutEnd) {
  const std::string file = file_with([](PickleBuilder& p) {
    p.global("torch._utils", "_rebuild_tensor_v2").raw("((").word("storage").global("torch", "FloatStorage");
    p.word("0").word("cpu").integer(2).raw("tQ").integer(0).integers({1 << 20, 1 << 12}).integers({0, 0}).raw("tR");
  });
  EXPECT_EQ(refusal(file).code(), Error::kMalformed);
}

TEST(StateDict, RefusesWrongScales) {
  for (const double scale : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), 1e300}) {
    const Status status = refusal(file_with([&](PickleBuilder& p) { p.quantized("0", {2}, scale, 0); }));
    EXPECT_THAT(status.text(), HasSubstr("not finite and positive")) << scale;
  }
  EXPECT_THAT(refusal(file_with([](PickleBuilder& p) { p.quantized("0", {2}, 1, 300); })).text(),
              HasSubstr("zero point 300 is outside"));
}

TEST(StateDict, RefusesWhatIsNoStateDictionary) {
  EXPECT_THAT(refusal("\x80\x02}q\x01.").text(), HasSubstr("no archive as torch.save writes it"));
  EXPECT_THAT(refusal(archive_of({{"m/weights", ""}})).text(), HasSubstr("holds no data.pkl"));
  EXPECT_THAT(refusal(file_with([](PickleBuilder& p) { p.integers({1}); })).text(),
              HasSubstr("'t': the entry is no tensor"));
  EXPECT_THAT(refusal(archive_of({{"m/data.pkl", "\x80\x02K\x01."}})).text(), HasSubstr("holds no dictionary"));
  EXPECT_THAT(refusal(file_with([](PickleBuilder& p) { p.tensor("ComplexFloatStorage", "0", {1}); })).text(),
              HasSubstr("'torch.ComplexFloatStorage'"));
  EXPECT_THAT(refusal(file_with([](PickleBuilder& p) { p.tensor("FloatStorage", "9", {1}); })).text(),
              HasSubstr("'m/data/9' is missing"));
}

TEST(StateDict, EveryCutAndEveryChangedByteIsRefusedOrRead) {
  const std::string file = small_state_file();
  for (size_t size = 0; size < file.size(); ++size) {
    EXPECT_FALSE(StateDict::parse(as_file(file.substr(0, size))).ok()) << size;
  }
  for (size_t at = 0; at < file.size(); ++at) {
    for (const int change : {1, 0x80, 0xFF}) {
      std::string changed = file;
      changed[at] = static_cast<char>(changed[at] ^ change);
      const Status status = refusal(changed);
      EXPECT_TRUE(status.ok() || !status.message().empty()) << at;
    }
  }
}

}  // namespace
}  // namespace tmc::frontend::pytorch
