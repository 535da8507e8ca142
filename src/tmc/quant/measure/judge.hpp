// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How far a quantised graph's outputs are from the float graph's, on the same rows.
//
// An output that softmax or sigmoid makes is judged before it: there a change shows that probabilities near 0 and 1
// would hide.

#include <set>

#include "tmc/quant/measure/session.hpp"

namespace tmc::quant {

// Energies of a signal and of what was added to it.
struct Noise {
  double signal = 0, noise = 0;

  void add(std::span<const float> wanted, std::span<const float> got);
  // noise / signal; 0 where there is no noise.
  double relative() const;
  // 10 log10(signal / noise), at most kMostDb.
  double snr_db() const;
  static constexpr double kMostDb = 150;
};

// Where a graph's float value is found in a session that may hold it as `NAME_quantized` instead. Nothing: nowhere.
std::optional<size_t> find_tensor(const Session& session, const std::string& value);

// Names of the float outputs, in their order, and of the values at which they are judged.
std::vector<std::string> output_values(const ir::Graph& graph);
std::vector<std::string> judged_values(const ir::Graph& graph);

struct Verdict {
  Noise noise;
  int64_t rows = 0;
  int64_t agree = 0;                   // rows whose first output has its largest element at the same place
  int64_t float_right = 0, right = 0;  // rows where that place is the label

  double share(int64_t of) const { return rows == 0 ? 1 : static_cast<double>(of) / static_cast<double>(rows); }
};

// The float graph's answers on some rows, and the verdict on others'. Holds what is judged of these rows in memory.
class Judge {
 public:
  // `values`: of the graph that `session` runs. The rows outlive the judge.
  static Result<Judge> create(Session& session, RowSource& rows, std::vector<int64_t> indices,
                              std::vector<std::string> values);
  // `labels`: of the rows, in the order of `rows()`, or none.
  Result<Verdict> judge(Session& session, std::span<const int64_t> labels = {}) const;
  const std::vector<int64_t>& rows() const { return indices_; }

 private:
  using Answers = std::vector<std::vector<float>>;  // of one row, by value

  Result<Answers> answers(Session& session, int64_t row) const;

  RowSource* source_ = nullptr;
  std::vector<int64_t> indices_;
  std::vector<std::string> values_;
  std::vector<Answers> wanted_;
};

// At most `most` of [0, rows), evenly spread.
std::vector<int64_t> spread_rows(int64_t rows, int64_t most);
// The index of the first of the largest elements.
size_t argmax(std::span<const float> values);

}  // namespace tmc::quant
