// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// `compile` without a word to the terminal: from arguments to a folder of sources or an image.

#include "command.hpp"
#include "text_options.hpp"
#include "tmc/pipeline/predict.hpp"
#include "tmc/preprocess/spec.hpp"

namespace tmc::app {

struct CompileArguments {
  ModelOptions model;
  TextArguments text;
  std::string output;
  std::string emit = "cpp";
  bool no_names = false;

  // The option of the output.
  Option* add_to(Command& command);
};

struct Compiled {
  pipeline::Compilation compilation;
  cost::Cost cost;
  preprocess::Spec spec;
  std::string note;             // why the folder has nothing for text
  size_t executor_kernels = 0;  // that an executor has linked
};

// Compiles, checks the budget and writes; without an output, nothing is written.
Result<Compiled> compile_model(const CompileArguments& arguments, const Show& show);

}  // namespace tmc::app
