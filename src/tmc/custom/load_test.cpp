// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/load.hpp"

#include <gtest/gtest.h>

#include "tmc/base/host/files.hpp"
#include "tmc/custom/testing/small_description.hpp"

namespace tmc::custom {
namespace {

using testing::yaml_of;

// A folder with a description and a header, whose function is `body`.
Result<Operators> loaded(const ScratchFolder& folder, const std::string& body,
                         const std::map<std::string, std::string>& changed = {}) {
  TMC_TRY(write_file(folder.path() / "pool.hpp", "#include <stdint.h>\n#include \"part.hpp\"\n" + body));
  TMC_TRY(write_file(folder.path() / "part.hpp", "// part\n"));
  TMC_TRY(write_file(folder.path() / "ops.yaml", yaml_of(changed)));
  const std::filesystem::path path = folder.path() / "ops.yaml";
  return load({&path, 1});
}

const std::map<std::string, std::string> kDouble = {{"inputs", "[{name: x, dtype: i8, shape: [n]}]"},
                                                    {"outputs", "[{name: y, dtype: f32, shape: [n]}]"},
                                                    {"attributes", "[{name: gain, type: float}]"},
                                                    {"arguments", "[x, y, n, gain, x.scale, scratch]"},
                                                    {"scratch", "4 * n"}};

TEST(Load, RunsTheFunctionHere) {
  const auto folder = ScratchFolder::make();
  const auto operators =
      loaded(*folder,
             "namespace dsp { inline void pool(const int8_t* x, float* y, int n, float gain, float scale, "
             "float* s) { for (int i = 0; i < n; ++i) y[i] = (s[i] = gain * scale) * x[i]; } }",
             kDouble);
  ASSERT_TRUE(operators.ok()) << operators.status().text();
  const auto op = operators->of_onnx("com.example", "Pool").front();
  EXPECT_EQ(op->files().size(), 2u);
  EXPECT_EQ(op->files()[1].path, "custom/part.hpp");
  const ops::TensorType type{DType::kI8, Shape::of(3)};
  const ops::TensorType* const types[] = {&type};
  const ops::CustomValues values = {{2}};
  const auto instance = instantiate(op->description(), values, {types});
  const Quantization quantization = Quantization::per_tensor(0.5, 3);
  const Quantization* const quantizations[] = {&quantization, nullptr};
  const auto words = op->words(values, *instance, {types}, quantizations);
  ASSERT_TRUE(words.ok()) << words.status().text();
  EXPECT_EQ(op->implementation().scratch_bytes(*words), 12);
  const auto function = op->load();
  ASSERT_TRUE(function.ok()) << function.status().text();
  int8_t x[] = {1, -2, 100};
  float y[3] = {};
  float scratch[3] = {};
  void* const buffers[] = {x, y, scratch};
  function->run(words->data(), buffers);
  EXPECT_EQ(y[0], 1.0F);
  EXPECT_EQ(y[1], -2.0F);
  EXPECT_EQ(y[2], 100.0F);
}

TEST(Load, SaysWhatTheCompilerSays) {
  const auto folder = ScratchFolder::make();
  const auto operators = loaded(*folder, "namespace dsp { inline void pool(const int8_t* x, float* y) {} }", kDouble);
  ASSERT_TRUE(operators.ok()) << operators.status().text();
  const auto function = operators->of_onnx("com.example", "Pool").front()->load();
  ASSERT_FALSE(function.ok());
  EXPECT_EQ(function.status().code(), Error::kToolFailed);
  EXPECT_TRUE(function.status().file().ends_with("pool.hpp"));
  EXPECT_NE(function.status().hint().find("'pool' calls dsp::pool"), std::string::npos);
}

TEST(Load, AsksForScalesThatAreThere) {
  const auto folder = ScratchFolder::make();
  const auto operators = loaded(*folder, "", kDouble);
  const auto op = operators->of_onnx("com.example", "Pool").front();
  const ops::TensorType type{DType::kI8, Shape::of(3)};
  const ops::TensorType* const types[] = {&type};
  const auto instance = instantiate(op->description(), {{2}}, {types});
  const Quantization none;
  const Quantization per_channel{{1, 2, 3}, {0, 0, 0}, 0};
  for (const Quantization* quantization : {&none, &per_channel}) {
    const Quantization* const quantizations[] = {quantization, nullptr};
    EXPECT_EQ(op->words({{2}}, *instance, {types}, quantizations).status().code(), Error::kUnsupportedType);
  }
}

TEST(Load, RefusesHeadersThatAreNotThere) {
  const auto folder = ScratchFolder::make();
  ASSERT_TRUE(write_file(folder->path() / "ops.yaml", yaml_of()).ok());
  const std::filesystem::path path = folder->path() / "ops.yaml";
  EXPECT_EQ(load({&path, 1}).status().code(), Error::kNotFound);
  EXPECT_NE(load({&path, 1}).status().message().find("pool.hpp"), std::string::npos);
  const auto outside = loaded(*folder, "#include \"../../../../../../etc/hosts\"\n");
  EXPECT_EQ(outside.status().code(), Error::kBadUsage) << outside.status().text();
  const std::filesystem::path twice[] = {path, path};
  ASSERT_TRUE(loaded(*folder, "").ok());
  EXPECT_NE(load(twice).status().message().find("described in another file"), std::string::npos);
}

}  // namespace
}  // namespace tmc::custom
