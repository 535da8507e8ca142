// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a caller may tell every frontend.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "tmc/base/shape.hpp"
#include "tmc/frontend/common/past_ports.hpp"

namespace tmc::custom {
class Operators;
}

namespace tmc::frontend {

struct ImportOptions {
  // What open extents are bound to (`--shape`), by the name of an input, or of an extent: then of rank 1
  // (frontend/common/open_shape.hpp).
  std::map<std::string, Shape> shapes;
  // The most that there may be of what is known at run time only (`--bound`), by the name of a tensor: how many a
  // tensor of data-dependent extent holds, how often a loop runs whose count it is, how many bytes a text has.
  std::map<std::string, int64_t> bounds = {};
  // Outputs that become inputs of the next run (`--state`), by the name of the input (frontend/common/states.hpp).
  std::map<std::string, std::string> states = {};
  // A PyTorch state dictionary that quantises the float model (frontend/pytorch/apply_state_dict.hpp); empty: none.
  std::filesystem::path weights = {};
  // Operators of the user's own (`--custom`), which come before ours of the same name; null: none.
  std::shared_ptr<const custom::Operators> custom = {};
  // Of a decoder whose caches are inputs and outputs: how many tokens they hold, and how many are new. None: the file's
  // inputs are what they are (onnx/past_ports.hpp).
  std::optional<PastLengths> past = {};
  // Gets what is odd about a file and does no harm, without the file's name.
  std::function<void(const std::string&)> warn = [](const std::string&) {};
};

}  // namespace tmc::frontend
