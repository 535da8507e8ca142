// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators of the domain ai.onnx.ml on rows of features. Their importers are called "ml/Name".

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

using Reals = std::vector<float>;

inline ::onnx::NodeProto& ml_op(ModelBuilder& m, const char* type, const std::vector<std::string>& inputs,
                                const std::vector<std::string>& outputs) {
  auto& node = m.op(type, inputs, outputs);
  node.set_domain("ai.onnx.ml");
  return node;
}

inline ::onnx::NodeProto& linear_classifier(ModelBuilder& m, const Reals& intercepts, const char* post_transform) {
  m.input("x", {2, 3});
  auto& node = ml_op(m, "LinearClassifier", {"x"}, {"label", "y"});
  ModelBuilder::set(node, "coefficients", Reals(3 * intercepts.size(), 0.5F));
  ModelBuilder::set(node, "intercepts", intercepts);
  ModelBuilder::set(node, "post_transform", std::string(post_transform));
  return node;
}

inline const Case kStructuredCases[] = {
    {"ml/LinearRegressor", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       ModelBuilder::set(ml_op(m, "LinearRegressor", {"x"}, {"y"}), "coefficients", Reals{1, 2, 3});
     },
     "y_scores: f32[2,1] = fully_connected(x, y_coefficients)\n"
     "y: f32[2,1] = reshape(y_scores) shape=[2,1] @\"LinearRegressor:y\"\n"},
    {"ml/LinearClassifier", 17,
     [](ModelBuilder& m) {
       ModelBuilder::set(linear_classifier(m, {0, 1}, "SOFTMAX"), "classlabels_ints", ModelBuilder::Dims{0, 1});
     },
     "label_scores: f32[2,2] = fully_connected(x, label_coefficients, label_intercepts)\n"
     "label_softmax: f32[2,2] = softmax(label_scores) axis=1\n"
     "y: f32[2,2] = reshape(label_softmax) shape=[2,2] @\"LinearClassifier:label\"\n"},
    {"ml/LinearClassifier.binary", 17,
     [](ModelBuilder& m) {
       auto& node = linear_classifier(m, {1}, "LOGISTIC");
       ModelBuilder::set(node, "classlabels_ints", ModelBuilder::Dims{3, 7});
       node.set_output(0, "y");
       node.set_output(1, "scores");
       m.output("scores");
     },
     "y_scores: f32[2,1] = fully_connected(x, y_coefficients, y_intercepts)\n"
     "y_score: f32[2] = reshape(y_scores) shape=[2]\n"
     "y_is_second: bool[2] = greater(y_score, y_limit)\n"
     "y: i64[2] = where(y_is_second, y_second, y_first) @\"LinearClassifier:y\"\n"
     "y_logistic: f32[2,1] = sigmoid(y_scores)\n"
     "y_rest_of_one: f32[2,1] = sub(y_one, y_logistic)\n"
     "y_both: f32[2,2] = concat(y_rest_of_one, y_logistic) axis=1\n"
     "scores: f32[2,2] = reshape(y_both) shape=[2,2] @\"LinearClassifier:y\"\n"},
    {"ml/LinearClassifier.labels", 17,
     [](ModelBuilder& m) {
       auto& node = linear_classifier(m, {0, 1}, "NONE");
       ModelBuilder::set(node, "classlabels_ints", ModelBuilder::Dims{3, 7});
       node.set_output(0, "y");
       node.set_output(1, "");
     },
     "y_scores: f32[2,2] = fully_connected(x, y_coefficients, y_intercepts)\n"
     "y_class: i64[2] = arg_max(y_scores) axes=[1]\n"
     "y_label_column: i64[2,1] = reshape(y_class) shape=[2,1]\n"
     "y_label_matches: bool[2,2] = equal(y_label_column, y_label_numbers)\n"
     "y_label_picked: i64[2,2] = where(y_label_matches, y_labels, y_label_zero)\n"
     "y_label: i64[2] = reduce_sum(y_label_picked) axes=[1]\n"
     "y: i64[2] = reshape(y_label) shape=[2] @\"LinearClassifier:y\"\n"},
    {"ml/LinearClassifier.short", 17,
     [](ModelBuilder& m) {
       ModelBuilder::set(linear_classifier(m, {0, 1}, "NONE"), "classlabels_ints", ModelBuilder::Dims{3, 7, 8});
     },
     "node 'LinearClassifier:label': it has 3 labels for 2 rows of coefficients"},
    {"ml/LinearClassifier.softmax_zero", 17,
     [](ModelBuilder& m) {
       ModelBuilder::set(linear_classifier(m, {0, 1}, "SOFTMAX_ZERO"), "classlabels_ints", ModelBuilder::Dims{0, 1});
     },
     "label_scores: f32[2,2] = fully_connected(x, label_coefficients, label_intercepts)\n"
     "label_size: f32[2,2] = abs(label_scores)\n"
     "label_counts: bool[2,2] = greater(label_size, label_counts_number)\n"
     "label_largest: f32[2,1] = reduce_max(label_scores) axes=[1] keep_dims=true\n"
     "label_rest: f32[2,2] = sub(label_scores, label_largest)\n"
     "label_exponential: f32[2,2] = exp(label_rest)\n"
     "label_mirrored: f32[2,1] = neg(label_largest)\n"
     "label_factor: f32[2,1] = exp(label_mirrored)\n"
     "label_zeros: f32[2,2] = mul(label_scores, label_factor)\n"
     "label_parts: f32[2,2] = where(label_counts, label_exponential, label_zeros)\n"
     "label_counted: f32[2,2] = where(label_counts, label_exponential, label_zero)\n"
     "label_sum: f32[2,1] = reduce_sum(label_counted) axes=[1] keep_dims=true\n"
     "label_shares: f32[2,2] = div(label_parts, label_sum)\n"
     "y: f32[2,2] = reshape(label_shares) shape=[2,2] @\"LinearClassifier:label\"\n"},
    {"ml/LinearClassifier.probit", 17,
     [](ModelBuilder& m) {
       ModelBuilder::set(linear_classifier(m, {0, 1}, "PROBIT"), "classlabels_ints", ModelBuilder::Dims{0, 1});
     },
     "label_scores: f32[2,2] = fully_connected(x, label_coefficients, label_intercepts)\n"
     "label_doubled: f32[2,2] = mul(label_scores, label_doubled_number)\n"
     "label_centred: f32[2,2] = sub(label_doubled, label_centred_number)\n"
     "label_above: f32[2,2] = add(label_centred, label_above_number)\n"
     "label_mirrored: f32[2,2] = neg(label_centred)\n"
     "label_below: f32[2,2] = add(label_mirrored, label_below_number)\n"
     "label_product: f32[2,2] = mul(label_below, label_above)\n"
     "label_log: f32[2,2] = log(label_product)\n"
     "label_half: f32[2,2] = mul(label_log, label_half_number)\n"
     "label_v: f32[2,2] = add(label_half, label_v_number)\n"
     "label_scaled: f32[2,2] = mul(label_log, label_scaled_number)\n"
     "label_squared: f32[2,2] = mul(label_v, label_v)\n"
     "label_inner: f32[2,2] = sub(label_squared, label_scaled)\n"
     "label_root: f32[2,2] = sqrt(label_inner)\n"
     "label_rest: f32[2,2] = sub(label_root, label_v)\n"
     "label_size: f32[2,2] = sqrt(label_rest)\n"
     "label_sign: f32[2,2] = sign(label_centred)\n"
     "label_inverse: f32[2,2] = mul(label_sign, label_size)\n"
     "label_probit: f32[2,2] = mul(label_inverse, label_probit_number)\n"
     "y: f32[2,2] = reshape(label_probit) shape=[2,2] @\"LinearClassifier:label\"\n"},
    {"ml/Scaler", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3}, ::onnx::TensorProto::INT64);
       auto& node = ml_op(m, "Scaler", {"x"}, {"y"});
       ModelBuilder::set(node, "offset", Reals{1, 2, 3});
       ModelBuilder::set(node, "scale", Reals{2});
     },
     "y_reals0: f32[2,3] = cast(x)\n"
     "y_centred: f32[2,3] = sub(y_reals0, y_offset)\n"
     "y: f32[2,3] = mul(y_centred, y_scale) @\"Scaler:y\"\n"},
    {"ml/Normalizer", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       ModelBuilder::set(ml_op(m, "Normalizer", {"x"}, {"y"}), "norm", std::string("L2"));
     },
     "y_size: f32[2,1] = reduce_l2(x) axes=[1] keep_dims=true\n"
     "y_is_zero: bool[2,1] = equal(y_size, y_zero)\n"
     "y_divisor: f32[2,1] = where(y_is_zero, y_one, y_size)\n"
     "y: f32[2,3] = div(x, y_divisor) @\"Normalizer:y\"\n"},
    {"ml/Imputer", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       auto& node = ml_op(m, "Imputer", {"x"}, {"y"});
       ModelBuilder::set(node, "imputed_value_floats", Reals{1});
       ModelBuilder::set(node, "replaced_value_float", std::numeric_limits<float>::quiet_NaN());
     },
     "y_missing: bool[2,3] = is_nan(x)\n"
     "y: f32[2,3] = where(y_missing, y_imputed, x) @\"Imputer:y\"\n"},
    {"ml/Binarizer", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       ml_op(m, "Binarizer", {"x"}, {"y"});
     },
     "y_above: bool[2,3] = greater(x, y_threshold)\n"
     "y: f32[2,3] = cast(y_above) @\"Binarizer:y\"\n"},
    {"ml/ArrayFeatureExtractor", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<int64_t>("at", {2}, {2, 0});
       ml_op(m, "ArrayFeatureExtractor", {"x", "at"}, {"y"});
     },
     "y: f32[2,2] = gather(x) axes=[1] counts=[2] indices=[2,0] @\"ArrayFeatureExtractor:y\"\n"},
    {"ml/ArrayFeatureExtractor.labels", 17,
     [](ModelBuilder& m) {
       m.input("at", {2}, ::onnx::TensorProto::INT64);
       m.constant<int64_t>("labels", {3}, {5, 6, 8});
       ml_op(m, "ArrayFeatureExtractor", {"labels", "at"}, {"y"});
     },
     "y_table: i64[3] = reshape(labels) shape=[3]\n"
     "y_found_column: i64[2,1] = reshape(at) shape=[2,1]\n"
     "y_found_matches: bool[2,3] = equal(y_found_column, y_found_numbers)\n"
     "y_found_picked: i64[2,3] = where(y_found_matches, y_table, y_found_zero)\n"
     "y_found: i64[2] = reduce_sum(y_found_picked) axes=[1]\n"
     "y: i64[1,2] = reshape(y_found) shape=[1,2] @\"ArrayFeatureExtractor:y\"\n"},
    {"ml/FeatureVectorizer", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("z", {2, 1}, ::onnx::TensorProto::INT64);
       ml_op(m, "FeatureVectorizer", {"x", "z"}, {"y"});
     },
     "y_reals1: f32[2,1] = cast(z)\n"
     "y: f32[2,4] = concat(x, y_reals1) axis=1 @\"FeatureVectorizer:y\"\n"},
    {"ml/OneHotEncoder", 17,
     [](ModelBuilder& m) {
       m.input("x", {2}, ::onnx::TensorProto::INT64);
       ModelBuilder::set(ml_op(m, "OneHotEncoder", {"x"}, {"y"}), "cats_int64s", ModelBuilder::Dims{4, 5});
     },
     "y_column: i64[2,1] = reshape(x) shape=[2,1]\n"
     "y_matches: bool[2,2] = equal(y_column, y_categories)\n"
     "y: f32[2,2] = cast(y_matches) @\"OneHotEncoder:y\"\n"},
    {"ml/LabelEncoder", 17,
     [](ModelBuilder& m) {
       m.input("x", {2}, ::onnx::TensorProto::INT64);
       auto& node = ml_op(m, "LabelEncoder", {"x"}, {"y"});
       ModelBuilder::set(node, "keys_int64s", ModelBuilder::Dims{4, 5, 4});
       ModelBuilder::set(node, "values_floats", Reals{0.5F, 0.25F, 1});
     },
     "y_value_column: i64[2,1] = reshape(x) shape=[2,1]\n"
     "y_value_matches: bool[2,2] = equal(y_value_column, y_keys)\n"
     "y_value_picked: f32[2,2] = where(y_value_matches, y_values, y_value_zero)\n"
     "y_value: f32[2] = reduce_sum(y_value_picked) axes=[1]\n"
     "y_is_known: bool[2] = reduce_any(y_value_matches) axes=[1]\n"
     "y_or_default: f32[2] = where(y_is_known, y_value, y_default)\n"
     "y: f32[2] = reshape(y_or_default) shape=[2] @\"LabelEncoder:y\"\n"},
    {"ml/ZipMap", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       ModelBuilder::set(ml_op(m, "ZipMap", {"x"}, {"y"}), "classlabels_int64s", ModelBuilder::Dims{0, 1, 2});
     },
     "y: f32[2,3] = reshape(x) shape=[2,3] @\"ZipMap:y\"\n"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
