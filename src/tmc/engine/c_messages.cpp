// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "tmc/engine/c_handles.hpp"

namespace tmc::engine {
namespace {

// Of the thread; without the heap, so that a run that is refused allocates nothing either.
thread_local char last_message[512] = "";

tinymlc_status code_of(Error error) {
  switch (error) {
    case Error::kOk:
      return TINYMLC_OK;
    case Error::kNotFound:
      return TINYMLC_NOT_FOUND;
    case Error::kIo:
      return TINYMLC_IO;
    case Error::kMalformed:
      return TINYMLC_MALFORMED;
    case Error::kUnsupportedOp:
      return TINYMLC_UNSUPPORTED;
    case Error::kDoesNotFit:
      return TINYMLC_NO_MEMORY;
    default:
      return TINYMLC_INTERNAL;
  }
}

}  // namespace

tinymlc_status failed(tinymlc_status status, std::string_view message) {
  const size_t bytes = std::min(message.size(), sizeof(last_message) - 1);
  std::memcpy(last_message, message.data(), bytes);
  last_message[bytes] = 0;
  return status;
}

tinymlc_status failed(const Status& status) {
  return failed(code_of(status.code()), status.text());
}

}  // namespace tmc::engine

const char* tinymlc_message(void) {
  return tmc::engine::last_message;
}
