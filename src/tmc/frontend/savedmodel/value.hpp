// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a node of TensorFlow gives while its graph is imported. Lists of tensors, through which loops pass what their
// trips read and write, are known here: their tensors have names.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tmc::frontend::savedmodel {

struct Value {
  enum class Kind : uint8_t {
    kTensor,    // `name` is that of a tensor of the import
    kVariable,  // a handle of the variable whose node is called `name`
    kList,
    kRefused,  // of a node that is not supported
  };
  // Elements are empty until they are set.
  using List = std::vector<std::string>;

  Kind kind = Kind::kRefused;
  std::string name = {};
  std::shared_ptr<const List> list = {};
};

}  // namespace tmc::frontend::savedmodel
