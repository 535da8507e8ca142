// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/read_description.hpp"

#include <gtest/gtest.h>

#include "tmc/custom/load.hpp"
#include "tmc/custom/testing/small_description.hpp"

namespace tmc::custom {
namespace {

Description description_of(const std::map<std::string, std::string>& changed = {}) {
  auto parsed = parse(testing::yaml_of(changed), ".");
  EXPECT_TRUE(parsed.ok()) << parsed.status().text();
  return parsed.ok() ? parsed->front() : Description();
}

std::string refusal_of(const std::map<std::string, std::string>& changed) {
  const auto parsed = parse(testing::yaml_of(changed), ".");
  EXPECT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.status().code(), Error::kMalformed);
  return parsed.status().message();
}

void expect_refused(const std::map<std::string, std::string>& changed, const std::string& says) {
  const std::string said = refusal_of(changed);
  EXPECT_NE(said.find(says), std::string::npos) << said;
}

Result<Instance> instantiated(const Description& description, const std::vector<ops::TensorType>& types,
                              const ops::CustomValues& values) {
  std::vector<const ops::TensorType*> inputs;
  for (const ops::TensorType& type : types) inputs.push_back(&type);
  return instantiate(description, values, {inputs});
}

TEST(Description, ReadsADescription) {
  const Description read = description_of({{"scratch", "4 * c"}, {"in_place", "x"}, {"params", "dsp::PoolParams"}});
  EXPECT_EQ(read.onnx_domain, "com.example");
  EXPECT_EQ(read.onnx_type, "Pool");
  EXPECT_EQ(read.in_place, std::optional<size_t>(0));
  std::vector<std::string> arguments;
  for (const Argument& argument : read.arguments) arguments.push_back(argument.name);
  EXPECT_EQ(arguments,
            (std::vector<std::string>{"x", "y", "scratch", "n", "h", "w", "c", "stride", "taps_0", "taps_1"}));
}

TEST(Description, EvaluatesShapes) {
  const auto instance = instantiated(description_of(), {{DType::kF32, Shape::of(1, 9, 4, 3)}}, {{2}, {0.5, 1}});
  ASSERT_TRUE(instance.ok()) << instance.status().text();
  EXPECT_EQ(instance->outputs.front().shape, Shape::of(1, 4, 2, 3));
}

TEST(Description, RefusesOtherInputs) {
  const Description description = description_of();
  const auto refuses = [&](const ops::TensorType& type, const ops::CustomValues& values, const std::string& says) {
    const auto instance = instantiated(description, {type}, values);
    ASSERT_FALSE(instance.ok());
    EXPECT_NE(instance.status().message().find(says), std::string::npos) << instance.status().text();
  };
  refuses({DType::kI8, Shape::of(1, 9, 4, 3)}, {{2}, {0, 0}}, "'x' is i8, the description says f32");
  refuses({DType::kF32, Shape::of(9, 4, 3)}, {{2}, {0, 0}}, "is [9, 4, 3], the description says rank 4");
  refuses({DType::kF32, Shape::of(1, 9, 4, 3)}, {{0}, {0, 0}}, "divides 9 by zero");
  refuses({DType::kF32, Shape::of(1, 9, 4, 3)}, {{-1}, {0, 0}}, "'h // stride' gives -9 for an extent");
  refuses({DType::kF32, Shape::of(1, 1, 4, 3)}, {{2}, {0, 0}}, "gives 0 for an extent");
  EXPECT_FALSE(instantiated(description, {}, {{2}, {0, 0}}).ok());
}

TEST(Description, BoundsOutputs) {
  const auto refuses = [](const std::string& shape, const std::string& says) {
    const Description description = description_of({{"outputs", "[{name: y, dtype: f32, shape: " + shape + "}]"}});
    const auto instance = instantiated(description, {{DType::kF32, Shape::of(1, 9, 4, 3)}}, {{2}, {0, 0}});
    ASSERT_FALSE(instance.ok());
    EXPECT_NE(instance.status().message().find(says), std::string::npos) << instance.status().text();
  };
  refuses("[h * 1000000000000]", "gives 9000000000000 for an extent");
  refuses("[100000 * h, 100000]", "would have more than 2147483647 bytes");
  refuses("[\"9223372036854775807 * h\"]", "64 bits do not hold");
}

TEST(Description, ComparesExtentsThatAreGivenTwice) {
  const Description description =
      description_of({{"inputs", "[{name: x, dtype: f32, shape: [n, m]}, {name: z, dtype: i8, shape: [m, n + 1, 2]}]"},
                      {"outputs", "[{name: y, dtype: f32, shape: [n]}]"}});
  const auto of = [&](const Shape& second) {
    return instantiated(description, {{DType::kF32, Shape::of(4, 5)}, {DType::kI8, second}}, {{2}, {0, 0}});
  };
  EXPECT_TRUE(of(Shape::of(5, 5, 2)).ok());
  EXPECT_FALSE(of(Shape::of(4, 5, 2)).ok());
  EXPECT_EQ(of(Shape::of(5, 4, 2)).status().message(),
            "its input 'z' is [5, 4, 2]; axis 1 should be n + 1, which is 5");
  EXPECT_FALSE(of(Shape::of(5, 5, 3)).ok());
}

TEST(Description, SaysEverythingThatIsWrong) {
  const std::string said = refusal_of({{"header", "../pool.hpp"},
                                       {"function", "dsp::pool(); system"},
                                       {"colour", "red"},
                                       {"outputs", "[{name: y, dtype: f64, shape: [n, depth]}]"}});
  for (const char* part :
       {"key 'header' should be a path below", "key 'function' should be a name", "unknown key 'colour'",
        "has the dtype 'f64': choose f32, i8, i16 or i32", "'depth' is neither"}) {
    EXPECT_NE(said.find(part), std::string::npos) << part << " is not in " << said;
  }
  EXPECT_NE(said.find("things are wrong:\n  operators[0] 'pool', outputs[0] "), std::string::npos) << said;
}

TEST(Description, RefusesWhatNoCodeCanBeMadeOf) {
  expect_refused({{"name", "a b"}}, "needs a 'name' that is an identifier");
  expect_refused({{"name", "class"}}, "needs a 'name' that is an identifier");
  expect_refused({{"onnx", ""}}, "has neither 'onnx: DOMAIN:OP_TYPE' nor 'tflite: NAME'");
  expect_refused({{"onnx", "'com:'"}}, "key 'onnx' should be DOMAIN:OP_TYPE");
  expect_refused({{"header", "/etc/passwd"}}, "key 'header'");
  expect_refused({{"header", "'a\"b.hpp'"}}, "key 'header'");
  expect_refused({{"params", "Pool{}"}}, "key 'params'");
  expect_refused({{"inputs", "[]"}}, "has 0 inputs");
  expect_refused({{"inputs", "3"}}, "key 'inputs' is no list");
  expect_refused({{"outputs", ""}}, "has 0 outputs");
  expect_refused({{"oracle", "oracle.py"}}, "key 'oracle' should be FILE.py:FUNCTION");
  expect_refused({{"oracle", "nowhere.py:pool"}}, "which is not beside this file");
}

TEST(Description, RefusesNamesThatMeanNothingOrTwoThings) {
  expect_refused({{"scratch", "4 * depth"}}, "'depth' is neither an extent");
  expect_refused({{"scratch", "4 * taps"}}, "'taps' is neither an extent");
  expect_refused({{"scratch", "[1]"}}, "neither a number nor an expression");
  expect_refused({{"in_place", "y"}}, "key 'in_place' should be an input");
  expect_refused({{"outputs", "[{name: x, dtype: f32, shape: [n]}]"}}, "two things named 'x'");
  expect_refused({{"outputs", "[{name: n, dtype: f32, shape: [n]}]"}}, "two things named 'n'");
  expect_refused({{"attributes", "[{name: stride, type: int}, {name: stride, type: float}]"}}, "named 'stride'");
}

TEST(Description, RefusesAttributesThatNothingIs) {
  const auto refuses = [](const std::string& attribute, const std::string& says) {
    expect_refused({{"attributes", "[{name: stride, type: int}, {name: a, " + attribute + "}]"}}, says);
  };
  refuses("type: string", "choose int or float");
  expect_refused({{"attributes", "[{type: int}]"}}, "lacks the key 'name'");
  expect_refused({{"attributes", "[{name: min, type: int, count: 2}]"}}, "two things named 'min'");
  refuses("type: int, count: 0", "key 'count' should be a whole number from 1 to 64");
  refuses("type: int, count: 1000000", "key 'count'");
  refuses("type: int, min: 3, max: 2", "'min' and 'max' that leave no number");
  refuses("type: int, max: 1.0e20", "that its type does not hold");
  refuses("type: int, default: 1.5", "key 'default' should be a number");
  refuses("type: int, min: 0, default: -1", "key 'default' should be a number");
  refuses("type: float, count: 2, default: [1]", "key 'default' should be 2 numbers");
  refuses("type: float, count: 2, default: 1", "key 'default' is not of its type");
}

TEST(Description, RefusesArgumentsThatAreNotThere) {
  expect_refused({{"arguments", "[x, y, z]"}}, "'z' is neither");
  expect_refused({{"arguments", "[x]"}}, "does not pass 'y'");
  expect_refused({{"arguments", "[x, x, y]"}}, "passes 'x' twice");
  expect_refused({{"arguments", "[x, y, scratch]"}}, "has no key 'scratch'");
  expect_refused({{"arguments", "[x, y, x.scale]"}}, "only ports of integers have .scale and .zero_point");
  expect_refused({{"arguments", "[x, y, 'n; n']"}}, "is no expression");
}

TEST(Description, RefusesFilesThatAreNone) {
  for (const char* text : {"", "3", "[]", "operators: 3", "operators: []", "operators: [3]", "other: 1",
                           "operators: &a [*a]", "{", "\xff\xfe"}) {
    EXPECT_FALSE(parse(text, ".").ok()) << text;
  }
  EXPECT_FALSE(parse(std::string(2 << 20, ' '), ".").ok());
  std::string many = "operators:\n";
  for (int i = 0; i < 300; ++i) many += "  - {name: a}\n";
  EXPECT_NE(parse(many, ".").status().message().find("has 300 operators"), std::string::npos);
}

}  // namespace
}  // namespace tmc::custom
