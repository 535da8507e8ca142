// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operators of `--custom` files. The YAML may be anything and is checked in full; all that is wrong with it is said
// in one error. The header and the Python function that it names are the user's own code, which is trusted: they are
// compiled and run.

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "tmc/custom/operator.hpp"

namespace tmc::custom {

// A value; the operators live for ever.
class Operators {
 public:
  bool empty() const { return operators_.empty(); }
  // Those that a file of the format means by that name, in the order of the descriptions.
  std::vector<std::shared_ptr<const Operator>> of_onnx(std::string_view domain, std::string_view type) const;
  std::vector<std::shared_ptr<const Operator>> of_tflite(std::string_view name) const;

 private:
  friend Result<Operators> load(std::span<const std::filesystem::path> files);
  std::vector<std::shared_ptr<const Operator>> operators_;
};

// kMalformed with everything that is wrong, kNotFound or kIo where a file cannot be read.
Result<Operators> load(std::span<const std::filesystem::path> files);

// What one text says, without a look at the headers. The folder is what its paths are relative to.
Result<std::vector<Description>> parse(std::string_view yaml, const std::filesystem::path& folder);

}  // namespace tmc::custom
