// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Where the rows of a tile begin, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_ROWS) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_ROWS
#undef TMC_HIGHWAY_ROWS
#else
#define TMC_HIGHWAY_ROWS
#endif

HWY_BEFORE_NAMESPACE();
namespace tmc::kernels::highway::HWY_NAMESPACE {

// Where `kRows` rows begin, in bytes from the input.
template <int32_t kRows>
struct Begins {
  int64_t of[kRows];
};

template <int32_t kRows>
HWY_INLINE Begins<kRows> begins_from(const Rows& rows, int32_t row) {
  Begins<kRows> begins;
  int32_t line = row / rows.columns, column = row % rows.columns;
  for (int64_t& begin : begins.of) {
    begin = int64_t{line} * rows.line_stride + int64_t{column} * rows.column_stride;
    if (++column == rows.columns) ++line, column = 0;
  }
  return begins;
}

// Calls run(begins, row) for tiles of kRows rows. The last tile begins earlier where rows are left over, and makes some
// of them again; where there are fewer rows than a tile has, each is a tile of its own.
template <int32_t kRows, class Run>
HWY_INLINE void for_each_tile(const Rows& rows, const Run& run) {
  const int32_t count = rows.lines * rows.columns;
  if (count < kRows) {
    for (int32_t row = 0; row < count; ++row) run(begins_from<1>(rows, row), row);
    return;
  }
  for (int32_t next = 0; next < count; next += kRows) {
    const int32_t row = HWY_MIN(next, count - kRows);
    run(begins_from<kRows>(rows, row), row);
  }
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
