// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A compiled model as one page that people look at: bars by layer, the arena over time, flash, predicted against
// measured, and the graph as a picture. Plain values in, the text of one HTML file out; whoever fills them in
// (report/make_report.hpp) knows where they are from.
//
// The page is whole: styles, script and data are inside, it asks the network for nothing (its own content security
// policy forbids it), and the same report gives the same bytes. Every text may come from an untrusted model: the page
// holds it as data, and its script puts it on the screen as text only.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tmc::report {

struct NamedText {
  std::string name, text;
};

// What is known before anything is built, and what was counted afterwards; either may be unknown.
struct Figure {
  std::optional<int64_t> predicted, measured;
};

// What runs one node by one kernel: a step of the program, or several in stripes of rows.
struct Layer {
  std::string name, op, kernel;
  int32_t stripes = 1;
  std::string why;  // of all implementations this one
  std::vector<NamedText> params;
  int64_t macs = 0;
  Figure instructions;
  double relative_error = 0;  // of the prediction, expected at most
  bool fitted = false;        // else the prediction is its kernel's own rough estimate
  int64_t scratch_bytes = 0, weight_bytes = 0, table_bytes = 0;
  std::vector<int32_t> functions;  // indices into Report::functions
};

// A function around a kernel's implementation, which several layers may share.
struct Function {
  std::string name, kernel;
  bool specialised = false;  // with constant parameters
  Figure code_bytes;
};

struct NamedBytes {
  std::string name;
  int64_t bytes = 0;
};

struct Flash {
  Figure code, weights, total;
  std::vector<NamedBytes> sections;  // of the linked image
  std::vector<NamedBytes> symbols;   // what its code consists of, the largest first
};

struct Buffer {
  std::string name, kind;  // of kind activation, input, output or scratch
  int64_t bytes = 0, offset = 0;
  int32_t first = 0, last = 0;  // steps between which its bytes stay; -1 before the first, the number of steps after
};

struct Arena {
  int64_t bytes = 0, lower_bound_bytes = 0;
  std::string method;
  bool optimal = false, reordered = false;
  std::vector<Buffer> buffers;
};

struct Value {
  std::string name, dtype, shape, quantization;
  int64_t constant_bytes = -1;  // -1: computed
};

struct Node {
  std::string name, op, doc;
  std::vector<NamedText> attributes;
  std::vector<int32_t> inputs, outputs;  // indices into Graph::values; -1 where an optional input is absent
  int32_t layer = -1;                    // that computes it; -1 where nothing is left to compute
};

struct Graph {
  std::vector<Value> values;
  std::vector<Node> nodes;  // producers first
  std::vector<int32_t> inputs, outputs;
};

struct Report {
  std::string model, target, target_title, optimize, version;
  int64_t macs = 0;
  Figure instructions;
  double relative_error = 0;  // of the predicted instructions
  std::optional<double> cycles_estimate, latency_us_p50, latency_us_p99;
  std::optional<int64_t> static_bytes, stack_bytes;
  Flash flash;
  Arena arena;
  std::vector<Layer> layers;
  std::vector<int32_t> steps;  // the layer of each
  std::vector<Function> functions;
  Graph graph;
  // Of layers, that no output depends on and the compiler took away.
  int64_t removed_channels = 0, removed_weights = 0, removed_macs = 0;
};

std::string to_html(const Report& report);

}  // namespace tmc::report
