// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "verify_model.hpp"

namespace tmc::app {

void VerifyArguments::add_to(Command& command) {
  model.add_to(command);
  command
      .add_option("--oracle", verify.oracle, "litert, onnxruntime, xgboost, lightgbm, or an .npz of inputs and outputs")
      ->required();
  command.add_option("--samples", verify.samples, "random samples, extremes among them")
      ->capture_default_str()
      ->in_range(1, 1000000);
  command.add_option("--seed", verify.seed, "of the random samples")->capture_default_str();
  command.add_option("--input", inputs, "NAME=FILE.npy or FILE.npz, axis 0 counts the samples: instead of random ones");
  command.add_option("--dump", dump, "folder for both tensors of the first difference");
}

Result<check::VerifyReport> verify_model(const VerifyArguments& arguments, const Show& show) {
  show("compiling");
  ModelOptions model = arguments.model;
  model.no_auto_state = true;  // an oracle runs single steps
  TMC_ASSIGN(const pipeline::Compilation compilation, model.compile());
  check::VerifyOptions verify = arguments.verify;
  TMC_ASSIGN(verify.inputs, load_inputs(arguments.inputs));
  if (!arguments.dump.empty()) verify.dump = arguments.dump;
  show("running the oracle and the model");
  return check::verify(compilation, verify);
}

}  // namespace tmc::app
