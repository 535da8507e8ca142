// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fuse_rotary");
}

// The graph's rotary embeddings, and constants of theirs.
std::string rotary_of(std::string_view lines) {
  Result<ir::Graph> graph = ir::testing::graph_of(lines);
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  if (!graph.ok()) return "";
  EXPECT_TRUE(pass().run(*graph, {}).ok());
  EXPECT_EQ(ir::verify(*graph).text(), "ok");
  EXPECT_TRUE(ir::find_pass(all_passes(), "remove_dead_code")->run(*graph, {}).ok());
  std::string found;
  const std::string text = ir::to_text(*graph);
  for (size_t line = 0; line != std::string::npos; line = text.find('\n', line + 1)) {
    const std::string one = text.substr(line, text.find('\n', line + 1) - line);
    const bool is_angle = one.find("const ") != std::string::npos &&
                          (one.find("_cosines") < one.size() || one.find("_sines") < one.size());
    if (is_angle) found += one.substr(one.find(": ") + 1) + ";";
    if (one.find("= rotary_embedding(") != std::string::npos) found += one.substr(one.find(") ") + 1);
  }
  return found;
}

// Two heads of four elements at two positions, with the angles' cosines 1, 2, 3, 4 and sines 5, 6, 7, 8.
TEST(FuseRotary, KnowsHalvesByARotatedCopy) {
  EXPECT_EQ(rotary_of(R"(
  input x: f32[1,2,8]
  const cosines: f32[2,4] = [1,2,1,2,3,4,3,4]
  const sines: f32[2,4] = [5,6,5,6,7,8,7,8]
  a: f32[1,2,2,4] = reshape(x) shape=[1,2,2,4]
  b: f32[1,2,2,4] = transpose(a) perm=[0,2,1,3]
  c: f32[1,2,2,4] = mul(b, cosines)
  d: f32[1,2,2,2] = slice(b) begins=[0,0,0,2] sizes=[1,2,2,2] steps=[1,1,1,1]
  e: f32[1,2,2,2] = neg(d)
  f: f32[1,2,2,2] = slice(b) begins=[0,0,0,0] sizes=[1,2,2,2] steps=[1,1,1,1]
  g: f32[1,2,2,4] = concat(e, f) axis=-1
  h: f32[1,2,2,4] = mul(g, sines)
  y: f32[1,2,2,4] = add(c, h)
  output y
)"),
            " f32[2,2] = [1,2,3,4]; f32[2,2] = [5,6,7,8]; heads=2");
}

TEST(FuseRotary, KnowsNeighboursOfAPartOfEachHead) {
  EXPECT_EQ(rotary_of(R"(
  input x: f32[1,2,12]
  const cosines: f32[1,2,1,2] = [1,2,3,4]
  const sines: f32[1,2,1,2] = [5,6,7,8]
  a: f32[1,2,2,6] = reshape(x) shape=[1,2,2,6]
  b: f32[1,2,2,2] = slice(a) begins=[0,0,0,0] sizes=[1,2,2,2] steps=[1,1,1,2]
  c: f32[1,2,2,2] = slice(a) begins=[0,0,0,1] sizes=[1,2,2,2] steps=[1,1,1,2]
  d: f32[1,2,2,2] = slice(a) begins=[0,0,0,4] sizes=[1,2,2,2] steps=[1,1,1,1]
  e: f32[1,2,2,2] = mul(b, cosines)
  f: f32[1,2,2,2] = mul(c, sines)
  g: f32[1,2,2,2] = sub(e, f)
  h: f32[1,2,2,2] = mul(b, sines)
  i: f32[1,2,2,2] = mul(c, cosines)
  j: f32[1,2,2,2] = add(h, i)
  k: f32[1,2,2,2,1] = reshape(g) shape=[1,2,2,2,1]
  l: f32[1,2,2,2,1] = reshape(j) shape=[1,2,2,2,1]
  m: f32[1,2,2,2,2] = concat(k, l) axis=4
  n: f32[1,2,2,4] = reshape(m) shape=[1,2,2,4]
  y: f32[1,2,2,6] = concat(n, d) axis=3
  output y
)"),
            " f32[2,2] = [1,2,3,4]; f32[2,2] = [5,6,7,8]; heads=2 rotated=4 interleaved=true");
}

