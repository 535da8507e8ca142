// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a set of kernels to a folder of sources that runs model images with them, and builds with any C++17 compiler and
// nothing else: freestanding, no heap.
//
//   executor.hpp   Model, which loads an image and runs it; kKernels, the kernels that are linked
//   kernels.cpp    one function for each of them, in a table by their names
//   tmc/           the headers of executor, image and kernels, in a namespace named after their content
//   example/main.cpp   runs the image at an address of flash; not part of the library
//   CMakeLists.txt, manifest.json
//
// The same kernels and options give the same bytes.

#include "tmc/backend/cpp/backend.hpp"
#include "tmc/backend/executor/kernel_set.hpp"

namespace tmc::backend::executor {

struct Options {
  Optimize optimize = Optimize::kBalanced;  // speed: kernels share no code
  bool assembly = true;                     // false: the C++ that stands for hand-written inner loops
};

// kBadUsage: the set is empty.
Result<cpp::Files> generate(const KernelSet& set, const Options& options);

}  // namespace tmc::backend::executor
