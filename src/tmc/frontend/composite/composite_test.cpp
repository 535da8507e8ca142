// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/composite/composite.hpp"

#include <gtest/gtest.h>

#include "tmc/base/host/embedded.hpp"
#include "tmc/ops/op_info.hpp"

namespace tmc::frontend {

std::span<const EmbeddedFile> composite_files();

namespace {

TEST(Composite, EveryFileIsOneAndUsesOperatorsThatThereAre) {
  for (const EmbeddedFile& file : composite_files()) {
    const auto composite = Composite::from_text(file.text);
    ASSERT_TRUE(composite.ok()) << file.path << ": " << composite.status().text();
    for (const Composite::Line& line : composite->lines) {
      const size_t dollar = line.op.find('$');
      if (dollar == std::string::npos) {
        EXPECT_NE(ops::find_op(line.op), nullptr) << file.path << ": " << line.op;
      }
    }
  }
  EXPECT_EQ(composites().size(), composite_files().size());
}

TEST(Composite, TheNewestOfAnOpsetIsFound) {
  const auto parameters = [](int64_t opset) { return find_composite("onnx", "LogSoftmax", opset).name->parameters; };
  EXPECT_EQ(parameters(12)[0].value, "1");
  EXPECT_EQ(parameters(13)[0].value, "-1");
  EXPECT_EQ(find_composite("onnx", "GroupNormalization", 17).composite, nullptr);
  EXPECT_EQ(find_composite("tflite", "GroupNormalization", 99).composite, nullptr);
}

TEST(Composite, ATextThatIsNoneSaysWhere) {
  EXPECT_EQ(Composite::from_text("onnx A 1\n(x) -> y\ny = add(x, z)").status().text(),
            "'y' reads 'z', which is not there");
  EXPECT_EQ(Composite::from_text("onnx A 1\n(x) -> y\nz = add(x, x)").status().text(), "no line gives 'y'");
  EXPECT_EQ(Composite::from_text("onnx A 1\n(x) -> y\ny add(x)").status().text(),
            "'y add(x)' is no line of a composite");
  EXPECT_EQ(Composite::from_text("onnx\n(x) -> y\ny = relu(x)").status().text(), "'onnx' is no line of a composite");
}

}  // namespace
}  // namespace tmc::frontend
