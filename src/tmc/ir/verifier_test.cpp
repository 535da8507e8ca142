// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/verifier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tmc/ops/functions.hpp"

namespace tmc::ir {
namespace {

using ::testing::HasSubstr;

TensorData zeros(size_t bytes) {
  return TensorData(std::vector<std::byte>(bytes));
}

const TensorType kVector = {DType::kI8, Shape::of(1, 4)};

// x -> add(x, c) -> relu -> y
struct Chain {
  Graph graph;
  ValueId x = graph.add_input("x", kVector, Quantization::per_tensor(0.5f, 3));
  ValueId c = graph.add_constant("c", kVector, zeros(4), Quantization::per_tensor(0.25f, 0));
  ValueId sum = graph.append("sum", ops::Add{}, {x, c}, Quantization::per_tensor(1, -128)).value();
  ValueId y = graph.append("y", ops::Relu{}, {sum}).value();
  Chain() { graph.add_output(y); }

  void expect(Error code, const char* text) const {
    const Status status = verify(graph);
    EXPECT_EQ(status.code(), code) << status.text();
    EXPECT_THAT(status.text(), HasSubstr(text));
  }
};

TEST(Verifier, AcceptsAWellFormedGraph) {
  EXPECT_EQ(verify(Chain().graph).text(), "ok");
}

TEST(Verifier, NamesANodeOfACycle) {
  Chain chain;
  chain.graph.node(chain.graph.value(chain.sum).producer).inputs[1] = chain.y;
  chain.expect(Error::kMalformed, "node 'sum': the graph has a cycle");
}

TEST(Verifier, RefusesANodeBeforeItsProducer) {
  Chain chain;
  const ValueId late = chain.graph.append("late", ops::Relu{}, {chain.x}).value();
  chain.graph.node(chain.graph.value(chain.sum).producer).inputs[1] = late;
  chain.expect(Error::kMalformed, "node 'sum': reads tensor 'late' before it is written");
}

TEST(Verifier, RefusesIdsThatNameNothing) {
  Chain out_of_range;
  out_of_range.graph.node(out_of_range.graph.value(out_of_range.y).producer).inputs[0] = static_cast<ValueId>(99);
  out_of_range.expect(Error::kMalformed, "node 'y': an input has no tensor (id 99)");

  Chain erased;
  erased.graph.erase_value(erased.c);
  erased.expect(Error::kMalformed, "node 'sum': an input is an erased tensor");

  Chain no_output;
  no_output.graph.set_output(0, ValueId::kNone);
  no_output.expect(Error::kMalformed, "a graph output has no tensor");

  Graph empty;
  EXPECT_EQ(verify(empty).code(), Error::kMalformed);
}

TEST(Verifier, RefusesSeveralOrNoOrigins) {
  Chain twice;
  twice.graph.add_node("again", ops::Relu{}, {twice.x}, {twice.sum});
  twice.expect(Error::kMalformed, "tensor 'sum' has two producers");

  Chain constant;
  constant.graph.value(constant.sum).data = zeros(4);
  constant.expect(Error::kMalformed, "tensor 'sum' has two producers");

  Chain dangling;
  dangling.graph.value(dangling.c).data.reset();
  dangling.expect(Error::kMalformed, "tensor 'c' is neither input nor constant");
}

TEST(Verifier, RefusesWrongTypes) {
  Chain shape;
  shape.graph.value(shape.y).type.shape = Shape::of(2, 2);
  shape.expect(Error::kMalformed, "node 'y': output 'y' is i8 [2, 2], operator relu gives i8 [1, 4]");

  Chain bytes;
  bytes.graph.value(bytes.c).data = zeros(5);
  bytes.expect(Error::kMalformed, "node 'c': the constant has 5 bytes, its type asks for 4");

  Chain missing;
  missing.graph.node(missing.graph.value(missing.sum).producer).inputs[1] = ValueId::kNone;
  missing.expect(Error::kMalformed, "node 'sum': input 1 is missing");
}

TEST(Verifier, RefusesZeroSizeAndAbsurdShapes) {
  Chain zero;
  zero.graph.value(zero.x).type.shape = Shape::of(1, 0);
  zero.expect(Error::kUnsupportedShape, "not all positive");

  Chain negative;
  negative.graph.value(negative.x).type.shape = Shape::of(-4, -1);
  negative.expect(Error::kUnsupportedShape, "not all positive");

  Chain absurd;
  absurd.graph.value(absurd.x).type.shape = Shape::of(int64_t{1} << 40, int64_t{1} << 40);
  absurd.expect(Error::kUnsupportedShape, "larger than");

  EXPECT_TRUE(verify_type({DType::kI8, Shape::of(INT32_MAX)}).ok());
  EXPECT_FALSE(verify_type({DType::kI16, Shape::of(INT32_MAX)}).ok());
  EXPECT_TRUE(verify_type({DType::kI64, Shape()}).ok());
}

TEST(Verifier, RefusesNamesThatRepeat) {
  Chain chain;
  chain.graph.value(chain.y).name = "x";
  chain.expect(Error::kMalformed, "two tensors are named 'x'");
  chain.graph.value(chain.y).name = "";
  chain.expect(Error::kMalformed, "no name");
}

TEST(Verifier, ChecksQuantization) {
  const TensorType image = {DType::kI8, Shape::of(2, 3)};
  const float inf = std::numeric_limits<float>::infinity();
  EXPECT_TRUE(verify_quantization(image, {}).ok());
  EXPECT_TRUE(verify_quantization(image, {{1, 2, 3}, {0, 0, 0}, 1}).ok());
  EXPECT_FALSE(verify_quantization(image, {{1, 2, 3}, {0, 0, 0}, 0}).ok()) << "three scales for extent 2";
  EXPECT_FALSE(verify_quantization(image, {{1, 2}, {0}, 0}).ok()) << "zero point missing";
  EXPECT_FALSE(verify_quantization(image, {{1, 2}, {0, 0}, 2}).ok()) << "axis outside";
  EXPECT_FALSE(verify_quantization(image, {{}, {0}, -1}).ok()) << "zero point without scale";
  EXPECT_FALSE(verify_quantization(image, Quantization::per_tensor(0, 0)).ok());
  EXPECT_FALSE(verify_quantization(image, Quantization::per_tensor(inf, 0)).ok());
  EXPECT_FALSE(verify_quantization(image, Quantization::per_tensor(std::nanf(""), 0)).ok());
  EXPECT_FALSE(verify_quantization(image, Quantization::per_tensor(1, 128)).ok());
  EXPECT_TRUE(verify_quantization({DType::kU8, Shape::of(2)}, Quantization::per_tensor(1, 128)).ok());
  EXPECT_FALSE(verify_quantization({DType::kF32, Shape::of(2)}, Quantization::per_tensor(1, 0)).ok());
  EXPECT_FALSE(verify_quantization({DType::kI64, Shape::of(2)}, Quantization::per_tensor(1, 1)).ok());
}

}  // namespace
}  // namespace tmc::ir
