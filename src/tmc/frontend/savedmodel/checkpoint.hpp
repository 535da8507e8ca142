// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The variables of a SavedModel: variables/variables.index says where each lies in the files
// variables/variables.data-SHARD-of-SHARDS, by its key. Files are read when a variable of theirs is asked for, and
// sizes, extents and checksums are checked before anything is taken.

#include <functional>
#include <map>
#include <string>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/ir/tensor_data.hpp"

namespace tmc::frontend::savedmodel {

// The content of a file of the model's folder by its path there, with '/'. Errors are those of reading files.
using ReadFile = std::function<Result<std::string>(const std::string& path)>;

struct FileTensor {
  ops::TensorType type;
  ir::TensorData data;
};

class Checkpoint {
 public:
  // kMalformed and kUnsupportedType as read_table says, and for an index of another byte order.
  static Result<Checkpoint> open(ReadFile files);

  // kMalformed where there is none of that key or it does not fit its file; kUnsupportedType for elements that graphs
  // have no name for, and for a variable that is stored in parts.
  Result<FileTensor> read(const std::string& key, ConstantBudget& budget);

 private:
  Result<const std::string*> shard(int32_t number);

  ReadFile files_;
  std::map<std::string, std::string> index_;
  std::map<int32_t, std::string> shards_;
  int32_t shard_count_ = 1;
};

}  // namespace tmc::frontend::savedmodel
