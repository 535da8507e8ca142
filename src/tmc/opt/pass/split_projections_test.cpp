// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "split_projections");
}

TEST(SplitProjections, MakesALayerOfEachPart) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,3,2]
    const w: f32[3,2] = [1,2,3,4,5,6]
    const b: f32[3] = [7,8,9]
    all: f32[1,3,3] = fully_connected(x, w, b)
    box: f32[3,3] = reshape(all) shape=[3,3]
    q: f32[3,1] = slice(box) begins=[0,0] sizes=[3,1] steps=[1,1]
    query: f32[1,3,1] = reshape(q) shape=[1,3,1]
    key: f32[1,3,1] = slice(all) begins=[0,0,1] sizes=[1,3,1] steps=[1,1,1]
    value: f32[1,3,1] = slice(all) begins=[0,0,2] sizes=[1,3,1] steps=[1,1,1]
    y: f32[1,3,1] = attention(query, key, value)
    output y
)",
                              R"(  input x: f32[1,3,2]
  const w_part: f32[1,2] = [1,2]
  const b_part: f32[1] = [7]
  const w_part_2: f32[1,2] = [3,4]
  const b_part_2: f32[1] = [8]
  const w_part_3: f32[1,2] = [5,6]
  const b_part_3: f32[1] = [9]
  q_layer: f32[1,3,1] = fully_connected(x, w_part, b_part)
  q: f32[3,1] = reshape(q_layer) shape=[3,1]
  query: f32[1,3,1] = reshape(q) shape=[1,3,1]
  key_layer: f32[1,3,1] = fully_connected(x, w_part_2, b_part_2)
  key: f32[1,3,1] = reshape(key_layer) shape=[1,3,1]
  value_layer: f32[1,3,1] = fully_connected(x, w_part_3, b_part_3)
  value: f32[1,3,1] = reshape(value_layer) shape=[1,3,1]
  y: f32[1,3,1] = attention(query, key, value)
  output y
)");
}

TEST(SplitProjections, LeavesWhatIsReadOtherwise) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[1,3,2]
  const w: f32[2,2] = [1,2,3,4]
  whole: f32[1,3,2] = fully_connected(x, w)
  half: f32[1,3,1] = slice(whole) begins=[0,0,0] sizes=[1,3,1] steps=[1,1,1]
  other: f32[1,3,1] = slice(whole) begins=[0,0,1] sizes=[1,3,1] steps=[1,1,1]
  a: f32[1,3,1] = attention(half, other, other)
  gates: f32[1,3,2] = fully_connected(x, w)
  up: f32[1,3,1] = slice(gates) begins=[0,0,0] sizes=[1,3,1] steps=[1,1,1]
  gate: f32[1,3,1] = slice(gates) begins=[0,0,1] sizes=[1,3,1] steps=[1,1,1]
  b: f32[1,3,1] = mul(up, gate)
  twice: f32[1,3,2] = fully_connected(x, w)
  first: f32[1,3,2] = slice(twice) begins=[0,0,0] sizes=[1,3,2] steps=[1,1,1]
  again: f32[1,3,2] = slice(twice) begins=[0,0,0] sizes=[1,3,2] steps=[1,1,1]
  c: f32[1,3,2] = attention(first, again, again)
  output whole
  output a
  output b
  output c
)");
}

}  // namespace
}  // namespace tmc::opt
