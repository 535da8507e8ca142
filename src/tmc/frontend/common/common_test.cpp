// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/node_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/frontend/common/open_shape.hpp"

namespace tmc::frontend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(NodeOrder, PutsProducersFirstAndKeepsTheRest) {
  const FileNode nodes[] = {{"d", {2, 3}, {4}}, {"a", {0}, {1}}, {"c", {1, -1}, {3}}, {"b", {1}, {2}}};
  const int32_t given[] = {0};
  const auto order = execution_order(nodes, 5, given);
  ASSERT_TRUE(order.ok()) << order.status().text();
  EXPECT_THAT(*order, ElementsAre(1, 2, 3, 0));
}

TEST(NodeOrder, IsLinear) {
  // A chain written backwards: a quadratic search would take minutes.
  constexpr int32_t kNodes = 200000;
  std::vector<FileNode> nodes;
  for (int32_t i = kNodes; i > 0; --i) nodes.push_back({"n", {i - 1}, {i}});
  const int32_t given[] = {0};
  const auto order = execution_order(nodes, kNodes + 1, given);
  ASSERT_TRUE(order.ok()) << order.status().text();
  EXPECT_EQ(order->front(), size_t{kNodes - 1});
  EXPECT_EQ(order->back(), 0u);
}

TEST(NodeOrder, RefusesCycleAndSecondProducer) {
  const FileNode cycle[] = {{"a", {0}, {1}}, {"b", {1, 3}, {2}}, {"c", {2}, {3}}};
  EXPECT_THAT(execution_order(cycle, 4, {}).status().text(), HasSubstr("node 'b': the graph has a cycle"));
  const FileNode self[] = {{"a", {0}, {0}}};
  EXPECT_THAT(execution_order(self, 1, {}).status().text(), HasSubstr("cycle"));
  const FileNode twice[] = {{"a", {}, {1}}, {"b", {}, {1}}};
  EXPECT_THAT(execution_order(twice, 2, {}).status().text(), HasSubstr("node 'b': writes a tensor that node 'a'"));
}

TEST(Constants, BudgetIsKept) {
  ConstantBudget budget;
  EXPECT_TRUE(budget.take(size_t{1} << 30).ok());
  EXPECT_EQ(budget.take(1).code(), Error::kMalformed);
}

TEST(Constants, WhatIsComputedIsBoundedByWhatTheFileHolds) {
  const auto elements = [](size_t count) { return ops::TensorType{DType::kI8, Shape::of(count)}; };
  ConstantBudget budget;
  EXPECT_TRUE(budget.take_computed(elements(ConstantBudget::kFreeElements)).ok());
  EXPECT_EQ(budget.take_computed(elements(1)).code(), Error::kUnsupportedShape);
  EXPECT_TRUE(budget.take(100).ok());
  EXPECT_TRUE(budget.take_computed(elements(100 * ConstantBudget::kElementsAByte)).ok());
  EXPECT_EQ(budget.take_computed(elements(1)).code(), Error::kUnsupportedShape);
}

TEST(ShapeBinder, BindsInputsAndSymbols) {
  const ImportOptions options{.shapes = {{"x", Shape::of(2, 3)}, {"time", Shape::of(5)}}};
  ShapeBinder binder(options);
  binder.declare("x", {.extents = Shape::of(-1, 3), .symbols = {"batch", ""}});
  binder.declare("y", {.extents = Shape::of(7, -1), .symbols = {"", "time"}});
  binder.declare("z", {.extents = Shape::of(4), .symbols = {}});
  EXPECT_EQ(binder.check_names().text(), "ok");
  EXPECT_EQ(binder.bind("x").value(), Shape::of(2, 3));
  EXPECT_EQ(binder.bind("y").value(), Shape::of(7, 5));
  EXPECT_EQ(binder.bind("z").value(), Shape::of(4));
}

TEST(ShapeBinder, RefusesWhatDoesNotFit) {
  const ImportOptions options{.shapes = {{"rank", Shape::of(2)},
                                         {"fixed", Shape::of(2, 4)},
                                         {"a", Shape::of(2, 1)},
                                         {"b", Shape::of(3, 1)},
                                         {"none", Shape::of(1)}}};
  ShapeBinder binder(options);
  for (const char* name : {"rank", "fixed", "open"}) binder.declare(name, {.extents = Shape::of(-1, 3), .symbols = {}});
  for (const char* name : {"a", "b"}) binder.declare(name, {.extents = Shape::of(-1, 1), .symbols = {"N", ""}});
  EXPECT_THAT(binder.check_names().text(), HasSubstr("'none', which is no input"));
  for (const char* name : {"rank", "fixed"}) {
    EXPECT_EQ(binder.bind(name).status().code(), Error::kBadUsage);
    EXPECT_THAT(binder.bind(name).status().text(), HasSubstr("the file has [?, 3]"));
  }
  EXPECT_EQ(binder.bind("open").status().code(), Error::kUnsupportedShape);
  EXPECT_THAT(binder.bind("open").status().text(), HasSubstr("--shape open=1x3"));
  EXPECT_TRUE(binder.bind("a").ok());
  EXPECT_THAT(binder.bind("b").status().text(), HasSubstr("'N' is 2 in input 'a' and 3 in input 'b'"));
}

TEST(ShapeBinder, AnExtentOfZeroIsNotOpen) {
  const ImportOptions options{.shapes = {{"bound", Shape::of(2, 3)}}};
  ShapeBinder binder(options);
  for (const char* name : {"fixed", "bound"}) binder.declare(name, {.extents = Shape::of(0, 3), .symbols = {}});
  EXPECT_EQ(binder.bind("fixed").status().code(), Error::kUnsupportedShape);
  EXPECT_THAT(binder.bind("fixed").status().text(), HasSubstr("the input [0, 3] has no elements"));
  EXPECT_EQ(binder.bind("bound").status().code(), Error::kBadUsage);
  EXPECT_THAT(binder.bind("bound").status().text(), HasSubstr("the file has [0, 3]"));
}

}  // namespace
}  // namespace tmc::frontend
