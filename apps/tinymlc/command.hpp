// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A subcommand is one file in command/: `void add_NAME(Command& app, Exit& exit)` declares its options and a callback
// that runs it and stores the outcome. The table of files is generated.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "tmc/base/host/json.hpp"
#include "tmc/check/oracle.hpp"
#include "tmc/data/input_files.hpp"
#include "tmc/pipeline/emit.hpp"

namespace tmc::app {

using Json = json::Value;

// How the process ends: 0 done, 1 the answer is no, 2 bad usage or bad input.
struct Exit {
  int code = 0;
  // Prints the error to stderr; returns false. True where the status is ok.
  bool check(const Status& status);
};

// Is told what is being done.
using Show = std::function<void(const std::string& what)>;

// How a float model is to be quantised, in the words of the help.
struct QuantizeArguments {
  std::string scheme;       // quant::Numbers as text; empty: not at all
  std::string cache;        // quant::CacheForm as text; empty: as it is
  std::string calibration;  // .npz, .npy, picture, sound or a folder of such
  std::string score, labels;
  std::string ranges = "auto";
  double percentile = 99.99;
  bool symmetric = false;
  bool per_tensor = false;
  std::string corrections = "auto";
  std::vector<std::string> keep_float;
  int keep_float_worst = 0;
  std::optional<double> max_drop;  // points
  std::string budget;              // as --budget, where the command has that
  std::string preprocess;          // of the command's other uses of it too
  quant::Progress progress;        // empty: a line on the terminal

  void add_to(Command& command);
  // Nothing where nothing was asked for.
  Result<std::optional<pipeline::QuantizeRequest>> request() const;
};

// What inputs and outputs are in the hardware, where that is not what the file says.
struct BorderArguments {
  std::vector<std::string> input_types, output_types;  // TYPE or NAME=TYPE
  std::vector<std::string> input_layouts;              // nhwc or NAME=nhwc

  void add_to(Command& command);
  Result<pipeline::BorderOptions> options(const std::string& preprocess) const;
};

// Options that several subcommands share, in the words of their help.
struct ModelOptions {
  std::string model;
  std::string name;  // of the generated code; empty: made from the file's name
  std::string target = "host";
  std::string optimize = "balanced";
  std::vector<std::string> shapes;  // NAME=1x49x10
  std::vector<std::string> bounds;  // NAME=100
  std::vector<std::string> states;  // INPUT=OUTPUT
  bool no_auto_state = false;
  std::vector<std::string> stream_axes;      // AXIS or INPUT=AXIS
  std::optional<int> stream_hop;             // frames; none: what the preprocessing's stream has, else 1
  int64_t window = 0, sinks = 0, block = 0;  // of a decoder; 0: not given
  std::string weights;                       // .pt
  std::vector<std::string> custom;           // .yaml
  std::string isa;                           // armv7em,portable
  bool for_sources = false;                  // kernels that sources can hold; else those for this process
  bool no_asm = false;
  bool keep_inputs = false;
  bool drop_roundings = false;
  bool plain_kernels = false;
  bool check = false;                // an image's hash
  bool as_sources = false;           // of an image
  std::vector<std::string> kernels;  // images, and lists of names, for the executor
  std::string pin_weights;           // REGION=BYTES
  QuantizeArguments quantize;
  BorderArguments border;
  std::string arena;                                  // REGION[=BYTES],...
  std::string stripe_rows = "auto";                   // or "none", "min", BYTES
  quant::Progress progress;                           // of the phases; empty: nobody asks
  std::function<void(const std::string& text)> warn;  // empty: to stderr

  void add_to(Command& command, bool with_target = true);
  // All but the model itself.
  void add_settings_to(Command& command, bool with_target = true);
  // What --preprocess names, or a model that is a preprocessing itself, which has no labels then; else nothing.
  Result<preprocess::Spec> preprocessing() const;
  // Compiles the model up to `last`. `ram_budget_bytes`: a limit for --stream-rows auto too.
  Result<pipeline::Compilation> compile(std::string_view last = {},
                                        std::optional<int64_t> ram_budget_bytes = std::nullopt) const;
};

// "a,b" to a and b; nothing where the text is empty.
std::vector<std::string> split_at_commas(const std::string& text);

// FILE or NAME=FILE, of any kind that pipeline/input_files.hpp reads.
std::vector<data::InputFile> input_files(const std::vector<std::string>& arguments);

// NAME=FILE.npy (or FILE.npz, which names its arrays itself) to arrays.
Result<data::NamedArrays> load_inputs(const std::vector<std::string>& arguments);

// Columns of text, the first left-aligned, the others right-aligned; the first row is the heading.
std::string table(const std::vector<std::vector<std::string>>& rows);
// With the number of stripes that it runs in, where there are several.
std::string kernel_text(const std::string& label, int32_t stripes);
// The end of a long name, for a table.
std::string shortened(const std::string& name);
// 12345678 -> "12,345,678".
std::string grouped(int64_t value);
// The names of a sensor's features in a line, as many as it holds.
std::string features_text(const std::vector<std::string>& names);
// What the compiler took away because no output depends on it, in a line.
std::string removed_text(const ir::RemovedWork& removed);

// A line on the terminal's standard error that is written over and goes when the object does; silent in a pipe.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  void show(const std::string& text);

 private:
  bool terminal_;
  size_t shown_ = 0;
};

struct CommandEntry {
  void (*add)(Command& app, Exit& exit);
};

}  // namespace tmc::app
