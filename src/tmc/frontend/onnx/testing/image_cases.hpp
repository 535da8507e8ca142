// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators of images and of what is found in them.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

// `limit`: a constant, or with 0 an input; `rows`: what the file declares, or with 0 nothing.
inline void suppress(ModelBuilder& m, int64_t limit, int64_t rows) {
  m.input("boxes", {1, 6, 4});
  m.input("scores", {1, 2, 6});
  if (limit > 0) m.constant<int64_t>("limit", {1}, {limit});
  if (limit == 0) m.input("limit", {1}, ::onnx::TensorProto::INT64);
  m.constant<float>("overlap", {1}, {0.5f});
  if (rows > 0) m.declare("y", {rows, 3}, ::onnx::TensorProto::INT64);
  ModelBuilder::set(m.op("NonMaxSuppression", {"boxes", "scores", limit < 0 ? "" : "limit", "overlap"}, {"y"}),
                    "center_point_box", int64_t{1});
}

inline void sample(ModelBuilder& m, const char* mode, const char* padding) {
  m.input("x", {1, 2, 5, 6});
  m.input("grid", {1, 3, 4, 2});
  auto& node = m.op("GridSample", {"x", "grid"}, {"y"});
  ModelBuilder::set(node, "mode", std::string(mode));
  ModelBuilder::set(node, "padding_mode", std::string(padding));
}

inline void align(ModelBuilder& m, const char* coordinates) {
  m.input("x", {1, 2, 5, 6});
  m.input("regions", {3, 4});
  m.constant<int64_t>("items", {3}, {0, 0, 0});
  auto& node = m.op("RoiAlign", {"x", "regions", "items"}, {"y"});
  ModelBuilder::set(node, "output_height", int64_t{2});
  ModelBuilder::set(node, "mode", std::string("max"));
  if (coordinates != nullptr) ModelBuilder::set(node, "coordinate_transformation_mode", std::string(coordinates));
}

inline void pool_with(ModelBuilder& m, const char* type, int64_t p) {
  m.input("x", {1, 1, 3, 4});
  auto& node = m.op(type, {"x"}, {"y"});
  ModelBuilder::set(node, "kernel_shape", Dims{2, 2});
  if (p != 0) ModelBuilder::set(node, "p", p);
}

inline void crop(ModelBuilder& m, int64_t axes) {
  m.input("x", {2, 5, 4});
  m.constant<int64_t>("shape", {2}, {2, 7});
  auto& node = m.op("CenterCropPad", {"x", "shape"}, {"y"});
  if (axes == 2) ModelBuilder::set(node, "axes", Dims{1, -1});
}

inline void unpool(ModelBuilder& m, const Dims& kernel) {
  m.input("x", {1, 1, 2, 2});
  m.input("places", {1, 1, 2, 2}, ::onnx::TensorProto::INT64);
  m.constant<int64_t>("size", {4}, {1, 1, 4, 5});
  auto& node = m.op("MaxUnpool", {"x", "places", "size"}, {"y"});
  ModelBuilder::set(node, "kernel_shape", kernel);
  ModelBuilder::set(node, "strides", Dims{2, 2});
}

inline void affine(ModelBuilder& m, int64_t width, int64_t corners) {
  m.input("theta", {1, 2, 3});
  m.constant<int64_t>("size", {4}, {1, 3, 2, width});
  ModelBuilder::set(m.op("AffineGrid", {"theta", "size"}, {"y"}), "align_corners", corners);
}

inline void columns_of(ModelBuilder& m, int64_t block) {
  m.input("x", {1, 2, 3});
  m.constant<int64_t>("image", {1}, {5});
  m.constant<int64_t>("block", {1}, {block});
  ModelBuilder::set(m.op("Col2Im", {"x", "image", "block"}, {"y"}), "strides", Dims{2});
}

