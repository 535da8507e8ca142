// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: transforms to spectra, and the constants that go with them.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

// A window of eight points, known beforehand, times a signal.
inline void windowed(ModelBuilder& m, const char* op) {
  m.input("x", {8});
  m.scalar<int64_t>("size", 8);
  m.op(op, {"size"}, {"w"});
  m.op("Mul", {"x", "w"}, {"y"});
}

inline const Case kSpectrumCases[] = {
    {"DFT", 20,
     [](ModelBuilder& m) {
       m.input("x", {2, 12, 1});
       ModelBuilder::set(m.op("DFT", {"x"}, {"y"}), "onesided", int64_t{1});
     },
     "y: f32[2,7,2] = dft(x) axis=1 length=12 onesided=true @\"DFT:y\"\n"},
    {"DFT.axis", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 5, 2});
       m.scalar<int64_t>("length", 8);
       auto& node = m.op("DFT", {"x", "length"}, {"y"});
       ModelBuilder::set(node, "axis", int64_t{2});
       ModelBuilder::set(node, "inverse", int64_t{1});
     },
     "y: f32[2,3,8,2] = dft(x) axis=2 length=8 inverse=true @\"DFT:y\"\n"},
    {"DFT.too_long", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 2});
       m.scalar<int64_t>("length", int64_t{1} << 40);
       m.op("DFT", {"x", "length"}, {"y"});
     },
     "node 'DFT:y': a transform of 1099511627776 points, not from 1 to 1048576"},
    {"STFT", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 20, 1});
       m.scalar<int64_t>("step", 4);
       m.constant<float>("w", {8}, {1, 2, 3, 4, 5, 6, 7, 8});
       m.op("STFT", {"x", "step", "w"}, {"y"});
     },
     "y: f32[1,4,5,2] = stft(x, w) length=8 step=4 @\"STFT:y\"\n"},
    {"STFT.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 20, 1});
       m.input("step", {}, ::onnx::TensorProto::INT64);
       m.input("length", {}, ::onnx::TensorProto::INT64);
       m.declare("y", {1, 4, 5, 2});
       m.op("STFT", {"x", "step", "", "length"}, {"y"});
     },
     "node 'STFT:y': the declared shape does not say the frame length 'length'"},
    {"HannWindow", 17, [](ModelBuilder& m) { windowed(m, "HannWindow"); }, "y: f32[8] = mul(x, w) @\"Mul:y\"\n"},
    {"HammingWindow", 17, [](ModelBuilder& m) { windowed(m, "HammingWindow"); }, "y: f32[8] = mul(x, w) @\"Mul:y\"\n"},
    {"BlackmanWindow", 17, [](ModelBuilder& m) { windowed(m, "BlackmanWindow"); },
     "y: f32[8] = mul(x, w) @\"Mul:y\"\n"},
    {"MelWeightMatrix", 17,
     [](ModelBuilder& m) {
       m.input("x", {9, 4});
       m.scalar<int64_t>("bands", 4);
       m.scalar<int64_t>("length", 16);
       m.scalar<int64_t>("rate", 8000);
       m.scalar<float>("low", 0);
       m.scalar<float>("high", 4000);
       m.op("MelWeightMatrix", {"bands", "length", "rate", "low", "high"}, {"w"});
       m.op("Mul", {"x", "w"}, {"y"});
     },
     "y: f32[9,4] = mul(x, w) @\"Mul:y\"\n"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
