# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0

# tmc_module(NAME [FAST] [APART] [DEPENDS module...] [LINK library...] [SOURCES generated.cpp...])
#
# Makes the library `tmc_NAME` from the .cpp files of this folder and of those below it that are no module of their own, and
# the test program `NAME_test` from the `*_test.cpp` files and the `testing/` folders beside them. DEPENDS names modules, LINK outside libraries,
# SOURCES generated files. FAST is for modules whose loops users wait for: optimised for speed, at a price in build time.
# APART is for modules whose files are entries of a table, with names that repeat: each is compiled alone, with TMC_UNITY too.
function(tmc_module name)
  cmake_parse_arguments(arg "FAST;APART" "" "DEPENDS;LINK;SOURCES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  file(GLOB_RECURSE nested CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt")
  foreach(list IN LISTS nested)
    get_filename_component(folder "${list}" DIRECTORY)
    list(FILTER sources EXCLUDE REGEX "^${folder}/")
  endforeach()
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "(_test\\.cpp|/testing/[^/]*\\.cpp)$")
  list(FILTER sources EXCLUDE REGEX "(_test\\.cpp|/testing/[^/]*\\.cpp)$")
  list(APPEND sources ${arg_SOURCES})

  list(TRANSFORM arg_DEPENDS PREPEND tmc_)
  if(sources)
    add_library(tmc_${name} STATIC ${sources})
    target_link_libraries(tmc_${name} PUBLIC ${arg_DEPENDS} ${arg_LINK} PRIVATE tmc_flags)
    target_include_directories(tmc_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
    if(TMC_UNITY AND NOT arg_APART)
      set_target_properties(tmc_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 5)
    endif()
    if(arg_FAST)
      target_compile_options(tmc_${name} PRIVATE ${TMC_FAST_OPTIONS})
      target_precompile_headers(tmc_${name} REUSE_FROM tmc_precompiled_fast)
    else()
      target_precompile_headers(tmc_${name} REUSE_FROM tmc_precompiled)
    endif()
  else()
    add_library(tmc_${name} INTERFACE)
    target_link_libraries(tmc_${name} INTERFACE ${arg_DEPENDS} ${arg_LINK})
    target_include_directories(tmc_${name} INTERFACE "${CMAKE_SOURCE_DIR}/src")
  endif()
  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE tmc_${name} tmc_flags tmc_test_main)
    if(arg_FAST)
      target_precompile_headers(${name}_test REUSE_FROM tmc_precompiled_test_fast)
    else()
      target_compile_options(${name}_test PRIVATE ${TMC_TEST_OPTIONS})
      target_precompile_headers(${name}_test REUSE_FROM tmc_precompiled_test)
    endif()
    gtest_discover_tests(${name}_test TEST_PREFIX "${name}." WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}" DISCOVERY_TIMEOUT 60
                         PROPERTIES TIMEOUT 600)
  endif()
endfunction()

# tmc_unity(NAME FILES_IN_ONE pattern...)
#
# Compiles the files of module NAME that match, small ones whose headers are large, together, so many at a time. They share
# one anonymous namespace then.
function(tmc_unity name files_in_one)
  list(TRANSFORM ARGN PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  file(GLOB files CONFIGURE_DEPENDS ${ARGN})
  list(FILTER files EXCLUDE REGEX "_test\\.cpp$")
  list(SORT files)
  set(index 0)
  foreach(file IN LISTS files)
    math(EXPR group "${index} / ${files_in_one}")
    set_source_files_properties("${file}" PROPERTIES UNITY_GROUP "${name}_${group}")
    math(EXPR index "${index} + 1")
  endforeach()
  set_target_properties(tmc_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
