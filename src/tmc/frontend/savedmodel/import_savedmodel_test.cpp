// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/import_savedmodel.hpp"

#include <gtest/gtest.h>

#include "tmc/frontend/savedmodel/testing/saved_model_files.hpp"

namespace tmc::frontend {
namespace {

using namespace savedmodel;

Result<ir::Graph> load(const ModelFiles& files, const ImportOptions& options = {}) {
  Refusals refusals;
  TMC_ASSIGN(ir::Graph graph, import_savedmodel(files.reader(), options, refusals));
  TMC_TRY(refusals.status());
  return graph;
}
Status refusal_of(const proto::SavedModel& model) {
  return load(files_of(model)).status();
}

proto::GraphDef& graph_of(proto::SavedModel& model) {
  return *model.mutable_meta_graphs(0)->mutable_graph_def();
}
proto::FunctionDef& function_of(proto::SavedModel& model) {
  return *graph_of(model).mutable_library()->mutable_function(0);
}

TEST(ImportSavedModel, GivesTheGraphOfTheSignature) {
  const auto graph = load(files_of(small_model()));
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  ASSERT_EQ(graph->inputs().size(), 1U);
  EXPECT_EQ(graph->value(graph->inputs()[0]).name, "x");
  EXPECT_EQ(graph->value(graph->inputs()[0]).type.shape, Shape::of(1, 3));
  ASSERT_EQ(graph->outputs().size(), 1U);
  EXPECT_EQ(graph->value(graph->outputs()[0]).name, "y");
  EXPECT_EQ(graph->value(graph->outputs()[0]).type.shape, Shape::of(1, 2));
}

TEST(ImportSavedModel, BindsTheBatch) {
  ImportOptions options;
  options.shapes["x"] = Shape::of(4, 3);
  const auto graph = load(files_of(small_model()), options);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(graph->value(graph->outputs()[0]).type.shape, Shape::of(4, 2));
}

TEST(ImportSavedModel, NamesAllThatIsNotSupported) {
  proto::SavedModel model = small_model();
  function_of(model).mutable_node_def(1)->set_op("FancyProduct");
  function_of(model).mutable_node_def(2)->set_op("FancyRelu");
  const Status status = refusal_of(model);
  EXPECT_EQ(status.code(), Error::kUnsupportedOp);
  EXPECT_NE(status.text().find("FancyProduct"), std::string::npos) << status.text();
  EXPECT_NE(status.text().find("FancyRelu"), std::string::npos) << status.text();
}

TEST(ImportSavedModel, RefusesWhatChangesAVariable) {
  proto::SavedModel model = small_model();
  add_node(function_of(model).mutable_node_def(), "count", "AssignAddVariableOp", {"handle", "read:value:0"});
  (*function_of(model).mutable_control_ret())["count"] = "count";
  const Status status = refusal_of(model);
  EXPECT_EQ(status.code(), Error::kUnsupportedOp);
  EXPECT_NE(status.text().find("changes a variable"), std::string::npos) << status.text();
}

TEST(ImportSavedModel, RefusesSignaturesThatAreNotThere) {
  proto::SavedModel model = small_model();
  auto& signatures = *model.mutable_meta_graphs(0)->mutable_signature_def();
  signatures["first"] = signatures["second"] = signatures["serving_default"];
  signatures.erase("serving_default");
  const Status status = refusal_of(model);
  EXPECT_EQ(status.code(), Error::kMalformed);
  EXPECT_NE(status.text().find("first, second"), std::string::npos) << status.text();
}

TEST(ImportSavedModel, RefusesNodesThatDependOnThemselves) {
  proto::SavedModel model = small_model();
  function_of(model).mutable_node_def(1)->set_input(0, "relu:activations:0");
  EXPECT_EQ(refusal_of(model).code(), Error::kMalformed);
}

TEST(ImportSavedModel, RefusesFunctionsThatCallThemselves) {
  proto::SavedModel model = small_model();
  proto::NodeDef& node = *function_of(model).mutable_node_def(2);
  node.set_op("StatefulPartitionedCall");
  node.clear_input();
  node.add_input("x");
  node.add_input("handle");
  (*node.mutable_attr())["f"].mutable_func()->set_name("forward");
  (*function_of(model).mutable_ret())["y"] = "relu:output:0";
  EXPECT_FALSE(load(files_of(model)).ok());
}

// Two calls of each function in the one before it: 2^40 in all.
TEST(ImportSavedModel, RefusesCallsWithoutEnd) {
  proto::SavedModel model = small_model();
  constexpr int kDepth = 40;
  auto& functions = *graph_of(model).mutable_library();
  const auto name = [](int i) { return i == 0 ? std::string("forward") : "f" + std::to_string(i); };
  for (int i = 1; i <= kDepth; ++i) *functions.add_function() = functions.function(0);
  for (int i = 0; i < kDepth; ++i) {
    proto::FunctionDef& function = *functions.mutable_function(i);
    function.mutable_signature()->set_name(name(i));
    function.clear_node_def();
    for (const char* call : {"a", "b"}) {
      proto::NodeDef& node = add_node(function.mutable_node_def(), call, "PartitionedCall", {"x", "handle"});
      (*node.mutable_attr())["f"].mutable_func()->set_name(name(i + 1));
    }
    add_node(function.mutable_node_def(), "sum", "AddV2", {"a:output:0", "b:output:0"});
    (*function.mutable_ret())["y"] = "sum:z:0";
  }
  functions.mutable_function(kDepth)->mutable_signature()->set_name(name(kDepth));
  const Status status = refusal_of(model);
  EXPECT_EQ(status.code(), Error::kUnsupportedShape) << status.text();
}

TEST(ImportSavedModel, RefusesVariablesThatDoNotFitTheirFile) {
  const ModelFiles sound = files_of(small_model());
  const auto with = [&](auto change) {
    ModelFiles files = sound;
    proto::BundleEntryProto entry = small_entry(sound.data);
    change(files, entry);
    if (files.index == sound.index) files.index = index_of(entry);
    return load(files).status().code();
  };
  EXPECT_EQ(with([](ModelFiles&, proto::BundleEntryProto&) {}), Error::kOk);
  EXPECT_EQ(with([](ModelFiles& files, auto&) { files.data[3] ^= 1; }), Error::kMalformed);
  EXPECT_EQ(with([](ModelFiles& files, auto&) { files.data.pop_back(); }), Error::kMalformed);
  EXPECT_EQ(with([](ModelFiles&, auto& entry) { entry.set_offset(1); }), Error::kMalformed);
  EXPECT_EQ(with([](ModelFiles&, auto& entry) { entry.set_offset(-8); }), Error::kMalformed);
  EXPECT_EQ(with([](ModelFiles&, auto& entry) { entry.set_shard_id(1); }), Error::kMalformed);
  EXPECT_EQ(with([](ModelFiles&, auto& entry) { entry.mutable_shape()->mutable_dim(0)->set_size(1LL << 50); }),
            Error::kMalformed);
  EXPECT_EQ(with([](ModelFiles&, auto& entry) { entry.set_dtype(7); }), Error::kUnsupportedType);
  EXPECT_EQ(with([](ModelFiles&, auto& entry) { entry.add_slices(); }), Error::kUnsupportedType);
  EXPECT_EQ(with([](ModelFiles& files, auto& entry) { files.index = index_of(entry, 2); }), Error::kNotFound);
  EXPECT_EQ(with([](ModelFiles& files, auto&) { files.index = table_of({}); }), Error::kMalformed);
}

// Every byte of the index is under a checksum, in the footer or of no meaning: none makes another model of it.
TEST(ImportSavedModel, RefusesADamagedIndex) {
  const ModelFiles sound = files_of(small_model());
  for (size_t i = 0; i < sound.index.size(); ++i) {
    ModelFiles files = sound;
    files.index[i] = static_cast<char>(files.index[i] ^ 0x55);
    const auto graph = load(files);
    EXPECT_TRUE(graph.ok() || graph.status().code() == Error::kMalformed) << graph.status().text();
    files.index = sound.index.substr(0, i);
    EXPECT_EQ(load(files).status().code(), Error::kMalformed);
  }
}

TEST(ImportSavedModel, TakesFrozenGraphs) {
  proto::GraphDef graph;
  proto::NodeDef& x = add_node(graph.mutable_node(), "x", "Placeholder", {});
  (*x.mutable_attr())["dtype"].set_type(1);
  set_extents(*(*x.mutable_attr())["shape"].mutable_shape(), {-1, 3});
  add_node(graph.mutable_node(), "y", "Tanh", {"x"});
  const std::string bytes = graph.SerializeAsString();
  const auto file = std::as_bytes(std::span(bytes));
  ASSERT_TRUE(is_frozen_graph(file));
  Refusals refusals;
  const auto imported = import_frozen_graph(file, {}, refusals);
  ASSERT_TRUE(imported.ok()) << imported.status().text();
  EXPECT_TRUE(refusals.empty()) << refusals.status().text();
  EXPECT_EQ(imported->value(imported->outputs()[0]).type.shape, Shape::of(1, 3));
}

}  // namespace
}  // namespace tmc::frontend
