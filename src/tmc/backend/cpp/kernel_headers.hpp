// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The kernel headers that a generated folder carries: those that its implementations include, and what these include in
// turn, from the text that the build embedded. Their namespace `tmc` becomes `tmc::kHASH` and their includes become
// relative, so that folders of different versions neither collide at link time nor read each other's headers.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/embedded.hpp"
#include "tmc/base/host/status.hpp"

namespace tmc::backend::cpp {

// The headers of the device modules, as the build embedded them.
std::span<const EmbeddedFile> device_headers();

struct KernelHeaders {
  std::string version;                       // "kHASH" and the variant: the namespace within tmc
  std::map<std::string, std::string> files;  // by path, "tmc/kernels/kernel.hpp"
};

// The text with namespace tmc replaced by tmc::VERSION.
std::string with_version(std::string_view text, std::string_view version);

// `variant` becomes part of the version: two models of a program may compile the same headers in different ways.
// kInternal: a header is not among `available`.
Result<KernelHeaders> collect_headers(std::span<const EmbeddedFile> available, const std::vector<std::string>& roots,
                                      std::string_view variant = "");

}  // namespace tmc::backend::cpp
