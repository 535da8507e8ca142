// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: what moves elements, and what resizes images.

#include "tmc/frontend/tflite/testing/op_case.hpp"

namespace tmc::frontend::tflite::op_cases {

inline const Case kMovedCases[] = {
    {"reshape",
     [](ModelBuilder& m) {
       schema::ReshapeOptionsT options;
       options.new_shape = {3, -1};
       m.op(BuiltinOperator::RESHAPE, {m.input("x", {2, 3}, 0.5f)}, {m.output("y", {3, 2}, 0.5f)}, options);
     },
     "y: i8[3,2] scale=0.5 = reshape(x) shape=[3,-1] @\"reshape:y\"\n"},
    {"squeeze",
     [](ModelBuilder& m) {
       schema::SqueezeOptionsT options;
       options.squeeze_dims = {-2};
       m.op(BuiltinOperator::SQUEEZE, {m.input("x", {1, 1, 3}, 0.5f)}, {m.output("y", {1, 3}, 0.5f)}, options);
     },
     "y: i8[1,3] scale=0.5 = reshape(x) shape=[1,3] @\"squeeze:y\"\n"},
    {"squeeze.all",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::SQUEEZE, {m.input("x", {1, 2, 1, 3}, 0.5f)}, {m.output("y", {2, 3}, 0.5f)},
            schema::SqueezeOptionsT());
     },
     "y: i8[2,3] scale=0.5 = reshape(x) shape=[2,3] @\"squeeze:y\"\n"},
    {"expand_dims",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::EXPAND_DIMS, {m.input("x", {2, 3}, 0.5f), m.constant<int32_t>("axis", {}, {-1})},
            {m.output("y", {2, 3, 1}, 0.5f)});
     },
     "y: i8[2,3,1] scale=0.5 = reshape(x) shape=[2,3,1] @\"expand_dims:y\"\n"},
    {"transpose",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::TRANSPOSE, {m.input("x", {2, 3, 4}, 0.5f), m.constant<int64_t>("perm", {3}, {2, 0, -2})},
            {m.output("y", {4, 2, 3}, 0.5f)});
     },
     "y: i8[4,2,3] scale=0.5 = transpose(x) perm=[2,0,1] @\"transpose:y\"\n"},
    {"reverse_v2",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::REVERSE_V2, {m.input("x", {2, 3}, 0.5f), m.constant<int32_t>("axes", {1}, {-1})},
            {m.output("y", {2, 3}, 0.5f)});
     },
     "y: i8[2,3] scale=0.5 = slice(x) begins=[0,2] sizes=[2,3] steps=[1,-1] @\"reverse_v2:y\"\n"},
    {"strided_slice.backward",
     [](ModelBuilder& m) {
       schema::StridedSliceOptionsT options;
       options.end_mask = 1;
       m.op(BuiltinOperator::STRIDED_SLICE,
            {m.input("x", {5}, 0.5f), m.constant<int32_t>("begins", {1}, {3}), m.constant<int32_t>("ends", {1}, {0}),
             m.constant<int32_t>("strides", {1}, {-2})},
            {m.output("y", {2}, 0.5f)}, options);
     },
     "y: i8[2] scale=0.5 = slice(x) begins=[3] sizes=[2] steps=[-2] @\"strided_slice:y\"\n"},
    {"gather",
     [](ModelBuilder& m) {
       schema::GatherOptionsT options;
       options.axis = -1;
       m.op(BuiltinOperator::GATHER, {m.input("x", {2, 3}, 0.5f), m.constant<int32_t>("i", {2, 1}, {2, 0})},
            {m.output("y", {2, 2, 1}, 0.5f)}, options);
     },
     "y_gathered: i8[2,2] scale=0.5 = gather(x) axes=[1] counts=[2] indices=[2,0]\n"
     "y: i8[2,2,1] scale=0.5 = reshape(y_gathered) shape=[2,2,1] @\"gather:y\"\n"},
    {"mirror_pad",
     [](ModelBuilder& m) {
       schema::MirrorPadOptionsT options;
       options.mode = schema::MirrorPadMode::SYMMETRIC;
       m.op(BuiltinOperator::MIRROR_PAD,
            {m.input("x", {2, 3}, 0.5f), m.constant<int32_t>("pads", {2, 2}, {0, 0, 1, 2})},
            {m.output("y", {2, 6}, 0.5f)}, options);
     },
     "y: i8[2,6] scale=0.5 = gather(x) axes=[1] counts=[6] indices=[0,0,1,2,2,1] @\"mirror_pad:y\"\n"},
    {"resize_nearest_neighbor",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::RESIZE_NEAREST_NEIGHBOR,
            {m.input("x", {1, 2, 2, 3}, 0.5f), m.constant<int32_t>("size", {2}, {4, 3})},
            {m.output("y", {1, 4, 3, 3}, 0.5f)}, schema::ResizeNearestNeighborOptionsT());
     },
     "y: i8[1,4,3,3] scale=0.5 = gather(x) axes=[1,2] counts=[4,3] indices=[0,0,1,1,0,0,1] "
     "@\"resize_nearest_neighbor:y\"\n"},
    {"resize_bilinear",
     [](ModelBuilder& m) {
       schema::ResizeBilinearOptionsT options;
       options.half_pixel_centers = true;
       m.op(BuiltinOperator::RESIZE_BILINEAR,
            {m.input("x", {1, 2, 3, 1}, 0, 0, TensorType::FLOAT32), m.constant<int32_t>("size", {2}, {4, 3})},
            {m.output("y", {1, 4, 3, 1}, 0, 0, TensorType::FLOAT32)}, options);
     },
     "y_axis1_tap0: f32[1,4,3,1] = gather(x) axes=[1] counts=[4] indices=[0,0,0,1]\n"
     "y_axis1_part0: f32[1,4,3,1] = mul(y_axis1_tap0, y_axis1_weight0)\n"
     "y_axis1_tap1: f32[1,4,3,1] = gather(x) axes=[1] counts=[4] indices=[0,1,1,1]\n"
     "y_axis1_part1: f32[1,4,3,1] = mul(y_axis1_tap1, y_axis1_weight1)\n"
     "y_axis1_sum1: f32[1,4,3,1] = add(y_axis1_part0, y_axis1_part1)\n"
     "y: f32[1,4,3,1] = reshape(y_axis1_sum1) shape=[1,4,3,1] @\"resize_bilinear:y\"\n"},
    {"depth_to_space",
     [](ModelBuilder& m) {
       schema::DepthToSpaceOptionsT options;
       options.block_size = 2;
       m.op(BuiltinOperator::DEPTH_TO_SPACE, {m.input("x", {1, 2, 2, 8}, 0.5f)}, {m.output("y", {1, 4, 4, 2}, 0.5f)},
            options);
     },
     "y: i8[1,4,4,2] scale=0.5 = depth_to_space(x) block=2 @\"depth_to_space:y\"\n"},
    {"space_to_depth",
     [](ModelBuilder& m) {
       schema::SpaceToDepthOptionsT options;
       options.block_size = 2;
       m.op(BuiltinOperator::SPACE_TO_DEPTH, {m.input("x", {1, 2, 4, 3}, 0.5f)}, {m.output("y", {1, 1, 2, 12}, 0.5f)},
            options);
     },
     "y: i8[1,1,2,12] scale=0.5 = space_to_depth(x) block=2 @\"space_to_depth:y\"\n"},
    {"shape",
     [](ModelBuilder& m) {
       const int32_t x = m.input("x", {2, 3}, 0, 0, TensorType::FLOAT32);
       const int32_t s = m.output("s", {2}, 0, 0, TensorType::INT32);
       m.op(BuiltinOperator::SHAPE, {x}, {s});
       m.op(BuiltinOperator::RESHAPE, {x, s}, {m.output("y", {2, 3}, 0, 0, TensorType::FLOAT32)});
     },
     "s: i32[2] = reshape(s_known) shape=[2] @\"shape:s\"\n"
     "y: f32[2,3] = reshape(x) shape=[2,3] @\"reshape:y\"\n"},
    {"rank",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::RANK, {m.input("x", {2, 3}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {}, 0, 0, TensorType::INT32)});
     },
     "y: i32[] = reshape(y_known) @\"rank:y\"\n"},
    {"pack",
     [](ModelBuilder& m) {
       schema::PackOptionsT options;
       options.axis = 1;
       const int32_t x = m.input("x", {2, 3}, 0.5f);
       m.op(BuiltinOperator::PACK, {x, x}, {m.output("y", {2, 2, 3}, 0.5f)}, options);
     },
     "y_part0: i8[2,1,3] scale=0.5 = reshape(x) shape=[2,1,3]\n"
     "y_part1: i8[2,1,3] scale=0.5 = reshape(x) shape=[2,1,3]\n"
     "y: i8[2,2,3] scale=0.5 = concat(y_part0, y_part1) axis=1 @\"pack:y\"\n"},
    {"unpack",
     [](ModelBuilder& m) {
       schema::UnpackOptionsT options;
       options.axis = -1;
       m.op(BuiltinOperator::UNPACK, {m.input("x", {3, 2}, 0.5f)}, {m.output("a", {3}, 0.5f), m.output("b", {3}, 0.5f)},
            options);
     },
     "a_part0: i8[3,1] scale=0.5 = slice(x) begins=[0,0] sizes=[3,1] steps=[1,1]\n"
     "a: i8[3] scale=0.5 = reshape(a_part0) shape=[3] @\"unpack:a\"\n"
     "a_part1: i8[3,1] scale=0.5 = slice(x) begins=[0,1] sizes=[3,1] steps=[1,1]\n"
     "b: i8[3] scale=0.5 = reshape(a_part1) shape=[3] @\"unpack:a\"\n"},
    {"split_v",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::SPLIT_V,
            {m.input("x", {2, 5}, 0.5f), m.constant<int32_t>("sizes", {2}, {-1, 2}),
             m.constant<int32_t>("axis", {}, {1})},
            {m.output("a", {2, 3}, 0.5f), m.output("b", {2, 2}, 0.5f)});
     },
     "a: i8[2,3] scale=0.5 = slice(x) begins=[0,0] sizes=[2,3] steps=[1,1] @\"split_v:a\"\n"
     "b: i8[2,2] scale=0.5 = slice(x) begins=[0,3] sizes=[2,2] steps=[1,1] @\"split_v:a\"\n"},
    {"fill",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::FILL,
            {m.constant<int32_t>("dims", {2}, {2, 3}), m.input("x", {1}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {2, 3}, 0, 0, TensorType::FLOAT32)});
     },
     "y: f32[2,3] = expand(x) shape=[2,3] @\"fill:y\"\n"},
    {"space_to_batch_nd",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::SPACE_TO_BATCH_ND,
            {m.input("x", {1, 3, 4, 2}, 0.5f), m.constant<int32_t>("blocks", {2}, {2, 2}),
             m.constant<int32_t>("pads", {2, 2}, {0, 1, 0, 0})},
            {m.output("y", {4, 2, 2, 2}, 0.5f)});
     },
     "y_padded: i8[1,4,4,2] scale=0.5 = pad(x) pads=[0,0,0,0,0,1,0,0]\n"
     "y_blocks: i8[1,2,2,2,2,2] scale=0.5 = reshape(y_padded) shape=[1,2,2,2,2,2]\n"
     "y_places: i8[2,2,1,2,2,2] scale=0.5 = transpose(y_blocks) perm=[2,4,0,1,3,5]\n"
     "y: i8[4,2,2,2] scale=0.5 = reshape(y_places) shape=[4,2,2,2] @\"space_to_batch_nd:y\"\n"},
    {"batch_to_space_nd",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::BATCH_TO_SPACE_ND,
            {m.input("x", {4, 2, 2, 2}, 0.5f), m.constant<int32_t>("blocks", {2}, {2, 2}),
             m.constant<int32_t>("crops", {2, 2}, {0, 1, 0, 0})},
            {m.output("y", {1, 3, 4, 2}, 0.5f)});
     },
     "y_places: i8[2,2,1,2,2,2] scale=0.5 = reshape(x) shape=[2,2,1,2,2,2]\n"
     "y_blocks: i8[1,2,2,2,2,2] scale=0.5 = transpose(y_places) perm=[2,3,0,4,1,5]\n"
     "y_whole: i8[1,4,4,2] scale=0.5 = reshape(y_blocks) shape=[1,4,4,2]\n"
     "y: i8[1,3,4,2] scale=0.5 = slice(y_whole) begins=[0,0,0,0] sizes=[1,3,4,2] steps=[1,1,1,1] "
     "@\"batch_to_space_nd:y\"\n"},
};

}  // namespace tmc::frontend::tflite::op_cases
