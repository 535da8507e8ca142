/* Copyright 2026 The tinymlc authors.
 * SPDX-License-Identifier: Apache-2.0
 *
 * run_c MODEL.tmci INPUT.raw OUTPUT.raw: the first input's bytes from a file, the first output's to another one. */
#include <stdio.h>
#include <tinymlc/tinymlc.h>

static int complain(const char* what) {
  fprintf(stderr, "%s: %s\n", what, tinymlc_message());
  return 1;
}

int main(int argc, char** argv) {
  if (argc != 4) return fprintf(stderr, "run_c MODEL.tmci INPUT.raw OUTPUT.raw\n"), 2;

  tinymlc_model* model;
  tinymlc_context* context;
  tinymlc_tensor input, output;
  if (tinymlc_load(argv[1], TINYMLC_CHECK_HASH, &model) != TINYMLC_OK) return complain(argv[1]);
  if (tinymlc_context_create(model, &context) != TINYMLC_OK) return complain("context");
  if (tinymlc_input_tensor(model, 0, &input) != TINYMLC_OK) return complain("input");
  if (tinymlc_output_tensor(model, 0, &output) != TINYMLC_OK) return complain("output");
  printf("%s: %llu bytes to %s: %llu bytes\n", input.name, (unsigned long long)input.bytes, output.name,
         (unsigned long long)output.bytes);

  FILE* from = fopen(argv[2], "rb");
  if (from == NULL || fread(tinymlc_input(context, 0), 1, input.bytes, from) != input.bytes) {
    return fprintf(stderr, "%s does not hold the input\n", argv[2]), 1;
  }
  fclose(from);
  if (tinymlc_run(context) != TINYMLC_OK) return complain("run");
  FILE* to = fopen(argv[3], "wb");
  if (to == NULL || fwrite(tinymlc_output(context, 0), 1, output.bytes, to) != output.bytes || fclose(to) != 0) {
    return fprintf(stderr, "cannot write %s\n", argv[3]), 1;
  }
  tinymlc_context_release(context);
  tinymlc_release(model);
  return 0;
}
