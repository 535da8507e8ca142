# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Checks the include table of docs/architecture.md against every #include under src/tmc, and what else holds for every
file: the licence header, `#pragma once`, a contract at the top of a header, the size. Prints one line for each break."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "tmc"

# Module: modules that it may include directly. What those may include, it may too; base is open to all.
MAY_INCLUDE = {
    "base": [],
    "tensor": [],
    "function": [],
    "kernels": ["tensor", "function"],
    "stream": [],
    "image": [],
    "runtime": ["image", "kernels"],
    "memory": [],
    "ops": ["function"],
    "ir": ["ops"],
    "custom": ["kernels", "ops"],
    "frontend": ["ir", "custom"],
    "opt": ["ir"],
    "quant": ["ir"],
    "exporter": ["ir", "custom"],
    "targets": [],
    "program": ["kernels", "targets"],
    "select": ["ir", "program", "custom"],
    "storage": ["program"],
    "exec": ["program"],
    "backend": ["program", "runtime"],
    "engine": ["image", "memory", "program"],
    "cost": ["program"],
    "firmware": ["program"],
    "sim": ["firmware"],
    "report": ["ir", "quant", "backend", "cost", "firmware"],
    "preprocess": [],
    "sensor": ["ir", "preprocess"],
    "data": ["ir", "quant", "backend", "preprocess"],
    "pipeline": ["frontend", "opt", "quant", "exporter", "select", "storage", "exec", "backend", "cost", "firmware", "report",
                 "data", "sensor"],
    "check": ["pipeline", "stream"],
}
# Folder of a module: the other folders of it that it may include. Those that are not named see nothing of one another; the
# files beside the folders are open to all. Modules that are not here have no borders within.
FOLDERS_MAY_INCLUDE = {
    "frontend": {"onnx": ["common", "composite"], "tflite": ["common", "composite"], "pytorch": ["common"],
                 "keras": ["common"], "savedmodel": ["common", "onnx"], "xgboost": ["common"], "lightgbm": ["common"],
                 "llama2c": ["common"], "huggingface": ["common"],
                 "gguf": ["common"]},
    "exporter": {},
    "backend": {"executor": ["cpp"]},
    "opt": {"pass": ["attention", "channels"]},
    "kernels": {"portable": ["contract", "common", "host"], "armv7em": ["contract", "common", "host", "portable"],
                "helium": ["contract", "common", "host", "portable"],
                "highway": ["contract", "common", "host", "portable"], "host": ["contract", "portable"],
                "testing": ["contract", "host"], "contract": [], "common": ["contract"]},
    "quant": {"calibrate": ["measure"], "measure": ["calibrate", "scheme"], "correction": ["measure", "scheme"],
              "scheme": ["calibrate"], "decoder": ["measure", "scheme", "correction"]},
    "select": {"lower": ["numerics"]},
}
DEVICE_ROOMS = {"base", "tensor", "function", "kernels", "stream", "image", "runtime"}
# Folders of device modules that hold host code: tests and what runs in the compiler.
HOST_FOLDERS = {"host", "testing", "gen"}
LICENCE = ("Copyright 2026 The tinymlc authors.", "SPDX-License-Identifier: Apache-2.0")
MOST_LINES = 400
INCLUDE = re.compile(r'^\s*#include\s+([<"])([^>"]+)[>"]', re.MULTILINE)
# What a freestanding compiler brings along: types, and the intrinsics of instruction sets.
DEVICE_SYSTEM_HEADER = re.compile(r"(std(def|int)|(arm|riscv)_\w+)\.h")


def reachable(module):
    seen, waiting = {module, "base"}, [module]
    while waiting:
        for other in MAY_INCLUDE[waiting.pop()]:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def is_device(path):
    parts = path.relative_to(SRC).parts
    return (parts[0] in DEVICE_ROOMS and not HOST_FOLDERS & set(parts) and path.suffix == ".hpp")


def check_includes(path, text):
    module = path.relative_to(SRC).parts[0]
    if module not in MAY_INCLUDE:
        yield f"module '{module}' is not in the table of scripts/check_modules.py and docs/architecture.md"
        return
    allowed = reachable(module)
    for kind, name in INCLUDE.findall(text):
        if kind == '"' and name.startswith("tmc/"):
            other = name.split("/")[1]
            if other not in allowed:
                yield f"'{module}' may not include '{other}' ({name})"
            if is_device(path) and HOST_FOLDERS & set(name.split("/")):
                yield f"device code includes host code ({name})"
        elif is_device(path) and not DEVICE_SYSTEM_HEADER.fullmatch(name):
            yield f"device code includes <{name}>"


def check_folders(path, text):
    """What a folder within a module includes of the others, tests apart."""
    parts = path.relative_to(SRC).parts
    borders = FOLDERS_MAY_INCLUDE.get(parts[0])
    if borders is None or len(parts) < 3 or path.stem.endswith("_test"):
        return
    for name in re.findall(rf'"tmc/{parts[0]}/(\w+)/', text):
        if name != parts[1] and name not in borders.get(parts[1], []):
            yield f"'{parts[0]}/{parts[1]}' may not include '{parts[0]}/{name}'"


def check_form(path, text):
    head = text[:400]
    if not all(line in head for line in LICENCE):
        yield "licence header is missing"
    if path.suffix == ".hpp":
        if "#pragma once" not in text:
            yield "#pragma once is missing"
        elif path.is_relative_to(SRC) and "kDoc" not in text and not re.search(r"^//", text.split("#pragma once", 1)[1], re.MULTILINE):
            yield "header has no contract"
    lines = text.count("\n")
    if lines > MOST_LINES:
        yield f"{lines} lines; split what is past {MOST_LINES}"


def tracked():
    out = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True,
                         capture_output=True, text=True).stdout
    for name in out.splitlines():
        path = ROOT / name
        if path.suffix in (".cpp", ".hpp", ".py", ".cmake") or path.name in ("CMakeLists.txt", "Makefile"):
            if path.exists():
                yield path


def main():
    breaks = 0
    for path in tracked():
        text = path.read_text(encoding="utf-8")
        problems = list(check_form(path, text))
        if path.is_relative_to(SRC) and path.suffix in (".cpp", ".hpp"):
            problems += check_includes(path, text)
            problems += check_folders(path, text)
        for problem in problems:
            print(f"{path.relative_to(ROOT)}: {problem}")
        breaks += len(problems)
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main())
