// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/gguf/import_gguf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/frontend/common/testing/damaged_model.hpp"
#include "tmc/frontend/gguf/testing/small_gguf.hpp"
#include "tmc/ir/text.hpp"

namespace tmc::frontend {
namespace {

using gguf::GgufBytes;
using gguf::small_decoder;
using ::testing::AllOf;
using ::testing::HasSubstr;

Result<ir::Graph> import(const std::string& file) {
  return import_gguf(std::as_bytes(std::span(file)));
}
std::string refusal(const std::string& file) {
  return import(file).status().text();
}
std::vector<float> weights_of(const ir::Graph& graph, const char* name) {
  return graph.value(graph.find_value(name)).data->to_vector<float>();
}
float counted(size_t at) {
  return static_cast<float>(at % 16) / 8 - 1;
}

TEST(ImportGguf, WeightsAreReadInTheirTypes) {
  const auto plain = import(small_decoder("llama").file());
  ASSERT_TRUE(plain.ok()) << plain.status().text();
  const size_t query = 5 * 32 + 3 * 32;
  EXPECT_EQ(weights_of(*plain, "layer0.query.weight")[35], counted(query + 35));
  EXPECT_EQ(weights_of(*plain, "layer0.value.weight")[7], counted(query + 32 * 32 + 32 * 16 + 7));
  EXPECT_THAT(ir::to_text(*plain), HasSubstr("interleaved=true"));
  const auto blocks = import(small_decoder("llama", 8).file(2));
  ASSERT_TRUE(blocks.ok()) << blocks.status().text();
  EXPECT_EQ(weights_of(*blocks, "embedding.weight")[35], 0.5F * (35 % 16 - 8));
}

TEST(ImportGguf, Gpt2IsCutFromItsFusedLayer) {
  const auto graph = import(small_decoder("gpt2").file());
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  const size_t fused = 5 * 32 + 3 * 2 * 32 + 6 * 32;
  EXPECT_EQ(weights_of(*graph, "layer0.value.weight")[3], counted(fused + 64 * 32 + 3));
  EXPECT_EQ(weights_of(*graph, "layer0.key.bias")[3], counted(fused + 96 * 32 + 32 + 3));
}

TEST(ImportGguf, AllReasonsAreSaid) {
  GgufBytes file = small_decoder("llama");
  file.words("llama.rope.scaling.type", "yarn");
  file.integer("llama.expert_count", 4);
  EXPECT_THAT(refusal(file.file()), AllOf(HasSubstr("yarn"), HasSubstr("'llama.expert_count'")));
  GgufBytes more = small_decoder("llama");
  more.tensor("rope_freqs.weight", {4});
  more.tensor("blk.1.attn_q.weight", {32, 32});
  EXPECT_THAT(refusal(more.file()), AllOf(HasSubstr("'rope_freqs.weight' of the file is none"), HasSubstr("blk.1")));
  EXPECT_THAT(refusal(GgufBytes().file()), HasSubstr("no 'general.architecture'"));
}

TEST(ImportGguf, AHeaderIsNotBelieved) {
  const std::string file = small_decoder("llama").file();
  const auto with = [&](size_t at, auto value) {
    std::string changed = file;
    std::memcpy(changed.data() + at, &value, sizeof value);
    return changed;
  };
  EXPECT_THAT(refusal(with(4, uint32_t{1})), HasSubstr("version 1 of GGUF"));
  EXPECT_THAT(refusal(with(8, ~uint64_t{0})), HasSubstr("65536 of each are the most"));
  EXPECT_THAT(refusal(with(24, ~uint64_t{0})), HasSubstr("cut off at byte 32"));
  const size_t info = file.find("output_norm.weight") + 18;  // rank, extent, type, place
  EXPECT_THAT(refusal(with(info, uint32_t{5})), HasSubstr("has a rank of 5"));
  EXPECT_THAT(refusal(with(info + 4, int64_t{-1})), HasSubstr("extents that are none"));
  EXPECT_THAT(refusal(with(info + 12, uint32_t{12})), HasSubstr("elements of Q4_K, which are not read"));
  EXPECT_THAT(refusal(with(info + 16, uint64_t{31})), HasSubstr("begins at 31"));
  EXPECT_THAT(refusal(with(info + 16, uint64_t{64})), HasSubstr("overlap"));
  EXPECT_THAT(refusal(with(info + 16, uint64_t{1} << 40)), HasSubstr("begins at 1099511627776"));
  EXPECT_THAT(refusal(file.substr(0, file.size() - 64)), HasSubstr("takes 8192 bytes"));
  GgufBytes twice = small_decoder("llama");
  twice.integer("llama.block_count", 1);
  EXPECT_THAT(refusal(twice.file()), HasSubstr("'llama.block_count' is there twice"));
}

TEST(ImportGguf, SurvivesDamage) {
  for (const char* kind : {"llama", "gpt2"}) {
    GgufBytes file = small_decoder(kind, 8);
    gguf::add_tokenizer(file, kind);
    const std::string bytes = file.file();
    survives_mutations(std::as_bytes(std::span(bytes)), 100,
                       [](std::span<const std::byte> damaged) { return import_gguf(damaged); });
  }
}

}  // namespace
}  // namespace tmc::frontend
