// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/ir/graph.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::ir {
namespace {

const TensorType kVector = {DType::kF32, Shape::of(1, 4)};

TEST(GraphNames, InventedNamesLeaveTheFilesFree) {
  Graph graph;
  const std::vector<std::string> names = {"x", "y", "y_product", "y_product_2"};
  graph.reserve_names(names);
  const ValueId x = graph.add_input("x", kVector);
  EXPECT_EQ(graph.value(x).name, "x");
  const ValueId invented = graph.append("y_product", ops::Relu{}, {x}).value();
  EXPECT_EQ(graph.value(invented).name, "y_product_3");
  const ValueId of_file = graph.append("y_product", ops::Relu{}, {invented}).value();
  graph.name_as_in_file(of_file, "y_product");
  EXPECT_EQ(graph.value(of_file).name, "y_product");
  EXPECT_EQ(graph.find_value("y_product_2"), ValueId::kNone);
  // The name of a tensor that is gone is nobody else's.
  graph.add_output(of_file);
  graph.rename(of_file, "z");
  EXPECT_NE(graph.value(graph.append("y_product", ops::Relu{}, {of_file}).value()).name, "y_product");
}

TEST(GraphNames, ASecondValueOfTheFilesTensorGetsASuffix) {
  Graph graph;
  const std::vector<std::string> names = {"w"};
  graph.reserve_names(names);
  for (const char* expected : {"w", "w_2"}) {
    const ValueId constant = graph.add_constant("w", kVector, TensorData(std::vector<std::byte>(16)));
    graph.name_as_in_file(constant, "w");
    EXPECT_EQ(graph.value(constant).name, expected);
  }
}

TEST(GraphNames, WhatLiesInAnotherLayoutFollowsTheName) {
  Graph graph;
  const ValueId x = graph.add_input("x", kVector);
  const ValueId old = graph.append("a_nhwc", ops::Relu{}, {x}).value();
  graph.value(old).channels_last_of = "a";
  graph.add_output(old);
  const ValueId made = graph.recompute(old, graph.value(old).producer, "again", ops::Relu{}, {x}).value();
  EXPECT_EQ(graph.value(made).name, "a_nhwc");
  EXPECT_EQ(graph.value(made).channels_last_of, "a");
  graph.rename(made, "other");
  EXPECT_EQ(graph.value(made).channels_last_of, "");
}

}  // namespace
}  // namespace tmc::ir
