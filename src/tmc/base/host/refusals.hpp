// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Collects what a model asks for and does not get, so that one error names it all: operators that nobody knows, and
// nodes whose types, attributes or operands nobody takes. A value; not thread-safe.

#include <map>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc {

// What somebody can do where the place that refused says nothing more exact.
std::string_view usual_hint(Error code);

class Refusals {
 public:
  // An operator of the file that there is no importer for.
  void add_unknown(const std::string& op, const std::string& node) { unknown_[op].push_back(node); }
  // A node that is not supported; its `status` says why. `op` may be empty: then it is no node but an input or the
  // whole.
  void add(const std::string& op, const std::string& node, const Status& status);
  void add(const Refusals& others);
  bool empty() const { return unknown_.empty() && refused_.empty(); }
  // Ok where there is nothing. One refused node: its status. Else all of them: a line for each unknown operator and for
  // each reason, with its nodes; the code is kUnsupportedOp where an operator is unknown, else the first reason's.
  Status status() const;

  // Whether `status` is of the kind that is collected: the model is sound, but asks for what is not there.
  static bool is_refusal(const Status& status);

 private:
  struct Reason {
    std::string op;
    Status status;
    std::vector<std::string> nodes;
  };

  std::string unknown_text() const;
  std::string refused_text() const;
  // What all the reasons advise; empty where they differ.
  std::string common_hint() const;

  std::map<std::string, std::vector<std::string>> unknown_;
  std::vector<Reason> refused_;  // in order of appearance
};

}  // namespace tmc
