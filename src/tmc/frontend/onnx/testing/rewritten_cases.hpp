// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators that become several of the graph's, and those that are computed on import.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const Case kRewrittenCases[] = {
    {"Max.three", 17,
     [](ModelBuilder& m) {
       for (const char* name : {"a", "b", "c"}) m.input(name, {3});
       m.op("Max", {"a", "b", "c"}, {"y"});
     },
     "y_join1: f32[3] = max(a, b)\n"
     "y: f32[3] = max(y_join1, c) @\"Max:y\"\n"},
    {"Sum", 17,
     [](ModelBuilder& m) {
       m.input("a", {3});
       m.op("Sum", {"a", "a"}, {"y"});
     },
     "y: f32[3] = add(a, a) @\"Sum:y\"\n"},
    {"Mean", 17,
     [](ModelBuilder& m) {
       m.input("a", {3});
       m.input("b", {3});
       m.op("Mean", {"a", "b"}, {"y"});
     },
     "y_sum1: f32[3] = add(a, b)\n"
     "y: f32[3] = mul(y_sum1, y_share) @\"Mean:y\"\n"},
    {"PRelu", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 3});
       m.constant<float>("slope", {2, 1}, {0.5f, 0.25f});
       m.op("PRelu", {"x", "slope"}, {"y"});
     },
     "y_positive: f32[1,2,3] = relu(x)\n"
     "y_negative: f32[1,2,3] = clip(x) min=-3.4028234663852886e+38 max=0.0\n"
     "y_scaled: f32[1,2,3] = mul(y_negative, slope)\n"
     "y: f32[1,2,3] = add(y_positive, y_scaled) @\"PRelu:y\"\n"},
    {"HardSigmoid", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("HardSigmoid", {"x"}, {"y"});
     },
     "y_product: f32[3] = mul(x, y_alpha)\n"
     "y_sum: f32[3] = add(y_product, y_beta)\n"
     "y: f32[3] = clip(y_sum) max=1.0 @\"HardSigmoid:y\"\n"},
    {"Swish", 24,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Swish", {"x"}, {"y"});
     },
     "y_scaled: f32[3] = mul(x, y_alpha)\n"
     "y_gate: f32[3] = sigmoid(y_scaled)\n"
     "y: f32[3] = mul(x, y_gate) @\"Swish:y\"\n"},
    {"Reciprocal", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Reciprocal", {"x"}, {"y"});
     },
     "y: f32[3] = div(y_one, x) @\"Reciprocal:y\"\n"},
    {"Pow", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("p", 2);
       m.op("Pow", {"x", "p"}, {"y"});
     },
     "y: f32[3] = mul(x, x) @\"Pow:y\"\n"},
    {"Pow.odd", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("p", 2.5f);
       m.op("Pow", {"x", "p"}, {"y"});
     },
     "y: f32[3] = pow(x, p) @\"Pow:y\"\n"},
    {"Pow.inverse_root", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("p", -0.5f);
       m.op("Pow", {"x", "p"}, {"y"});
     },
     "y_root: f32[3] = sqrt(x)\n"
     "y: f32[3] = div(y_one, y_root) @\"Pow:y\"\n"},
    {"ReduceSum", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.constant<int64_t>("axes", {2}, {1, -1});
       ModelBuilder::set(m.op("ReduceSum", {"x", "axes"}, {"y"}), "keepdims", int64_t{0});
     },
     "y: f32[2] = reduce_sum(x) axes=[1,-1] @\"ReduceSum:y\"\n"},
    {"Cast.half_weights", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2});
       auto& w = *m.graph().add_initializer();
       w.set_name("w");
       w.set_data_type(::onnx::TensorProto::FLOAT16);
       w.add_dims(2);
       w.add_dims(1);
       for (const int bits : {0x3C00, 0xC000}) w.add_int32_data(bits);
       ModelBuilder::set(m.op("Cast", {"w"}, {"w32"}), "to", int64_t{::onnx::TensorProto::FLOAT});
       m.op("MatMul", {"x", "w32"}, {"y"});
     },
     "w32_f32: f32[2,1] = dequantize(w32)\n"
     "y_weights_dequantize: f32[1,2] = dequantize(y_weights)\n"
     "y: f32[1,1] = fully_connected(x, y_weights_dequantize) @\"MatMul:y\"\n"},
    {"Cast", 17,
     [](ModelBuilder& m) {
       m.input("x", {3}, ::onnx::TensorProto::INT32);
       ModelBuilder::set(m.op("Cast", {"x"}, {"y"}), "to", int64_t{::onnx::TensorProto::FLOAT});
     },
     "y: f32[3] = cast(x) @\"Cast:y\"\n"},
    {"Shape", 15,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.op("Shape", {"x"}, {"all"});
       m.scalar<int64_t>("zero", 0);
       m.op("Gather", {"all", "zero"}, {"batch"});
       m.constant<int64_t>("axes", {1}, {0});
       m.op("Unsqueeze", {"batch", "axes"}, {"first"});
       m.constant<int64_t>("rest", {1}, {-1});
       ModelBuilder::set(m.op("Concat", {"first", "rest"}, {"to"}), "axis", int64_t{0});
       m.op("Reshape", {"x", "to"}, {"y"});
     },
     "y: f32[2,12] = reshape(x) shape=[2,-1] @\"Reshape:y\"\n"},
    {"Size", 15,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.op("Size", {"x"}, {"n"});
       m.constant<int64_t>("axes", {1}, {0});
       m.op("Unsqueeze", {"n", "axes"}, {"to"});
       m.op("Reshape", {"x", "to"}, {"y"});
     },
     "y: f32[24] = reshape(x) shape=[24] @\"Reshape:y\"\n"},
    {"ConstantOfShape", 15,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<int64_t>("rank", {1}, {1});
       auto& attribute = *m.op("ConstantOfShape", {"rank"}, {"to"}).add_attribute();
       attribute.set_name("value");
       attribute.set_type(::onnx::AttributeProto::TENSOR);
       attribute.mutable_t()->set_data_type(::onnx::TensorProto::INT64);
       attribute.mutable_t()->add_dims(1);
       attribute.mutable_t()->add_int64_data(6);
       m.op("Reshape", {"x", "to"}, {"y"});
     },
     "y: f32[6] = reshape(x) shape=[6] @\"Reshape:y\"\n"},
    {"Range", 15,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 3});
       m.scalar<int64_t>("start", 3);
       m.scalar<int64_t>("end", 0);
       m.scalar<int64_t>("step", -1);
       m.op("Range", {"start", "end", "step"}, {"to"});
       m.op("Reshape", {"x", "to"}, {"y"});
     },
     "y: f32[3,2,1] = reshape(x) shape=[3,2,1] @\"Reshape:y\"\n"},
    {"Sqrt", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<float>("c", {2}, {9, 4});
       m.op("Sqrt", {"c"}, {"f"});
       ModelBuilder::set(m.op("Cast", {"f"}, {"to"}), "to", int64_t{::onnx::TensorProto::INT64});
       m.op("Reshape", {"x", "to"}, {"y"});
     },
     "y: f32[3,2] = reshape(x) shape=[3,2] @\"Reshape:y\"\n"},
    {"Floor", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<float>("c", {2}, {3.5f, 2.5f});
       m.op("Floor", {"c"}, {"f"});
       ModelBuilder::set(m.op("Cast", {"f"}, {"to"}), "to", int64_t{::onnx::TensorProto::INT64});
       m.op("Reshape", {"x", "to"}, {"y"});
     },
     "y: f32[3,2] = reshape(x) shape=[3,2] @\"Reshape:y\"\n"},
    {"Ceil", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<float>("c", {2}, {2.5f, 1.5f});
       m.op("Ceil", {"c"}, {"f"});
       ModelBuilder::set(m.op("Cast", {"f"}, {"to"}), "to", int64_t{::onnx::TensorProto::INT64});
       m.op("Reshape", {"x", "to"}, {"y"});
     },
     "y: f32[3,2] = reshape(x) shape=[3,2] @\"Reshape:y\"\n"},
    {"Exp", 13,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Exp", {"x"}, {"y"});
     },
     "y: f32[3] = exp(x) @\"Exp:y\"\n"},
    {"Erf", 13,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Erf", {"x"}, {"y"});
     },
     "y: f32[3] = erf(x) @\"Erf:y\"\n"},
    {"Sqrt.run_time", 13,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Sqrt", {"x"}, {"y"});
     },
     "y: f32[3] = sqrt(x) @\"Sqrt:y\"\n"},
    {"Gelu", 20,
     [](ModelBuilder& m) {
       m.input("x", {3});
       ModelBuilder::set(m.op("Gelu", {"x"}, {"y"}), "approximate", std::string("tanh"));
     },
     "y: f32[3] = gelu(x) by_tanh=true @\"Gelu:y\"\n"},
    {"Gelu.unknown", 20,
     [](ModelBuilder& m) {
       m.input("x", {3});
       ModelBuilder::set(m.op("Gelu", {"x"}, {"y"}), "approximate", std::string("guess"));
     },
     "node 'Gelu:y': approximate is 'guess'"},
    {"LayerNormalization", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<float>("s", {3}, {1, 2, 3});
       m.constant<float>("b", {3}, {4, 5, 6});
       m.op("LayerNormalization", {"x", "s", "b"}, {"y"});
     },
     "y: f32[2,3] = layer_norm(x, s, b) @\"LayerNormalization:y\"\n"},
    {"LayerNormalization.mean_is_read", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<float>("s", {3}, {1, 2, 3});
       m.op("LayerNormalization", {"x", "s"}, {"y", "m"});
       m.op("Relu", {"m"}, {"z"});
     },
     "m: f32[2,1] = mean(x) axes=[1] keep_dims=true @\"LayerNormalization:y\"\n"
     "y_centred: f32[2,3] = sub(x, m)\n"
     "y_squares: f32[2,3] = mul(y_centred, y_centred)\n"
     "y_variance: f32[2,1] = mean(y_squares) axes=[1] keep_dims=true\n"
     "y_raised: f32[2,1] = add(y_variance, y_epsilon)\n"
     "y_deviation: f32[2,1] = sqrt(y_raised)\n"
     "y_normalized: f32[2,3] = div(y_centred, y_deviation)\n"
     "y: f32[2,3] = mul(y_normalized, s) @\"LayerNormalization:y\"\n"
     "z: f32[2,1] = relu(m) @\"Relu:z\"\n"},
    {"GroupNormalization.by_group", 18,
     [](ModelBuilder& m) {
       m.input("x", {1, 4, 2});
       m.constant<float>("s", {2}, {1, 2});
       m.constant<float>("b", {2}, {1, 2});
       ModelBuilder::set(m.op("GroupNormalization", {"x", "s", "b"}, {"y"}), "num_groups", int64_t{2});
     },
     "y_groups: f32[1,2,4] = reshape(x) shape=[1,2,-1]\n"
     "y_mean: f32[1,2,1] = mean(y_groups) axes=[2] keep_dims=true\n"
     "y_rest: f32[1,2,4] = sub(y_groups, y_mean)\n"
     "y_error: f32[1,2,1] = mean(y_rest) axes=[2] keep_dims=true\n"
     "y_centred: f32[1,2,4] = sub(y_rest, y_error)\n"
     "y_squares: f32[1,2,4] = mul(y_centred, y_centred)\n"
     "y_variance: f32[1,2,1] = mean(y_squares) axes=[2] keep_dims=true\n"
     "y_raised: f32[1,2,1] = add(y_variance, y_epsilon)\n"
     "y_deviation: f32[1,2,1] = sqrt(y_raised)\n"
     "y_normalized: f32[1,2,4] = div(y_centred, y_deviation)\n"
     "y_scales: f32[2,1] = reshape(s) shape=[-1,1]\n"
     "y_biases: f32[2,1] = reshape(b) shape=[-1,1]\n"
     "y_scaled: f32[1,2,4] = mul(y_normalized, y_scales)\n"
     "y_shifted: f32[1,2,4] = add(y_scaled, y_biases)\n"
     "y: f32[1,4,2] = reshape(y_shifted) shape=[1,4,2] @\"GroupNormalization:y\"\n"},
    {"NegativeLogLikelihoodLoss", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("t", {2}, ::onnx::TensorProto::INT64);
       m.constant<float>("w", {3}, {1, 2, 3});
       ModelBuilder::set(m.op("NegativeLogLikelihoodLoss", {"x", "t", "w"}, {"y"}), "ignore_index", int64_t{1});
     },
     "y_target: i64[2,1] = reshape(t) shape=[2,1]\n"
     "y_column: i64[1,3] = reshape(y_classes) shape=[1,-1]\n"
     "y_chosen: bool[2,3] = equal(y_target, y_column)\n"
     "y_mask: bool[1,3] = reshape(y_counts) shape=[1,-1]\n"
     "y_counted: bool[2,3] = logical_and(y_chosen, y_mask)\n"
     "y_weight: f32[1,3] = reshape(w) shape=[1,-1]\n"
     "y_weighted: f32[2,3] = mul(x, y_weight)\n"
     "y_likelihoods: f32[2,3] = where(y_counted, y_weighted, y_zero)\n"
     "y_sum1: f32[2] = reduce_sum(y_likelihoods) axes=[1]\n"
     "y_sum0: f32[] = reduce_sum(y_sum1) axes=[0]\n"
     "y_loss: f32[] = neg(y_sum0)\n"
     "y_shares: f32[2,3] = where(y_counted, y_weight, y_zero)\n"
     "y_count1: f32[2] = reduce_sum(y_shares) axes=[1]\n"
     "y_count0: f32[] = reduce_sum(y_count1) axes=[0]\n"
     "y: f32[] = div(y_loss, y_count0) @\"NegativeLogLikelihoodLoss:y\"\n"},
    {"SoftmaxCrossEntropyLoss", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("t", {2}, ::onnx::TensorProto::INT32);
       ModelBuilder::set(m.op("SoftmaxCrossEntropyLoss", {"x", "t"}, {"y"}), "reduction", std::string("none"));
     },
     "y_largest: f32[2,1] = reduce_max(x) axes=[1] keep_dims=true\n"
     "y_rest: f32[2,3] = sub(x, y_largest)\n"
     "y_log_sum: f32[2,1] = reduce_log_sum_exp(y_rest) axes=[1] keep_dims=true\n"
     "y_logs: f32[2,3] = sub(y_rest, y_log_sum)\n"
     "y_target: i32[2,1] = reshape(t) shape=[2,1]\n"
     "y_column: i32[1,3] = reshape(y_classes) shape=[1,-1]\n"
     "y_chosen: bool[2,3] = equal(y_target, y_column)\n"
     "y_likelihoods: f32[2,3] = where(y_chosen, y_logs, y_zero)\n"
     "y_sum1: f32[2] = reduce_sum(y_likelihoods) axes=[1]\n"
     "y: f32[2] = neg(y_sum1) @\"SoftmaxCrossEntropyLoss:y\"\n"},
    {"GroupNormalization.too_old", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 4, 2});
       m.op("GroupNormalization", {"x", "x", "x"}, {"y"});
     },
     "node 'GroupNormalization:y': opset 17 has no such operator"},
    {"InstanceNormalization.vector", 17,
     [](ModelBuilder& m) {
       m.input("x", {4});
       m.op("InstanceNormalization", {"x", "x", "x"}, {"y"});
     },
     "node 'InstanceNormalization:y': its input has rank 1; one above 2 is supported"},
    {"LayerNormalization.axis", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<float>("s", {3}, {1, 2, 3});
       ModelBuilder::set(m.op("LayerNormalization", {"x", "s"}, {"y"}), "axis", int64_t{2});
     },
     "node 'LayerNormalization:y': axis 2 is outside a tensor of rank 2"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
