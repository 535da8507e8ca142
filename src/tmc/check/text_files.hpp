// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a generated folder holds beside the step of a decoder, so that it writes text on a chip:
//
//   text.hpp, text.cpp   class Text of the model's namespace: a prompt in, bytes of text out, with the tables in flash
//   tmc/stream/          the device headers of the stream that it uses, in a namespace named after their content
//   example/main.cpp     a program that writes a text; no part of the library

#include "tmc/backend/cpp/backend.hpp"
#include "tmc/check/text_settings.hpp"

namespace tmc::check {

// A Text takes prompts of at least kDefaultPromptBytes, and of `prompt_bytes`.
inline constexpr size_t kDefaultPromptBytes = 256;
Result<backend::cpp::Files> text_files(const Compilation& compilation, const TextSettings& settings,
                                       size_t prompt_bytes);

}  // namespace tmc::check
