// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The variables of a SavedModel as constants. Which key of the checkpoint a variable has is what the model's own
// restore operation says: it reads keys (RestoreV2) and assigns what it reads to variables.

#include <optional>

#include "tmc/frontend/savedmodel/checkpoint.hpp"

namespace tmc::savedmodel {
class MetaGraphDef;
}  // namespace tmc::savedmodel

namespace tmc::frontend::savedmodel {

namespace proto = tmc::savedmodel;

class Variables {
 public:
  // Files are opened when a variable is read.
  Variables(const proto::MetaGraphDef& model, ReadFile files);

  // What the variable whose node has that name is restored to. kMalformed where the model does not say so, and as
  // Checkpoint says.
  Result<FileTensor> read(const std::string& node, ConstantBudget& budget);

 private:
  std::map<std::string, std::string> keys_;  // by the name of the variable's node
  ReadFile files_;
  std::optional<Checkpoint> checkpoint_;
};

}  // namespace tmc::frontend::savedmodel