TEST(FuseRotary, LeavesAnglesThatDifferWithinAPair) {
  EXPECT_EQ(rotary_of(R"(
  input x: f32[1,2,4]
  const cosines: f32[2,4] = [1,2,1,2,3,4,3,5]
  const sines: f32[2,4] = [5,6,5,6,7,8,7,8]
  c: f32[1,2,4] = mul(x, cosines)
  d: f32[1,2,2] = slice(x) begins=[0,0,2] sizes=[1,2,2] steps=[1,1,1]
  e: f32[1,2,2] = neg(d)
  f: f32[1,2,2] = slice(x) begins=[0,0,0] sizes=[1,2,2] steps=[1,1,1]
  g: f32[1,2,4] = concat(e, f) axis=-1
  h: f32[1,2,4] = mul(g, sines)
  y: f32[1,2,4] = add(c, h)
  output y
)"),
            "");
}

// Two heads by a rotated copy, with what gives cosines and sines in front.
std::string at_run_time(std::string_view angles) {
  return rotary_of(fmt::format(R"(
  input x: f32[1,2,8]
  input positions: i64[1,2]
{}
  v: f32[1,2,1,4] = reshape(cosines) shape=[1,2,1,4]
  w: f32[1,2,1,4] = reshape(sines) shape=[1,2,1,4]
  z: f32[1,2,2,4] = reshape(x) shape=[1,2,2,4]
  c: f32[1,2,2,4] = mul(z, v)
  d: f32[1,2,2,2] = slice(z) begins=[0,0,0,2] sizes=[1,2,2,2] steps=[1,1,1,1]
  e: f32[1,2,2,2] = neg(d)
  f: f32[1,2,2,2] = slice(z) begins=[0,0,0,0] sizes=[1,2,2,2] steps=[1,1,1,1]
  g: f32[1,2,2,4] = concat(e, f) axis=-1
  h: f32[1,2,2,4] = mul(w, g)
  y: f32[1,2,2,4] = add(c, h)
  output y
)",
                               angles));
}

TEST(FuseRotary, KnowsAnglesThatAreComputed) {
  EXPECT_EQ(at_run_time(R"(
  const frequencies: f32[2] = [1,0.5]
  const scale: f32[] = [1.5]
  p: f32[1,2] = cast(positions) to=f32
  q: f32[1,2,1] = reshape(p) shape=[1,2,1]
  a: f32[1,2,2] = mul(q, frequencies)
  b: f32[1,2,4] = concat(a, a) axis=-1
  cosines_once: f32[1,2,4] = cos(b)
  sines_once: f32[1,2,4] = sin(b)
  cosines: f32[1,2,4] = mul(cosines_once, scale)
  sines: f32[1,2,4] = mul(scale, sines_once)
)"),
            " heads=2");
}

TEST(FuseRotary, KnowsAnglesThatAreLookedUpWhereColumnsAgree) {
  const char* const kTables = R"(
  const cosine_table: f32[3,4] = [1,2,1,2,3,4,3,4,5,6,5,6]
  const sine_table: f32[3,4] = [5,6,5,6,7,8,7,{}]
  cosines: f32[1,2,4] = lookup(cosine_table, positions)
  sines: f32[1,2,4] = lookup(sine_table, positions)
)";
  EXPECT_EQ(at_run_time(fmt::format(fmt::runtime(kTables), "8,1,2,1,2")), " heads=2");
  EXPECT_EQ(at_run_time(fmt::format(fmt::runtime(kTables), "8,1,2,1,3")), "");
}

TEST(FuseRotary, LeavesAReflectionAndASumOfTwoTensors) {
  EXPECT_EQ(rotary_of(R"(
  input x: f32[1,2,4]
  const cosines: f32[2,4] = [1,2,1,2,3,4,3,4]
  const sines: f32[2,4] = [5,6,5,6,7,8,7,8]
  c: f32[1,2,4] = mul(x, cosines)
  d: f32[1,2,2] = slice(x) begins=[0,0,2] sizes=[1,2,2] steps=[1,1,1]
  f: f32[1,2,2] = slice(x) begins=[0,0,0] sizes=[1,2,2] steps=[1,1,1]
  g: f32[1,2,4] = concat(d, f) axis=-1
  h: f32[1,2,4] = mul(g, sines)
  y: f32[1,2,4] = add(c, h)
  output y
)"),
            "");
  EXPECT_EQ(rotary_of(R"(
  input x: f32[1,2,4]
  input z: f32[1,2,4]
  const cosines: f32[2,4] = [1,2,1,2,3,4,3,4]
  c: f32[1,2,4] = mul(x, cosines)
  y: f32[1,2,4] = add(c, z)
  output y
)"),
            "");
}

}  // namespace
}  // namespace tmc::opt
