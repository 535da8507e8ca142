// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/naming.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tmc::backend::cpp {
namespace {

constexpr std::size_t kIdentifierLimit = 40;
constexpr std::size_t kCommentLimit = 80;

// ASCII only, whatever the locale.
constexpr bool is_lower(char letter) {
  return letter >= 'a' && letter <= 'z';
}
constexpr bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}
constexpr bool is_word(char letter) {
  return is_lower(letter) || (letter >= 'A' && letter <= 'Z') || is_digit(letter);
}

// Punctuation that means nothing in a comment and nothing in a literal.
constexpr bool is_harmless(char letter) {
  return is_word(letter) || std::string_view(" _.,:;/-+=#@()[]{}<>|~^!&%").find(letter) != std::string_view::npos;
}

// Words between spaces.
bool lists(std::string_view words, std::string_view word) {
  return words.find(fmt::format(" {} ", word)) != words.npos;
}

// Lower-case words that cannot name a namespace and a C function's prefix: keywords, what the language reserves, and
// names that compilers predefine as macros.
constexpr std::string_view kReserved =
    " alignas alignof and and_eq arm asm atomic auto bitand bitor bool break case catch char char16_t char32_t "
    "char8_t class co_await co_return co_yield compl concept const const_cast consteval constexpr constinit "
    "continue decltype default delete do double dynamic_cast else enum explicit export extern false float for "
    "friend goto if inline int linux long main mutable namespace new noexcept not not_eq nullptr operator or or_eq "
    "posix private protected public register reinterpret_cast requires restrict return short signed sizeof static "
    "static_assert static_cast std struct switch template this thread_local throw tmc true try typedef typeid "
    "typename union unix unsigned using virtual void volatile wchar_t while xor xor_eq ";

// Types, functions and macros of the C library: of the headers that generated code includes, and of those that a
// program around it is likely to.
constexpr std::string_view kLibrary =
    " abort abs accept access acos acosh alarm asctime asin asinh assert atan atan2 atanh atexit atof atoi atol atoll "
    "bind brk bsearch bzero calloc cbrt ceil chdir chmod chown clock close complex connect copysign cos cosh creat "
    "ctime daddr_t daemon difftime div div_t double_t drem dup encrypt environ erf erfc errno exec execl execv exit "
    "exp exp2 expm1 fabs fclose fcntl fdim feof ferror fflush ffs fgetc fgets file float_t floor fma fmax fmin fmod "
    "fopen fork fprintf fputc fputs fread free frexp fscanf fseek fsetpos fstat fsync ftell fwrite gamma getc getchar "
    "getenv getopt getpid gets gettimeofday gmtime hypot id_t ilogb index infinity ino_t int16_t int32_t int64_t "
    "int8_t "
    "intmax_t intptr_t ioctl isalnum isalpha isatty isdigit isfinite isinf islower isnan isspace isupper j0 j1 jn "
    "jrand48 "
    "kill labs ldexp ldiv lgamma link listen llabs llrint llround localtime log log10 log1p log2 logb longjmp lrint "
    "lround lseek major makedev malloc mblen memccpy memchr memcmp memcpy memmove memset minor mkdir mktime modf "
    "mode_t "
    "nan nanosleep nearbyint nextafter nice nftw off_t offsetof open pause perror pid_t pipe poll pow printf "
    "ptrdiff_t putc putchar putenv puts qsort raise rand random read realloc recv remainder remove remquo rename "
    "rewind "
    "rindex rint rmdir round sbrk scalb scalbn scanf select send setbuf setenv setjmp sigaction signal significand sin "
    "sinh size_t sleep snprintf socket sprintf sqrt srand srandom sscanf ssize_t stat stderr stdin stdout stpcpy "
    "strcat "
    "strchr strcmp strcpy strlen strncmp strncpy strstr strtod strtof strtok strtol strtoul swab symlink sync syscall "
    "system tan tanh tell tgamma time time_t timegm times tm tmpfile tolower toupper trunc truncate tzset uid_t uint "
    "uint16_t uint32_t uint64_t uint8_t uintptr_t ulong umask uname ungetc unlink ushort usleep va_arg va_end va_list "
    "va_start vfork vprintf wait wchar wint_t write y0 y1 yn ";

}  // namespace

std::string identifier_part(std::string_view name) {
  std::string part;
  for (const char letter : name) {
    if (part.size() == kIdentifierLimit) break;
    if (is_word(letter)) {
      part += letter;
    } else if (!part.empty() && part.back() != '_') {
      part += '_';
    }
  }
  if (!part.empty() && part.back() == '_') part.pop_back();
  return part;
}

std::string comment_text(std::string_view name) {
  std::string text(name.substr(0, kCommentLimit));
  std::ranges::replace_if(
      text, [](char letter) { return !is_harmless(letter); }, '_');
  return text;
}

std::string string_literal(std::string_view name) {
  std::string text = "\"";
  for (const char letter : name) {
    text += is_harmless(letter) ? std::string(1, letter) : fmt::format("\\{:03o}", static_cast<unsigned char>(letter));
  }
  return text + '"';
}

bool is_model_name(std::string_view name) {
  const auto allowed = [](char letter) { return is_lower(letter) || is_digit(letter) || letter == '_'; };
  return !name.empty() && is_lower(name.front()) && std::ranges::all_of(name, allowed) &&
         name.find("__") == name.npos && !lists(kReserved, name) && !lists(kLibrary, name);
}

std::string model_name_from(std::string_view text) {
  if (is_model_name(text)) return std::string(text);
  std::string name;
  for (const char letter : text) {
    if (is_word(letter)) {
      name += is_lower(letter) || is_digit(letter) ? letter : static_cast<char>(letter - 'A' + 'a');
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  if (!name.empty() && name.back() == '_') name.pop_back();
  if (name.empty()) return "model";
  return is_model_name(name) ? name : "model_" + name;
}

std::string upper_case(std::string_view name) {
  std::string upper(name);
  for (char& letter : upper) {
    if (is_lower(letter)) letter = static_cast<char>(letter - 'a' + 'A');
  }
  return upper;
}

}  // namespace tmc::backend::cpp