inline const Case kImageCases[] = {
    {"Col2Im", 18, [](ModelBuilder& m) { columns_of(m, 1); },
     "y_taps: f32[2,1,3] = reshape(x) shape=[2,1,3]\n"
     "y_tap0: f32[2,1,3] = slice(y_taps) begins=[0,0,0] sizes=[2,1,3] steps=[1,1,1]\n"
     "y_tap0_axis0_split: f32[6,1,1] = reshape(y_tap0) shape=[6,1,1]\n"
     "y_tap0_axis0: f32[6,2,1] = pad(y_tap0_axis0_split) pads=[0,0,0,0,1,0]\n"
     "y_tap0_spread: f32[1,2,6] = reshape(y_tap0_axis0) shape=[1,2,6]\n"
     "y_tap0_cut: f32[1,2,5] = slice(y_tap0_spread) begins=[0,0,0] sizes=[1,2,5] steps=[1,1,1]\n"
     "y_tap0_image: f32[1,2,5] = pad(y_tap0_cut) pads=[0,0,0,0,0,0]\n"
     "y: f32[1,2,5] = reshape(y_tap0_image) shape=[1,2,5] @\"Col2Im:y\"\n"},
    {"Col2Im.block", 18, [](ModelBuilder& m) { columns_of(m, 2); },
     "node 'Col2Im:y': its columns do not fit 2 taps at 2 places"},
    {"ConvTranspose.volume", 11,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 1, 1, 2});
       m.input("w", {2, 1, 1, 1, 2});
       m.op("ConvTranspose", {"x", "w"}, {"y"});
     },
     "y_weights: f32[1,1,2,2] = reshape(w) shape=[1,1,2,2]\n"
     "y_turned: f32[1,1,2,2] = transpose(y_weights) perm=[0,1,3,2]\n"
     "y_places: f32[1,1,2,2] = reshape(x) shape=[1,1,2,2]\n"
     "y_products: f32[1,1,2,2] = matmul(y_turned, y_places)\n"
     "y_columns: f32[1,2,2] = reshape(y_products) shape=[1,2,2]\n"
     "y_tap0: f32[1,1,2] = slice(y_columns) begins=[0,0,0] sizes=[1,1,2] steps=[1,1,1]\n"
     "y_tap0_spread: f32[1,1,1,1,2] = reshape(y_tap0) shape=[1,1,1,1,2]\n"
     "y_tap0_cut: f32[1,1,1,1,2] = slice(y_tap0_spread) begins=[0,0,0,0,0] sizes=[1,1,1,1,2] steps=[1,1,1,1,1]\n"
     "y_tap0_image: f32[1,1,1,1,3] = pad(y_tap0_cut) pads=[0,0,0,0,0,0,0,0,0,1]\n"
     "y_tap1: f32[1,1,2] = slice(y_columns) begins=[0,1,0] sizes=[1,1,2] steps=[1,1,1]\n"
     "y_tap1_spread: f32[1,1,1,1,2] = reshape(y_tap1) shape=[1,1,1,1,2]\n"
     "y_tap1_cut: f32[1,1,1,1,2] = slice(y_tap1_spread) begins=[0,0,0,0,0] sizes=[1,1,1,1,2] steps=[1,1,1,1,1]\n"
     "y_tap1_image: f32[1,1,1,1,3] = pad(y_tap1_cut) pads=[0,0,0,0,1,0,0,0,0,0]\n"
     "y_sum1: f32[1,1,1,1,3] = add(y_tap0_image, y_tap1_image)\n"
     "y: f32[1,1,1,1,3] = reshape(y_sum1) shape=[1,1,1,1,3] @\"ConvTranspose:y\"\n"},
    {"LpPool", 18, [](ModelBuilder& m) { pool_with(m, "LpPool", 2); },
     "y_powers: f32[1,1,3,4] = mul(x, x)\n"
     "y_means: f32[1,1,2,3] = average_pool2d(y_powers) kernel_h=2 kernel_w=2 layout=nchw\n"
     "y_sums: f32[1,1,2,3] = mul(y_means, y_area)\n"
     "y: f32[1,1,2,3] = sqrt(y_sums) @\"LpPool:y\"\n"},
    {"LpPool.cubes", 18, [](ModelBuilder& m) { pool_with(m, "LpPool", 3); },
     "y_sizes: f32[1,1,3,4] = abs(x)\n"
     "y_powers: f32[1,1,3,4] = pow(y_sizes, y_power)\n"
     "y_means: f32[1,1,2,3] = average_pool2d(y_powers) kernel_h=2 kernel_w=2 layout=nchw\n"
     "y_sums: f32[1,1,2,3] = mul(y_means, y_area)\n"
     "y: f32[1,1,2,3] = pow(y_sums, y_root) @\"LpPool:y\"\n"},
    {"LpPool.none", 18, [](ModelBuilder& m) { pool_with(m, "LpPool", -1); }, "node 'LpPool:y': its p is -1"},
    {"MaxPool.places", 12,
     [](ModelBuilder& m) {
       m.input("x", {1, 1, 3, 4});
       auto& node = m.op("MaxPool", {"x"}, {"greatest", "y"});
       ModelBuilder::set(node, "kernel_shape", Dims{1, 2});
       m.output("greatest");
     },
     "greatest_tap0: f32[1,1,3,3] = slice(x) begins=[0,0,0,0] sizes=[1,1,3,3] steps=[1,1,1,1]\n"
     "greatest_tap1: f32[1,1,3,3] = slice(x) begins=[0,0,0,1] sizes=[1,1,3,3] steps=[1,1,1,1]\n"
     "greatest_tap1_is_greater: bool[1,1,3,3] = greater(greatest_tap1, greatest_tap0)\n"
     "greatest_tap1_from: i64[1,1,3,3] = where(greatest_tap1_is_greater, greatest_tap1_offset, greatest_tap0_offset)\n"
     "greatest_tap1_greatest: f32[1,1,3,3] = max(greatest_tap1, greatest_tap0)\n"
     "greatest_places2: i64[1,1,3,1] = add(greatest_planes, greatest_firsts2)\n"
     "greatest_places3: i64[1,1,3,3] = add(greatest_places2, greatest_firsts3)\n"
     "greatest_in_planes: i64[1,1,3,3] = add(greatest_places3, greatest_plane)\n"
     "y: i64[1,1,3,3] = add(greatest_in_planes, greatest_tap1_from) @\"MaxPool:greatest\"\n"
     "greatest: f32[1,1,3,3] = reshape(greatest_tap1_greatest) shape=[1,1,3,3] @\"MaxPool:greatest\"\n"},
    {"CenterCropPad", 18, [](ModelBuilder& m) { crop(m, 2); },
     "y_cropped: f32[2,2,4] = slice(x) begins=[0,1,0] sizes=[2,2,4] steps=[1,1,1]\n"
     "y: f32[2,2,7] = pad(y_cropped) pads=[0,0,1,0,0,2] @\"CenterCropPad:y\"\n"},
    {"CenterCropPad.axes", 18, [](ModelBuilder& m) { crop(m, 0); },
     "node 'CenterCropPad:y': it has 2 extents for 3 axes"},
    {"MaxUnpool", 11,
     [](ModelBuilder& m) {
       unpool(m, {2, 2});
     },
     "y_elements: f32[4] = reshape(x) shape=[4]\n"
     "y_places: i64[4] = reshape(places) shape=[4]\n"
     "y_first: i64[1] = slice(y_places) begins=[0] sizes=[1] steps=[1]\n"
     "y_none: i64[1] = sub(y_first, y_first)\n"
     "y_zero: f32[1] = cast(y_none)\n"
     "y_zeros: f32[16] = expand(y_zero) shape=[16]\n"
     "y_scattered: f32[16] = scatter_elements(y_zeros, y_places, y_elements)\n"
     "y_image: f32[1,1,4,4] = reshape(y_scattered) shape=[1,1,4,4]\n"
     "y: f32[1,1,4,5] = pad(y_image) pads=[0,0,0,0,0,0,0,1] @\"MaxUnpool:y\"\n"},
    {"MaxUnpool.window", 11, [](ModelBuilder& m) { unpool(m, {2}); },
     "node 'MaxUnpool:y': its window does not fit an input of rank 4"},
    {"AffineGrid", 20, [](ModelBuilder& m) { affine(m, 3, 1); },
     "y_moved: f32[1,6,2] = matmul(y_places, theta) transpose_b=true\n"
     "y: f32[1,2,3,2] = reshape(y_moved) shape=[1,2,3,2] @\"AffineGrid:y\"\n"},
    {"AffineGrid.corners", 20, [](ModelBuilder& m) { affine(m, 1, 1); },
     "node 'AffineGrid:y': an axis of one place has no corners to align"},
    {"LRN", 13,
     [](ModelBuilder& m) {
       m.input("x", {1, 3, 2, 2});
       ModelBuilder::set(m.op("LRN", {"x"}, {"y"}), "size", int64_t{2});
     },
     "y_squares: f32[1,3,2,2] = mul(x, x)\n"
     "y_image: f32[1,3,4,1] = reshape(y_squares) shape=[1,3,4,1]\n"
     "y_means: f32[1,3,4,1] = average_pool2d(y_image) kernel_h=2 pad_bottom=1 count_include_pad=true\n"
     "y_shaped: f32[1,3,2,2] = reshape(y_means) shape=[1,3,2,2]\n"
     "y_weighted: f32[1,3,2,2] = mul(y_shaped, y_weight)\n"
     "y_raised: f32[1,3,2,2] = add(y_weighted, y_bias)\n"
     "y_power: f32[1,3,2,2] = pow(y_raised, y_beta)\n"
     "y: f32[1,3,2,2] = div(x, y_power) @\"LRN:y\"\n"},
    {"LRN.of_nothing", 13,
     [](ModelBuilder& m) {
       m.input("x", {1, 3, 2, 2});
       m.op("LRN", {"x"}, {"y"});
     },
     "node 'LRN:y': its size is 0"},
    {"NonMaxSuppression", 11, [](ModelBuilder& m) { suppress(m, 3, 0); },
     "y: i64[6,3] = non_max_suppression(boxes, scores, limit, overlap, y_score) centre=true rows=6 "
     "@\"NonMaxSuppression:y\"\n"},
    {"NonMaxSuppression.at_run_time", 11, [](ModelBuilder& m) { suppress(m, 0, 0); },
     "y: i64[12,3] = non_max_suppression(boxes, scores, limit, overlap, y_score) centre=true rows=12 "
     "@\"NonMaxSuppression:y\"\n"},
    {"NonMaxSuppression.declared", 11, [](ModelBuilder& m) { suppress(m, 0, 2); },
     "y: i64[2,3] = non_max_suppression(boxes, scores, limit, overlap, y_score) centre=true rows=2 "
     "@\"NonMaxSuppression:y\"\n"},
    {"NonMaxSuppression.of_nothing", 11, [](ModelBuilder& m) { suppress(m, -1, 0); },
     "node 'NonMaxSuppression:y': its max_output_boxes_per_class is absent or 0: it chooses no boxes"},
    {"GridSample", 16, [](ModelBuilder& m) { sample(m, "bicubic", "border"); },
     "y: f32[1,2,3,4] = grid_sample(x, grid) mode=cubic padding=border @\"GridSample:y\"\n"},
    {"GridSample.unknown", 16, [](ModelBuilder& m) { sample(m, "linear", "mirror"); },
     "node 'GridSample:y': unknown padding 'mirror'"},
    {"RoiAlign", 10, [](ModelBuilder& m) { align(m, nullptr); },
     "y: f32[3,2,2,1] = roi_align(x, regions, items) out_h=2 max=true half_pixel=false @\"RoiAlign:y\"\n"},
    {"RoiAlign.half_pixel", 16, [](ModelBuilder& m) { align(m, "half_pixel"); },
     "y: f32[3,2,2,1] = roi_align(x, regions, items) out_h=2 max=true @\"RoiAlign:y\"\n"},
    {"RoiAlign.unknown", 16, [](ModelBuilder& m) { align(m, "corners"); },
     "node 'RoiAlign:y': its coordinate_transformation_mode is 'corners'"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
