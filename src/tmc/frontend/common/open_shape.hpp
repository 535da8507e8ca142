// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Extents of graph inputs that a file leaves open, by name (symbols) or without, and what the caller binds them to:
// `--shape NAME=1x49x10` gives a whole input, `--shape SYMBOL=1` every extent of that name.

#include <map>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/frontend/common/import_options.hpp"

namespace tmc::frontend {

// What a file says of an input's shape.
struct OpenShape {
  Shape extents;                     // less than 0: open
  std::vector<std::string> symbols;  // empty, or one for each axis: "" where the extent has no name
  bool has_rank = true;              // false: the file says nothing at all
};

class ShapeBinder {
 public:
  explicit ShapeBinder(const ImportOptions& options) : options_(options) {}

  // Every input is declared first.
  void declare(const std::string& input, OpenShape shape) { inputs_[input] = std::move(shape); }
  // Then: kBadUsage where a shape is given for what is neither an input nor a symbol.
  Status check_names() const;
  // The shape of a declared input. kBadUsage for a given shape that contradicts the file or another input;
  // kUnsupportedShape, with the option that helps, where an extent stays open, and where one is 0.
  Result<Shape> bind(const std::string& input);

 private:
  Status agree(const std::string& input, const OpenShape& file, const Shape& shape);

  struct Bound {
    int64_t extent;
    std::string input;  // that it was bound by
  };

  const ImportOptions& options_;
  std::map<std::string, OpenShape> inputs_;
  std::map<std::string, Bound> symbols_;
};

}  // namespace tmc::frontend
