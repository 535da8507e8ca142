// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: support vector machines.

#include "tmc/frontend/onnx/testing/structured_cases.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline ::onnx::NodeProto& vectors_of(ModelBuilder& m, const char* type, const char* kernel,
                                     const std::vector<std::string>& outputs, size_t count, size_t rows) {
  m.input("x", {2, 3});
  auto& node = ml_op(m, type, {"x"}, outputs);
  ModelBuilder::set(node, "kernel_type", std::string(kernel));
  ModelBuilder::set(node, "kernel_params", Reals{0.5F, 1, 2});
  ModelBuilder::set(node, "support_vectors", Reals(3 * count, 0.25F));
  ModelBuilder::set(node, "coefficients", Reals(rows * count, 0.5F));
  ModelBuilder::set(node, "rho", Reals(rows * (rows + 1) / 2, 0.125F));
  return node;
}

inline const Case kSvmCases[] = {
    {"ml/SVMRegressor", 17,
     [](ModelBuilder& m) {
       ModelBuilder::set(vectors_of(m, "SVMRegressor", "LINEAR", {"y"}, 4, 1), "n_supports", int64_t{4});
     },
     "y_machines: f32[2,1] = fully_connected(x, y_coefficients, y_rho)\n"
     "y: f32[2,1] = reshape(y_machines) shape=[2,1] @\"SVMRegressor:y\"\n"},
    {"ml/SVMRegressor.rbf", 17,
     [](ModelBuilder& m) {
       auto& node = vectors_of(m, "SVMRegressor", "RBF", {"y"}, 4, 1);
       ModelBuilder::set(node, "n_supports", int64_t{4});
       ModelBuilder::set(node, "one_class", int64_t{1});
     },
     "y_each: f32[2,1,3] = reshape(x) shape=[2,1,3]\n"
     "y_difference0: f32[2,4,3] = sub(y_each, y_vectors0)\n"
     "y_distance0: f32[2,4] = reduce_sum_square(y_difference0) axes=[2]\n"
     "y_exponent: f32[2,4] = mul(y_distance0, y_exponent_number)\n"
     "y_kernels: f32[2,4] = exp(y_exponent)\n"
     "y_machines: f32[2,1] = fully_connected(y_kernels, y_coefficients, y_rho)\n"
     "y_is_inside: bool[2,1] = greater(y_machines, y_is_inside_number)\n"
     "y: f32[2,1] = where(y_is_inside, y_inside, y_outside) @\"SVMRegressor:y\"\n"},
    {"ml/SVMClassifier", 17,
     [](ModelBuilder& m) {
       auto& node = vectors_of(m, "SVMClassifier", "POLY", {"label", "y"}, 4, 1);
       ModelBuilder::set(node, "vectors_per_class", Dims{3, 1});
       ModelBuilder::set(node, "classlabels_ints", Dims{0, 1});
     },
     "label_products: f32[2,4] = fully_connected(x, label_vectors)\n"
     "label_scaled: f32[2,4] = mul(label_products, label_scaled_number)\n"
     "label_moved: f32[2,4] = add(label_scaled, label_moved_number)\n"
     "label_square: f32[2,4] = mul(label_moved, label_moved)\n"
     "label_machines: f32[2,1] = fully_connected(label_square, label_coefficients, label_rho)\n"
     "label_opposite: f32[2,1] = neg(label_machines)\n"
     "label_both: f32[2,2] = concat(label_opposite, label_machines) axis=1\n"
     "y: f32[2,2] = reshape(label_both) shape=[2,2] @\"SVMClassifier:label\"\n"},
    {"ml/SVMClassifier.three", 17,
     [](ModelBuilder& m) {
       auto& node = vectors_of(m, "SVMClassifier", "SIGMOID", {"label", "y"}, 4, 2);
       ModelBuilder::set(node, "vectors_per_class", Dims{2, 1, 1});
       ModelBuilder::set(node, "classlabels_ints", Dims{0, 1, 2});
     },
     "label_products: f32[2,4] = fully_connected(x, label_vectors)\n"
     "label_scaled: f32[2,4] = mul(label_products, label_scaled_number)\n"
     "label_moved: f32[2,4] = add(label_scaled, label_moved_number)\n"
     "label_kernels: f32[2,4] = tanh(label_moved)\n"
     "label_kernels0: f32[2,2] = slice(label_kernels) begins=[0,0] sizes=[2,2] steps=[1,1]\n"
     "label_sums0: f32[2,2] = fully_connected(label_kernels0, label_coefficients0)\n"
     "label_kernels1: f32[2,1] = slice(label_kernels) begins=[0,2] sizes=[2,1] steps=[1,1]\n"
     "label_sums1: f32[2,2] = fully_connected(label_kernels1, label_coefficients1)\n"
     "label_kernels2: f32[2,1] = slice(label_kernels) begins=[0,3] sizes=[2,1] steps=[1,1]\n"
     "label_sums2: f32[2,2] = fully_connected(label_kernels2, label_coefficients2)\n"
     "label_parts: f32[2,6] = concat(label_sums0, label_sums1, label_sums2) axis=1\n"
     "label_of_first: f32[2,3] = gather(label_parts) axes=[1] counts=[3] indices=[0,1,3]\n"
     "label_of_second: f32[2,3] = gather(label_parts) axes=[1] counts=[3] indices=[2,4,5]\n"
     "label_pair_sums: f32[2,3] = add(label_of_first, label_of_second)\n"
     "label_pairs: f32[2,3] = add(label_pair_sums, label_rho)\n"
     "y: f32[2,3] = reshape(label_pairs) shape=[2,3] @\"SVMClassifier:label\"\n"},
    {"ml/SVMClassifier.probabilities", 17,
     [](ModelBuilder& m) {
       auto& node = vectors_of(m, "SVMClassifier", "LINEAR", {"label", "y"}, 4, 2);
       ModelBuilder::set(node, "vectors_per_class", Dims{2, 1, 1});
       ModelBuilder::set(node, "classlabels_ints", Dims{0, 1, 2});
       ModelBuilder::set(node, "prob_a", Reals{1, 1, 1});
       ModelBuilder::set(node, "prob_b", Reals{1, 1, 1});
     },
     "label_machines: f32[2,3] = fully_connected(x, label_coefficients, label_rho)\n"
     "label_platt_scaled: f32[2,3] = mul(label_machines, label_platt_a)\n"
     "label_platt_moved: f32[2,3] = add(label_platt_scaled, label_platt_b)\n"
     "label_platt_exponent: f32[2,3] = neg(label_platt_moved)\n"
     "label_platt: f32[2,3] = sigmoid(label_platt_exponent)\n"
     "label_estimates: f32[2,3] = clip(label_platt) min=1e-07 max=0.9999999\n"
     "label_probabilities: f32[2,3] = pairwise_coupling(label_estimates) classes=3\n"
     "y: f32[2,3] = reshape(label_probabilities) shape=[2,3] @\"SVMClassifier:label\"\n"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
