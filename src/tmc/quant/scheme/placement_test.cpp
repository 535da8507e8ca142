// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/placement.hpp"

#include "tmc/ir/testing/golden.hpp"

namespace tmc::quant {
namespace {

std::vector<std::string> chosen(std::string_view lines, const Names& keep_float = {}) {
  const ir::Graph graph = ir::testing::graph_of(lines).value();
  std::vector<std::string> names;
  const std::vector<ir::NodeId> nodes = integer_nodes(graph, keep_float).value();
  for (const ir::NodeId id : nodes) names.push_back(graph.node(id).name);
  return names;
}

constexpr const char* kNetwork = R"(
  input x: f32[1,4]
  const w: f32[4,4] = [1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]
  flat: f32[1,4] = reshape(x) shape=[1,4]
  a: f32[1,4] = fully_connected(flat, w)
  b: f32[1,4] = add(a, flat)
  c: f32[1,4] = fully_connected(b, w)
  y: f32[1,4] = softmax(c)
  output y
)";

using List = std::vector<std::string>;

TEST(Placement, TakesLayersAndWhatLiesBetween) {
  EXPECT_EQ(chosen(kNetwork), (List{"flat", "a", "b", "c", "y"}));
}

TEST(Placement, LeavesWhatIsNamedByNodeOrValue) {
  EXPECT_EQ(chosen(kNetwork, {"b"}), (List{"flat", "a", "c", "y"}));
  EXPECT_EQ(chosen(kNetwork, {"a", "b"}), (List{"c", "y"})) << "the reshape has no integer neighbour left";
}

TEST(Placement, RefusesANameThatIsNotThere) {
  const ir::Graph graph = ir::testing::graph_of(kNetwork).value();
  const Status status = integer_nodes(graph, {"d"}).status();
  EXPECT_EQ(status.code(), Error::kBadUsage);
  EXPECT_NE(status.text().find("'a' 'c'"), std::string::npos) << status.text();
}

TEST(Placement, LeavesArithmeticNextToFloatOperators) {
  // A mask: its comparison has no integer form, so what feeds and follows it stays float, up to the next layer.
  EXPECT_EQ(chosen(R"(
  input x: f32[1,4]
  const w: f32[4,4] = [1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]
  const one: f32[] = [1]
  a: f32[1,4] = fully_connected(x, w)
  q: i16[1,4] scale=0.5 = quantize(a) dtype=i16
  r: f32[1,4] = dequantize(q)
  b: f32[1,4] = add(r, one)
  c: f32[1,4] = mul(b, b)
  d: f32[1,4] = fully_connected(c, w)
  output d
)"),
            (List{"a", "d"}));
}

TEST(Placement, NeedsConstantFloatWeights) {
  EXPECT_EQ(chosen(R"(
  input x: f32[1,2]
  input v: f32[2,2]
  const h: i8[2,2] scale=0.5 = [1,2,3,4]
  a: f32[1,2] = fully_connected(x, v)
  b: f32[1,2] = fully_connected(x, h)
  output a
  output b
)"),
            List{});
}

// Energies by two transforms, as models hold them that take samples.
constexpr const char* kFrontEnd = R"(
  input x: f32[4,4]
  const w: f32[4,4] = [1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]
  const least: f32[] = [1e-12]
  re: f32[4,4] = fully_connected(x, w)
  im: f32[4,4] = fully_connected(x, w)
  re2: f32[4,4] = mul(re, re)
  im2: f32[4,4] = mul(im, im)
  energy: f32[4,4] = add(re2, im2)
  bands: f32[4,4] = fully_connected(energy, w)
  above: f32[4,4] = max(bands, least)
  logs: f32[4,4] = log(above)
  rows: f32[2,8] = reshape(logs) shape=[2,8]
  lines: f32[4,4] = reshape(rows) shape=[4,4]
  cepstra: f32[4,4] = fully_connected(lines, w)
  layer: f32[4,4] = fully_connected(cepstra, w)
  y: f32[4,4] = softmax(layer)
  output y
)";

TEST(Placement, LeavesSpectraUpToTheirCepstra) {
  EXPECT_EQ(chosen(kFrontEnd), (List{"layer", "y"}));
}

TEST(Placement, TakesTheNetworkThatReadsLogarithms) {
  EXPECT_EQ(chosen(R"(
  input x: f32[4,4]
  const w: f32[4,4] = [1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]
  const b: f32[4] = [1,2,3,4]
  bins: f32[4,4] = fully_connected(x, w)
  energy: f32[4,4] = mul(bins, bins)
  logs: f32[4,4] = log(energy)
  y: f32[4,4] = fully_connected(logs, w, b)
  output y
)"),
            List{"y"});
}

TEST(Placement, TakesTheNetworkBeforeALogarithm) {
  EXPECT_EQ(chosen(R"(
  input x: f32[4,4]
  const w: f32[4,4] = [1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]
  a: f32[4,4] = fully_connected(x, w)
  b: f32[4,4] = mul(a, a)
  c: f32[4,4] = fully_connected(b, w)
  d: f32[4,4] = softmax(c)
  y: f32[4,4] = log(d)
  output y
)"),
            (List{"a", "b", "c", "d"}));
}

}  // namespace
}  // namespace tmc::quant
