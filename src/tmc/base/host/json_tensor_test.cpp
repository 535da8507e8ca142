// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/json_tensor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc::json {
namespace {

using ::testing::HasSubstr;

template <typename T>
bool reads(const char* text, T& to) {
  const auto json = parse(text);
  EXPECT_TRUE(json.ok()) << text;
  return json.ok() && read(*json, to);
}

TEST(JsonReader, HoldsIntegersToTheirType) {
  int8_t byte = 0;
  EXPECT_TRUE(reads("-128", byte));
  EXPECT_EQ(byte, -128);
  EXPECT_FALSE(reads("128", byte));
  EXPECT_FALSE(reads("1.0", byte));
  EXPECT_FALSE(reads("true", byte));
  int64_t word = 0;
  EXPECT_TRUE(reads("-9223372036854775808", word));
  EXPECT_EQ(word, INT64_MIN);
  EXPECT_FALSE(reads("9223372036854775808", word));
  size_t size = 0;
  EXPECT_FALSE(reads("-1", size));
}

TEST(JsonReader, RoundsNoRealToInfinity) {
  float real = 0;
  EXPECT_TRUE(reads("-3.4028234663852886e38", real));
  EXPECT_EQ(real, std::numeric_limits<float>::lowest());
  EXPECT_FALSE(reads("1e39", real));
  EXPECT_FALSE(reads("-1e39", real));
  EXPECT_FALSE(reads("null", real));
}

TEST(JsonReader, NeedsEveryElementOfAVector) {
  std::vector<int32_t> values;
  EXPECT_TRUE(reads("[1, -2]", values));
  EXPECT_EQ(values, (std::vector{1, -2}));
  EXPECT_FALSE(reads("[1, \"2\"]", values));
  EXPECT_FALSE(reads("1", values));
}

TEST(JsonReader, RefusesTextThatIsNoJson) {
  EXPECT_EQ(parse("{]").status().code(), Error::kMalformed);
  EXPECT_EQ(parse("").status().code(), Error::kMalformed);
  EXPECT_EQ(parse("1e999").status().code(), Error::kMalformed);
}

TEST(JsonTensor, ReadsBackWhatIsWritten) {
  const Quantization quantization{{0.1f, 0.25f}, {-3, 4}, 1};
  const auto json = parse(tensor_json("x", DType::kU16, Shape::of(3, 2), quantization).dump());
  ASSERT_TRUE(json.ok());
  DType dtype{};
  Shape shape;
  Quantization read_back;
  ASSERT_TRUE(read_tensor_type(*json, dtype, shape).ok());
  ASSERT_TRUE(read_quantization(*json, read_back).ok());
  EXPECT_EQ((*json)["name"], "x");
  EXPECT_EQ(dtype, DType::kU16);
  EXPECT_EQ(shape, Shape::of(3, 2));
  EXPECT_EQ(read_back, quantization);
  EXPECT_FALSE(member(tensor_json("x", DType::kF32, Shape(), {}), "quantization"));
}

TEST(JsonTensor, NamesTheMemberThatIsWrong) {
  DType dtype{};
  Shape shape;
  Quantization quantization;
  EXPECT_THAT(read_tensor_type(Value{{"shape", Value::array({1})}}, dtype, shape).text(), HasSubstr("'dtype'"));
  EXPECT_THAT(read_tensor_type(Value{{"dtype", "i8"}, {"shape", 1}}, dtype, shape).text(), HasSubstr("'shape'"));
  EXPECT_THAT(read_quantization(Value{{"quantization", nullptr}}, quantization).text(), HasSubstr("'axis'"));
  EXPECT_TRUE(read_quantization(Value::object(), quantization).ok());
}

}  // namespace
}  // namespace tmc::json
