// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/model_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/base/host/files.hpp"
#include "tmc/frontend/onnx/testing/model_builder.hpp"
#ifdef TMC_HAS_SAVEDMODEL
#include "tmc/frontend/savedmodel/testing/saved_model_files.hpp"
#endif
#include "tmc/frontend/tflite/testing/model_builder.hpp"

namespace tmc::frontend {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ModelFile : public testing::Test {
 protected:
  void SetUp() override {
    Result<ScratchFolder> made = ScratchFolder::make();
    ASSERT_TRUE(made.ok());
    folder_.emplace(std::move(made).value());
  }
  std::filesystem::path write(const std::string& name, std::span<const std::byte> bytes) {
    const std::filesystem::path path = folder_->path() / name;
    EXPECT_TRUE(write_file(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}).ok());
    return path;
  }

  std::optional<ScratchFolder> folder_;
};

TEST_F(ModelFile, FormatIsToldByTheContent) {
  const Result<ir::Graph> lite = load_model(write("a.onnx", tflite::small_network().bytes()));
  ASSERT_TRUE(lite.ok()) << lite.status().text();
  EXPECT_EQ(lite->order().size(), 5u);
  const Result<ir::Graph> onnx = load_model(write("b.bin", onnx_format::small_network().bytes()));
  ASSERT_TRUE(onnx.ok()) << onnx.status().text();
  EXPECT_EQ(onnx->name, "test");
}

TEST_F(ModelFile, ErrorsNameTheFile) {
  tflite::ModelBuilder damaged = tflite::small_network();
  damaged.graph().operators.pop_back();
  std::filesystem::path path = write("damaged.tflite", damaged.bytes());
  EXPECT_THAT(load_model(path).status().text(), StartsWith(path.string() + ": "));
  path = write("notes.txt", std::as_bytes(std::span("Dear reader,")));
  EXPECT_EQ(load_model(path).status().code(), Error::kMalformed);
  EXPECT_THAT(load_model(path).status().text(), HasSubstr("no model file of a known format"));
  EXPECT_EQ(load_model(write("empty", {})).status().code(), Error::kMalformed);
  EXPECT_EQ(load_model(folder_->path() / "none").status().code(), Error::kNotFound);
  EXPECT_EQ(load_model(folder_->path()).status().code(), Error::kIo);
}

#ifdef TMC_HAS_SAVEDMODEL
TEST_F(ModelFile, SavedModelsAreFolders) {
  const savedmodel::ModelFiles files = savedmodel::files_of(savedmodel::small_model());
  const auto bytes = [](const std::string& text) { return std::as_bytes(std::span(text)); };
  const std::filesystem::path path = write("saved_model.pb", bytes(files.graph));
  EXPECT_EQ(load_model(path).status().code(), Error::kNotFound);
  std::filesystem::create_directory(folder_->path() / "variables");
  write("variables/variables.index", bytes(files.index));
  write("variables/variables.data-00000-of-00001", bytes(files.data));
  EXPECT_TRUE(load_model(path).ok());
  EXPECT_TRUE(load_model(path.parent_path()).ok());
  const Result<std::string> whole = model_bytes(folder_->path());
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(*whole, files.graph + files.data + files.index);
}
#endif

TEST_F(ModelFile, OptionsReachTheFrontend) {
  onnx_format::ModelBuilder model;
  model.input("x", {-1, 3});
  model.op("Relu", {"x"}, {"y"});
  model.output("y");
  const auto path = write("open.onnx", model.bytes());
  EXPECT_EQ(load_model(path).status().code(), Error::kUnsupportedShape);
  EXPECT_TRUE(load_model(path, {.shapes = {{"x", Shape::of(1, 3)}}}).ok());
}

}  // namespace
}  // namespace tmc::frontend
