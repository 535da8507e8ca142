// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/adapter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/custom/load.hpp"
#include "tmc/custom/testing/small_description.hpp"

namespace tmc::custom {
namespace {

using ::testing::HasSubstr;

std::string adapter_of(const std::map<std::string, std::string>& changed) {
  const auto parsed = parse(testing::yaml_of(changed), ".");
  EXPECT_TRUE(parsed.ok()) << parsed.status().text();
  return parsed.ok() ? adapter_text(parsed->front(), "0123") : "";
}

TEST(Adapter, CallsTheFunctionWithPlainNumbers) {
  const std::string text = adapter_of({{"arguments", "[y, x, h // stride, taps, stride]"}});
  EXPECT_THAT(text, HasSubstr("#include \"../../../custom/pool.hpp\"\n"));
  EXPECT_THAT(text, HasSubstr("struct pool_operator {\n"));
  EXPECT_THAT(text, HasSubstr("    int32_t output_bytes;\n    int32_t input_bytes;\n    int32_t arg_argument_2;\n"
                              "    float arg_taps_0;\n    float arg_taps_1;\n    int32_t arg_stride;\n  };\n"));
  EXPECT_THAT(text, HasSubstr("    const float* in_x;\n    float* out_y;\n  };\n"));
  EXPECT_THAT(text, HasSubstr("    ::dsp::pool(buffers.out_y, buffers.in_x, params.arg_argument_2, params.arg_taps_0, "
                              "params.arg_taps_1, params.arg_stride);\n"));
}

TEST(Adapter, CallsTheFunctionWithAStruct) {
  const std::string text =
      adapter_of({{"arguments", "[x, n, y, z, scratch, x.zero_point, x.scale]"},
                  {"inputs", "[{name: x, dtype: i8, shape: [n]}]"},
                  {"outputs", "[{name: y, dtype: i16, shape: [n]}, {name: z, dtype: i32, shape: []}]"},
                  {"params", "dsp::Pool"},
                  {"scratch", "n"}});
  EXPECT_THAT(text, HasSubstr("    int32_t output_bytes[2];\n    int32_t input_bytes;\n    int32_t arg_n;\n"
                              "    int32_t arg_x_zero_point;\n    float arg_x_scale;\n"));
  EXPECT_THAT(text,
              HasSubstr("    const int8_t* in_x;\n    int16_t* out_y;\n    int32_t* out_z;\n    void* scratch;\n"));
  EXPECT_THAT(text, HasSubstr("    ::dsp::pool(::dsp::Pool{params.arg_n, params.arg_x_zero_point, params.arg_x_scale}, "
                              "buffers.in_x, buffers.out_y, buffers.out_z, Scratch{buffers.scratch});\n"));
}

}  // namespace
}  // namespace tmc::custom
