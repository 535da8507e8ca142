// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/pytorch/apply_state_dict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/frontend/pytorch/modules.hpp"
#include "tmc/frontend/pytorch/testing/state_dict_builder.hpp"
#include "tmc/ir/text.hpp"

namespace tmc::frontend::pytorch {
namespace {

using ::testing::HasSubstr;

constexpr const char* kNetwork = R"(graph "g" {
  input x: f32[1,2]
  const fc.weight: f32[2,2] = [1,2,3,4]
  const fc.bias: f32[2] = [1,1]
  a: f32[1,2] = fully_connected(x, fc.weight, fc.bias) @/fc/Gemm
  b: f32[1,2] = relu(a) @/relu/Relu
  y: f32[1,2] = softmax(b) @/head/softmax/Softmax
  output y
}
)";

// The graph as text, or the error's.
std::string applied(const std::string& text, const std::string& pickle) {
  auto graph = ir::from_text(text);
  if (!graph.ok()) return graph.status().text();
  const auto state = StateDict::parse(as_file(archive_of(small_state_entries(pickle))));
  if (!state.ok()) return state.status().text();
  const Status status = apply_state_dict(*graph, *state);
  return status.ok() ? ir::to_text(*graph) : status.text();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

TEST(ApplyStateDict, PutsIntegerWeightsAndPairsIntoTheGraph) {
  EXPECT_EQ(applied(kNetwork, small_state_pickle().end()), R"(graph "g" {
  input x: f32[1,2]
  const fc.bias: f32[2] = [0.5,-1]
  const fc.weight_int8: i8[2,2] scale=0.125 = [1,2,-3,4]
  fc.weight_dequantized: f32[2,2] = dequantize(fc.weight_int8)
  quant_quantized: i8[1,2] scale=0.5 = quantize(x) ties_to_even=true
  quant_dequantized: f32[1,2] = dequantize(quant_quantized)
  a: f32[1,2] = fully_connected(quant_dequantized, fc.weight_dequantized, fc.bias) @/fc/Gemm
  b: f32[1,2] = relu(a) @/relu/Relu
  fc_quantized: i8[1,2] scale=0.25 zero_point=-28 = quantize(b) ties_to_even=true
  fc_dequantized: f32[1,2] = dequantize(fc_quantized)
  head.softmax_dequantized: f32[1,2] = softmax(fc_dequantized) @/head/softmax/Softmax
  head.softmax_quantized: i8[1,2] scale=0.00390625 zero_point=-128 = quantize(head.softmax_dequantized) ties_to_even=true
  y: f32[1,2] = dequantize(head.softmax_quantized) @head.softmax_dequantized
  output y
}
)");
}

TEST(ApplyStateDict, FindsAModuleByTheNameOfItsWeightsToo) {
  const std::string text = replaced(kNetwork, "@/fc/Gemm", "@Gemm_3");
  EXPECT_THAT(applied(text, small_state_pickle().end()), HasSubstr("fc_quantized"));
}

TEST(ApplyStateDict, RefusesAModelWithoutCounterpartByName) {
  const std::string renamed = replaced(replaced(kNetwork, "fc.weight", "w"), "/fc/", "/dense/");
  EXPECT_THAT(applied(renamed, small_state_pickle().end()),
              HasSubstr("the state dictionary 1 modules that are not found in it otherwise: 'fc'"));
  const std::string wider =
      replaced(replaced(replaced(kNetwork, "[2,2] = [1,2,3,4]", "[3,2] = [1,2,3,4,5,6]"), "f32[1,2] =", "f32[1,3] ="),
               "f32[2] = [1,1]", "f32[3] = [1,1,1]");
  EXPECT_THAT(applied(wider, small_state_pickle().end()),
              HasSubstr("'fc': 'fc.weight' is [2, 2] in the state dictionary and [3, 2] in the model"));
}

TEST(ApplyStateDict, RefusesALayerOrAnOperatorThatTheDictionaryDoesNotKnow) {
  std::string text = replaced(kNetwork, "softmax(b) @/head/softmax/Softmax", "hard_swish(b) @/act/HardSwish");
  EXPECT_THAT(applied(text, small_state_pickle().end()),
              HasSubstr("'/act/HardSwish': the state dictionary holds no scale of its result"));
  text = replaced(kNetwork, "softmax(b) @/head/softmax/Softmax", "fully_connected(b, fc.weight) @/other/Gemm");
  text = replaced(replaced(text, "  const fc.bias", "  const u: f32[2,2] = [1,2,3,4]\n  const fc.bias"),
                  "(b, fc.weight)", "(b, u)");
  EXPECT_THAT(applied(text, small_state_pickle().end()),
              HasSubstr("'/other/Gemm': the state dictionary holds no module for this layer"));
}

TEST(ApplyStateDict, RefusesADictionaryWithoutScalesOrStubs) {
  PickleBuilder plain;
  plain.begin().word("fc.weight").quantized("2", {2, 2}, 0.125, 0);
  EXPECT_THAT(applied(kNetwork, plain.end()), HasSubstr("no scales of activations"));
  plain.word("fc.scale").real(1).word("fc.zero_point").integer(0);
  EXPECT_THAT(applied(kNetwork, plain.end()),
              HasSubstr("the model has 1 inputs, the state dictionary 0 quantize stubs"));
}

TEST(ModulePath, FollowsTheExportersNames) {
  EXPECT_EQ(module_path("/conv1/Conv"), "conv1");
  EXPECT_EQ(module_path("/block/block.0/conv/Conv"), "block.0.conv");
  EXPECT_EQ(module_path("/stages/stages.1/body/body.0/Conv"), "stages.1.body.0");
  EXPECT_EQ(module_path("/Add"), "");
  EXPECT_EQ(module_path("Conv_3"), "");
  EXPECT_EQ(module_path(""), "");
}

}  // namespace
}  // namespace tmc::frontend::pytorch
