// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "tmc/frontend/savedmodel/importers.hpp"
#include "tmc/frontend/savedmodel/testing/op_cases.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend::savedmodel {
namespace {

Result<ir::Graph> import_case(const proto::GraphDef& graph) {
  const std::string bytes = graph.SerializeAsString();
  Refusals refusals;
  TMC_ASSIGN(ir::Graph imported, import_frozen_graph(std::as_bytes(std::span(bytes)), {}, refusals));
  TMC_TRY(refusals.status());
  return imported;
}

TEST(SavedModelOps, EveryCaseIsImported) {
  for (const OpCase& one : op_cases()) {
    CaseGraph built;
    one.build(built);
    const auto graph = import_case(built.graph);
    EXPECT_TRUE(graph.ok()) << one.op << ": " << graph.status().text();
    EXPECT_TRUE(!graph.ok() || ir::verify(*graph).ok()) << one.op;
  }
}

TEST(SavedModelOps, EveryOperatorHasACase) {
  // Those that read variables, which frozen graphs have not, are in import_savedmodel_test.cpp and tests/savedmodel.
  std::set<std::string, std::less<>> known = {"ReadVariableOp", "ResourceGather", "VarHandleOp", "Variable",
                                              "VariableV2"};
  for (const OpCase& one : op_cases()) known.insert(one.op);
  for (const Family& family : families()) {
    for (const Importer& importer : family.operators()) EXPECT_TRUE(known.contains(importer.op)) << importer.op;
  }
}

// What a file may get wrong: operands that are missing, and attributes that are of another type or out of range.
TEST(SavedModelOps, DamagedCasesAreRefused) {
  for (const OpCase& one : op_cases()) {
    CaseGraph whole;
    one.build(whole);
    for (int node = 0; node < whole.graph.node_size(); ++node) {
      proto::GraphDef graph = whole.graph;
      graph.mutable_node(node)->clear_input();
      static_cast<void>(import_case(graph));
      for (const auto& [name, attribute] : whole.graph.node(node).attr()) {
        graph = whole.graph;
        auto& attributes = *graph.mutable_node(node)->mutable_attr();
        attributes.erase(name);
        static_cast<void>(import_case(graph));
        for (const int64_t number : {INT64_MIN, int64_t{-1}, int64_t{0}, INT64_MAX}) {
          proto::AttrValue& changed = attributes[name];
          changed = attribute;
          if (changed.has_list()) changed.mutable_list()->set_i(0, number);
          if (changed.value_case() == proto::AttrValue::kI) changed.set_i(number);
          if (changed.has_shape() && changed.shape().dim_size() > 0) {
            changed.mutable_shape()->mutable_dim(0)->set_size(number);
          }
          const auto imported = import_case(graph);
          EXPECT_TRUE(imported.ok() || imported.status().code() != Error::kInternal) << imported.status().text();
        }
      }
    }
  }
}

}  // namespace
}  // namespace tmc::frontend::savedmodel
