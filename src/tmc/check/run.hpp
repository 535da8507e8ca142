// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs a compiled model where its target runs: in this process, or as firmware on an emulated board.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tmc/data/arrays.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc::check {

using data::Ports;
using data::TensorBytes;
using pipeline::Compilation;
// The bytes of tensors by their index in Program::tensors.
using Tensors = std::map<size_t, TensorBytes>;
// Called after each sample with how many are done.
using Progress = std::function<void(size_t done)>;

// Whether a model's state begins anew with every sample, or samples are steps of one sequence.
enum class Samples : uint8_t { kApart, kSteps };

// Error: a target that nothing here can run, with those that run.
Status check_runs_here(const Target& target);

// Error: several threads of a target that does not run in this process.
Status check_threads(const Target& target, int32_t threads);

// The outputs of every sample. Error: a target that cannot run here; a fault or time-out of the board; what
// check_threads says.
Result<std::vector<Ports>> run_samples(const Compilation& compilation, std::span<const Ports> samples,
                                       const Progress& progress = {}, Samples are = Samples::kApart,
                                       int32_t threads = 1);

// Every tensor of every sample, each by itself, as it was right after the step that completed it.
Result<std::vector<Tensors>> trace_samples(const Compilation& compilation, std::span<const Ports> samples);

}  // namespace tmc::check
