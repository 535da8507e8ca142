// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: tree ensembles, right ones and such that lead nowhere, back, or to a node twice.

#include "tmc/frontend/onnx/testing/structured_cases.hpp"

namespace tmc::frontend::onnx_format::op_cases {

// A test of feature 1 of three with a leaf on either side, weights 2 and 3 of the leaves for that target.
inline ::onnx::NodeProto& stump(ModelBuilder& m, const char* type, const std::vector<std::string>& outputs,
                                const std::string& target, const Dims& yes = {1, 0, 0}, const Dims& no = {2, 0, 0},
                                const Dims& targets = {0, 0}, const Dims& features = {1, 0, 0}) {
  m.input("x", {2, 3});
  auto& node = ml_op(m, type, {"x"}, outputs);
  ModelBuilder::set(node, "nodes_treeids", Dims{4, 4, 4});
  ModelBuilder::set(node, "nodes_nodeids", Dims{0, 1, 2});
  ModelBuilder::set(node, "nodes_featureids", features);
  ModelBuilder::set(node, "nodes_values", Reals{0.5F, 0, 0});
  ModelBuilder::set(node, "nodes_modes", ModelBuilder::Names{"BRANCH_LT", "LEAF", "LEAF"});
  ModelBuilder::set(node, "nodes_truenodeids", yes);
  ModelBuilder::set(node, "nodes_falsenodeids", no);
  ModelBuilder::set(node, target + "_treeids", Dims{4, 4});
  ModelBuilder::set(node, target + "_nodeids", Dims{1, 2});
  ModelBuilder::set(node, target + "_ids", targets);
  ModelBuilder::set(node, target + "_weights", Reals{2, 3});
  return node;
}

inline ::onnx::NodeProto& stump_classifier(ModelBuilder& m, const Dims& labels, const Dims& targets) {
  auto& node = stump(m, "TreeEnsembleClassifier", {"y", "scores"}, "class", {1, 0, 0}, {2, 0, 0}, targets);
  ModelBuilder::set(node, "classlabels_int64s", labels);
  m.output("scores");
  return node;
}

template <typename T>
void set_tensor(::onnx::NodeProto& node, const char* name, int type, const std::vector<T>& values) {
  auto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(::onnx::AttributeProto::TENSOR);
  attribute.mutable_t()->set_data_type(type);
  attribute.mutable_t()->add_dims(static_cast<int64_t>(values.size()));
  attribute.mutable_t()->set_raw_data(values.data(), values.size() * sizeof(T));
}

// A test of feature 1 with a leaf on either side, in the form of opset 5.
inline ::onnx::NodeProto& newest_stump(ModelBuilder& m, uint8_t mode, const Dims& yes) {
  m.input("x", {2, 3});
  auto& node = ml_op(m, "TreeEnsemble", {"x"}, {"y"});
  ModelBuilder::set(node, "nodes_featureids", Dims{1});
  ModelBuilder::set(node, "nodes_truenodeids", yes);
  ModelBuilder::set(node, "nodes_falsenodeids", Dims{1});
  ModelBuilder::set(node, "nodes_trueleafs", Dims{1});
  ModelBuilder::set(node, "nodes_falseleafs", Dims{1});
  ModelBuilder::set(node, "leaf_targetids", Dims{0, 0});
  ModelBuilder::set(node, "tree_roots", Dims{0});
  set_tensor<uint8_t>(node, "nodes_modes", ::onnx::TensorProto::UINT8, {mode});
  set_tensor<float>(node, "nodes_splits", ::onnx::TensorProto::FLOAT, {0.5F});
  set_tensor<float>(node, "leaf_weights", ::onnx::TensorProto::FLOAT, {2, 3});
  set_tensor<float>(node, "membership_values", ::onnx::TensorProto::FLOAT,
                    {1, 2, std::numeric_limits<float>::quiet_NaN()});
  return node;
}

inline const Case kTreeCases[] = {
    {"ml/TreeEnsembleRegressor", 17, [](ModelBuilder& m) { stump(m, "TreeEnsembleRegressor", {"y"}, "target"); },
     "y_trees: f32[2,1] = tree_ensemble(x, y_nodes, y_thresholds, y_roots, y_weights, y_targets, y_base)\n"
     "y: f32[2,1] = reshape(y_trees) shape=[2,1] @\"TreeEnsembleRegressor:y\"\n"},
    {"ml/TreeEnsembleRegressor.cycle", 17,
     [](ModelBuilder& m) {
       stump(m, "TreeEnsembleRegressor", {"y"}, "target", {0, 0, 0});
     },
     "node 'TreeEnsembleRegressor:y': node 0 is reached from no root: it is part of a cycle"},
    {"ml/TreeEnsembleRegressor.twice", 17,
     [](ModelBuilder& m) {
       stump(m, "TreeEnsembleRegressor", {"y"}, "target", {2, 0, 0});
     },
     "node 'TreeEnsembleRegressor:y': tree 4 has node 2 below two nodes"},
    {"ml/TreeEnsembleRegressor.nowhere", 17,
     [](ModelBuilder& m) {
       stump(m, "TreeEnsembleRegressor", {"y"}, "target", {7, 0, 0});
     },
     "node 'TreeEnsembleRegressor:y': tree 4 has no node 7, to which it leads"},
    {"ml/TreeEnsembleRegressor.target", 17,
     [](ModelBuilder& m) {
       stump(m, "TreeEnsembleRegressor", {"y"}, "target", {1, 0, 0}, {2, 0, 0}, {0, 1});
     },
     "node 'TreeEnsembleRegressor:y': a leaf has a weight for target 1 of 1"},
    {"ml/TreeEnsembleRegressor.feature", 17,
     [](ModelBuilder& m) {
       stump(m, "TreeEnsembleRegressor", {"y"}, "target", {1, 0, 0}, {2, 0, 0}, {0, 0}, {3, 0, 0});
     },
     "node 'TreeEnsembleRegressor:y': it tests feature 3, its input has 3"},
    {"ml/TreeEnsembleClassifier", 17,
     [](ModelBuilder& m) {
       stump_classifier(m, {3, 7}, {0, 0});
     },
     "y_trees: f32[2,1] = tree_ensemble(x, y_nodes, y_thresholds, y_roots, y_weights, y_targets, y_base)\n"
     "y_score: f32[2] = reshape(y_trees) shape=[2]\n"
     "y_is_second: bool[2] = greater(y_score, y_limit)\n"
     "y: i64[2] = where(y_is_second, y_second, y_first) @\"TreeEnsembleClassifier:y\"\n"
     "y_rest_of_one: f32[2,1] = sub(y_one, y_trees)\n"
     "y_both: f32[2,2] = concat(y_rest_of_one, y_trees) axis=1\n"
     "scores: f32[2,2] = reshape(y_both) shape=[2,2] @\"TreeEnsembleClassifier:y\"\n"},
    {"ml/TreeEnsembleClassifier.three", 17,
     [](ModelBuilder& m) {
       ModelBuilder::set(stump_classifier(m, {3, 7, 8}, {0, 2}), "post_transform", std::string("SOFTMAX"));
     },
     "y_trees: f32[2,3] = tree_ensemble(x, y_nodes, y_thresholds, y_roots, y_weights, y_targets, y_base)\n"
     "y_class: i64[2] = arg_max(y_trees) axes=[1]\n"
     "y_label_column: i64[2,1] = reshape(y_class) shape=[2,1]\n"
     "y_label_matches: bool[2,3] = equal(y_label_column, y_label_numbers)\n"
     "y_label_picked: i64[2,3] = where(y_label_matches, y_labels, y_label_zero)\n"
     "y_label: i64[2] = reduce_sum(y_label_picked) axes=[1]\n"
     "y: i64[2] = reshape(y_label) shape=[2] @\"TreeEnsembleClassifier:y\"\n"
     "y_softmax: f32[2,3] = softmax(y_trees) axis=1\n"
     "scores: f32[2,3] = reshape(y_softmax) shape=[2,3] @\"TreeEnsembleClassifier:y\"\n"},
    {"ml/TreeEnsembleClassifier.partial", 17,
     [](ModelBuilder& m) {
       stump_classifier(m, {3, 7}, {0, 1});
     },
     "node 'TreeEnsembleClassifier:y': some of its leaves have weights for one class alone, others for more"},
    {"ml/TreeEnsemble", 17, [](ModelBuilder& m) { newest_stump(m, 0, {0}); },
     "y_trees: f32[2,1] = tree_ensemble(x, y_nodes, y_thresholds, y_roots, y_weights, y_targets, y_base)\n"
     "y: f32[2,1] = reshape(y_trees) shape=[2,1] @\"TreeEnsemble:y\"\n"},
    {"ml/TreeEnsemble.members", 17, [](ModelBuilder& m) { newest_stump(m, 6, {0}); },
     "y_trees: f32[2,1] = tree_ensemble(x, y_nodes, y_thresholds, y_roots, y_weights, y_targets, y_base)\n"
     "y: f32[2,1] = reshape(y_trees) shape=[2,1] @\"TreeEnsemble:y\"\n"},
    {"ml/TreeEnsemble.nowhere", 17, [](ModelBuilder& m) { newest_stump(m, 0, {2}); },
     "node 'TreeEnsemble:y': node 0 leads to leaf 2 of 2"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
