// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Steps that can run by rows. A row is what one index of the height of an NHWC tensor of one image covers; rows follow
// one another in memory, so that some of them are a tensor too. Such a step computes some rows of its output from some
// rows of its inputs by the same implementation and the same constants with other Params: a pack depends neither on
// heights nor on the padding above (docs/adding-an-operator.md).

#include <cstdint>
#include <optional>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::storage {

struct Rows {
  int32_t begin = 0;
  int32_t end = 0;
  int32_t count() const { return end - begin; }
};

class RowForm {
 public:
  // nullopt: the step cannot run by rows.
  static std::optional<RowForm> of(const program::Program& program, const program::Step& step);

  int32_t output_rows() const { return output_rows_; }
  int64_t output_row_bytes() const { return output_row_bytes_; }
  size_t output() const { return output_; }  // which operand

  // Of an input. One that is broadcast along the rows has none: it is read whole for each of them.
  bool has_rows(size_t operand) const { return row_bytes_[operand] > 0; }
  int64_t row_bytes(size_t operand) const { return row_bytes_[operand]; }
  // The rows of an input that these rows of the output are computed from.
  Rows input_rows(size_t operand, const Rows& output) const;
  // Whether every row of the output is computed from the same row of the input, and takes as many bytes.
  bool keeps_rows(size_t operand) const;

  // What computes these rows of the output.
  std::vector<int32_t> params(const Rows& output) const;

 private:
  explicit RowForm(const program::Step& step) : step_(&step) {}
  bool read(const program::Program& program, kernels::Access access);
  bool read_window(const program::Program& program);
  bool read_elements(const program::Program& program);
  bool read_broadcast(const program::Program& program);
  bool set_row_bytes(const program::Program& program, size_t operand, int64_t rows);
  int32_t param(const char* name, int32_t otherwise = 0) const;

  const program::Step* step_;
  bool is_window_ = false;
  int32_t output_rows_ = 0;
  int64_t output_row_bytes_ = 0;
  size_t output_ = 0;
  std::vector<int64_t> row_bytes_;  // of each operand, 0 where it has no rows
  // Of a window; otherwise those of one row.
  int32_t input_rows_ = 0;
  int32_t stride_ = 1, padding_ = 0, extent_ = 1;
};

}  // namespace tmc::storage
