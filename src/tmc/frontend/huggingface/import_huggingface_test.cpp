// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/huggingface/import_huggingface.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/frontend/common/testing/damaged_model.hpp"
#include "tmc/frontend/huggingface/testing/small_model.hpp"
#include "tmc/ir/text.hpp"

namespace tmc::frontend {
namespace {

using namespace huggingface;  // NOLINT(google-build-using-namespace): its files are what is tested
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kWeights = "model.safetensors";

Result<ir::Graph> import(const std::string& config, const std::string& weights, const ImportOptions& options = {}) {
  return import_huggingface(kWeights, reader_of({{"config.json", config}, {kWeights, weights}}), options);
}
std::string refusal(const std::string& config, const std::string& weights) {
  return import(config, weights).status().text();
}
std::string refusal_of_header(const std::string& header, const std::string& data = std::string(8, '\0')) {
  return refusal(kLlamaConfig, safetensors_file(header, data));
}

std::vector<float> weights_of(const ir::Graph& graph, const char* name) {
  return graph.value(graph.find_value(name)).data->to_vector<float>();
}
float counted(size_t at) {
  return static_cast<float>(at % 16) / 8 - 1;
}
std::string with(std::string config, const std::string& member) {
  return config.insert(1, member + ", ");
}

TEST(ImportHuggingface, WeightsAreReadInTheirTypes) {
  for (const char* type : {"F32", "BF16"}) {
    const auto graph = import(kLlamaConfig, safetensors_of(llama_tensors(type)));
    ASSERT_TRUE(graph.ok()) << graph.status().text();
    EXPECT_EQ(weights_of(*graph, "embedding.weight")[3], counted(3));
    EXPECT_EQ(weights_of(*graph, "final_norm.weight")[1], counted(5 * 8 + 1));
    EXPECT_EQ(weights_of(*graph, "layer0.query.weight")[9], counted(5 * 8 + 8 + 8 + 9));
    EXPECT_EQ(graph->find_value("classifier.weight"), ir::ValueId::kNone);
    EXPECT_THAT(ir::to_text(*graph), Not(HasSubstr("interleaved=true")));
  }
}

TEST(ImportHuggingface, Gpt2IsCutFromItsFusedLayers) {
  const auto graph = import(kGpt2Config, safetensors_of(gpt2_tensors()));
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  const size_t fused = (5 + 6) * 8 + 36 + 2 * 8;  // inputs first: 8 rows of 24
  EXPECT_EQ(weights_of(*graph, "layer0.key.weight")[2 * 8 + 5], counted(fused + 5 * 24 + 8 + 2));
  EXPECT_EQ(weights_of(*graph, "layer0.value.bias")[3], counted(fused + 8 * 24 + 16 + 3));
  const size_t projection = fused + 9 * 24;
  EXPECT_EQ(weights_of(*graph, "layer0.projection.weight")[8 + 2], counted(projection + 2 * 8 + 1));
  EXPECT_THAT(ir::to_text(*graph), AllOf(HasSubstr("layer_norm"), HasSubstr("by_tanh")));
}

TEST(ImportHuggingface, LearnedPositionsEndWithTheirTable) {
  const std::string weights = safetensors_of(gpt2_tensors());
  using Bounds = std::map<std::string, int64_t>;
  for (const Bounds& bounds : {Bounds{{"window", 7}}, Bounds{{"window", 4}, {"sinks", 1}}}) {
    const auto graph = import(kGpt2Config, weights, {.shapes = {}, .bounds = bounds});
    EXPECT_THAT(graph.status().text(), HasSubstr("learned 6 positions"));
  }
  const auto graph = import(kGpt2Config, weights, {.shapes = {}, .bounds = {{"window", 4}, {"block", 2}}});
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(graph->value(graph->find_value("positions.weight")).type.shape, Shape::of(4, 8));
}

TEST(ImportHuggingface, SeveralFilesAreOneModel) {
  const std::vector<SmallTensor> all = llama_tensors();
  ModelFiles files = {{"config.json", kLlamaConfig},
                      {"a.safetensors", safetensors_of({all.begin(), all.begin() + 6})},
                      {"b.safetensors", safetensors_of({all.begin() + 6, all.end()})}};
  std::string map;
  for (size_t i = 0; i < all.size(); ++i) {
    map += (i > 0 ? ", \"" : "\"") + all[i].name + (i < 6 ? "\": \"a.safetensors\"" : "\": \"b.safetensors\"");
  }
  const char* index = "model.safetensors.index.json";
  files[index] = "{\"weight_map\": {" + map + "}}";
  const auto graph = import_huggingface(index, reader_of(files));
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(weights_of(*graph, "layer0.projection.weight")[1], counted(1));
  const auto names = huggingface_files(index, reader_of(files));
  EXPECT_THAT(*names, ::testing::ElementsAre("a.safetensors", "b.safetensors", "config.json", index));
  files[index] = "{\"weight_map\": {\"x\": \"a.safetensors\", \"y\": \"../b.safetensors\"}}";
  EXPECT_THAT(import_huggingface(index, reader_of(files)).status().text(), HasSubstr("'y' is in no file beside it"));
}

TEST(ImportHuggingface, AllThatTheConfigurationAsksForInVainIsSaid) {
  const std::string config =
      with(with(with(kLlamaConfig, R"("rope_scaling": {"rope_type": "yarn", "factor": 4})"), R"("hidden_act": "relu")"),
           R"("sliding_window": 3)");
  // The last one of a name counts, and rope_scaling is there as null.
  EXPECT_THAT(refusal(config, ""), AllOf(HasSubstr("config.json"), HasSubstr("relu"), HasSubstr("'sliding_window'")));
  EXPECT_THAT(refusal(R"({"architectures": ["BertModel"]})", ""), HasSubstr("'BertModel' is not supported"));
  EXPECT_THAT(refusal(R"({"model_type": "llama", "hidden_size": "8"})", ""),
              AllOf(HasSubstr("'hidden_size' is no integer"), HasSubstr("no 'intermediate_size'")));
  EXPECT_THAT(refusal(with(kGpt2Config, R"("scale_attn_by_inverse_layer_idx": true)"), ""),
              HasSubstr("'scale_attn_by_inverse_layer_idx'"));
}

TEST(ImportHuggingface, TensorsAreThoseOfTheConfiguration) {
  std::vector<SmallTensor> tensors = llama_tensors();
  tensors[3].extents = {4, 16};
  tensors[4].name = "model.layers.0.self_attn.q_norm.weight";
  tensors[5].type = "I16";
  EXPECT_THAT(
      refusal(kLlamaConfig, safetensors_of(tensors)),
      AllOf(HasSubstr("model.safetensors: there are 4 reasons"),
            HasSubstr("'model.layers.0.self_attn.q_proj.weight' of model.safetensors has the shape [4, 16], the "
                      "configuration asks for [8, 8]"),
            HasSubstr("no tensor 'model.layers.0.self_attn.k_proj.weight'"), HasSubstr("elements of I16"),
            HasSubstr("q_norm.weight' of model.safetensors is none of the decoder")));
}

TEST(ImportHuggingface, AHeaderIsNotBelieved) {
  const auto entry = [](const char* name, const char* shape, const char* offsets) {
    return fmt::format(R"("{}": {{"dtype": "F32", "shape": {}, "data_offsets": {}}})", name, shape, offsets);
  };
  const auto all = [](const std::string& a, const std::string& b) { return "{" + a + ", " + b + "}"; };
  const std::string first = entry("a", "[1]", "[0, 4]");
  EXPECT_THAT(refusal_of_header(all(first, entry("b", "[1]", "[2, 6]"))), HasSubstr("begins at 2"));
  EXPECT_THAT(refusal_of_header(all(first, entry("b", "[2]", "[4, 12]"))), HasSubstr("lies from 4 to 12 of 8 bytes"));
  EXPECT_THAT(refusal_of_header(all(first, entry("b", "[1]", "[-4, 0]"))), HasSubstr("lies from -4"));
  EXPECT_THAT(refusal_of_header(all(first, entry("a", "[1]", "[4, 8]"))), HasSubstr("'a' is there twice"));
  EXPECT_THAT(refusal_of_header(all(first, entry("b", "[3]", "[4, 8]"))), HasSubstr("3 elements of F32 take 12"));
  EXPECT_THAT(refusal_of_header(all(first, entry("b", "[-1]", "[4, 8]"))), HasSubstr("extents that are none"));
  EXPECT_THAT(refusal_of_header(all(first, entry("b", "[9999999999, 9999999999]", "[4, 8]"))), HasSubstr("too many"));
  EXPECT_THAT(refusal_of_header("{" + first + "}"), HasSubstr("the tensors end at 4 of 8 bytes"));
  EXPECT_THAT(refusal_of_header(R"({"a": {"dtype": "F31"}, "b": {"dtype": "F32"}})"),
              AllOf(HasSubstr("'F31'"), HasSubstr("'b' has no shape")));
  EXPECT_THAT(refusal_of_header("[1]"), HasSubstr("no object"));
  EXPECT_THAT(refusal_of_header("{"), HasSubstr("no JSON"));
  EXPECT_THAT(refusal(kLlamaConfig, "short"), HasSubstr("it has 5 bytes"));
  EXPECT_THAT(refusal(kLlamaConfig, std::string(8, '\x7F') + "{}"), HasSubstr("its header has"));
}

void survives(const std::string& config, const std::string& weights) {
  const auto text = [](std::span<const std::byte> bytes) {
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  survives_mutations(std::as_bytes(std::span(weights)), 100,
                     [&](std::span<const std::byte> damaged) { return import(config, text(damaged)); });
  survives_mutations(std::as_bytes(std::span(config)), 100,
                     [&](std::span<const std::byte> damaged) { return import(text(damaged), weights); });
}

TEST(ImportHuggingface, SurvivesDamage) {
  survives(kLlamaConfig, safetensors_of(llama_tensors()));
  survives(kGpt2Config, safetensors_of(gpt2_tensors()));
}

}  // namespace
}  // namespace tmc::frontend
