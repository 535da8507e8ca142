#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A story, written token by token by the firmware of an emulated microcontroller, and what it took.

  demo.py [--target T] [--prompt TEXT] [--steps N] [--seed N]     needs the built command line
  demo.py --model model.bin --tokenizer tokenizer.bin             another decoder

The board encodes the prompt, runs the model in int8, chooses the tokens and turns them to text itself; what is shown is
what it sends. Exit code: 0 it is within the limits, 1 it is not, 2 a command failed.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FLASH_LIMIT, RAM_LIMIT = 2 << 20, 1 << 20


class CommandFailed(Exception):
    """A command line call that did not end with 0; holds what to tell the user."""


def start(words, **pipes):
    try:
        return subprocess.Popen([str(word) for word in words], **pipes)
    except OSError as error:
        raise CommandFailed(f"{words[0]}: {error.strerror}; `make build` makes it") from error


def check_board(arguments):
    """The limits are to be those of the text, not of the board."""
    process = start([arguments.tinymlc, "targets", "--json"], stdout=subprocess.PIPE)
    targets = {target["name"]: target for target in json.loads(process.communicate()[0])}
    if arguments.target not in targets:
        raise CommandFailed(f"there is no target '{arguments.target}'; there are {', '.join(sorted(targets))}")
    memory = {kind: sum(region["bytes"] for region in targets[arguments.target]["memory"] if region["kind"] == kind)
              for kind in ("flash", "ram")}
    if memory["flash"] < FLASH_LIMIT or memory["ram"] < RAM_LIMIT:
        raise CommandFailed(f"{arguments.target} has {memory['flash']:,} bytes of flash and {memory['ram']:,} of RAM, which are "
                            f"less than the {FLASH_LIMIT:,} and {RAM_LIMIT:,} that the story may take")


def write_story(arguments):
    """Shows the text as it is written, and returns what `generate --json` says of it."""
    command = [arguments.tinymlc, "generate", arguments.model, "--tokenizer", arguments.tokenizer, "--quantize", arguments.quantize,
               "--target", arguments.target, "--window", arguments.window, "--sinks", arguments.sinks, "--steps", arguments.steps,
               "--prompt", arguments.prompt, "--temperature", arguments.temperature, "--top-p", arguments.top_p,
               "--seed", arguments.seed, "--json"]
    with tempfile.TemporaryFile() as report:
        process = start(command, stdout=report, stderr=subprocess.PIPE)
        while piece := process.stderr.read1():
            sys.stdout.buffer.write(piece)
            sys.stdout.flush()
        if process.wait() != 0:
            raise CommandFailed(f"{' '.join(map(str, command))}: exit code {process.returncode}")
        report.seek(0)
        return json.load(report)


def print_figures(story, target):
    """Returns whether flash and RAM are within the limits."""
    counts = story["instructions"]
    print(f"\n{story['tokens']} tokens on {target}, {story['prompt_tokens']} of them the prompt's\n")
    print(f"{'instructions':<26}{'average':>12}{'least':>12}{'most':>12}")
    for name, key in (("a token", "token"), ("  its step", "step"), ("  tokenizer and sampler", "text")):
        print(f"{name:<26}{counts[key]['average']:>12,}{counts[key]['min']:>12,}{counts[key]['max']:>12,}")
    print(f"{'the prompt, encoded':<26}{counts['prompt']:>12,}\n")
    flash, ram = story["flash_bytes"], story["ram_bytes"]
    print(f"{'memory':<26}{'bytes':>12}{'limit':>12}")
    for name, bytes_, limit in (("flash, code and tables", flash["code"], None), ("flash, weights", flash["weights"], None),
                                ("flash", flash["total"], FLASH_LIMIT), ("RAM, arena", ram["arena"], None),
                                ("RAM, static", ram["static"], None), ("RAM, stack", ram["stack"], None),
                                ("RAM", ram["total"], RAM_LIMIT)):
        print(f"{name:<26}{bytes_:>12,}" + (f"{limit:>12,}" if limit else ""))
    return flash["total"] <= FLASH_LIMIT and ram["total"] <= RAM_LIMIT


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = HERE.parents[1] / "build" / "release" / "bin" / "tinymlc"
    parser.add_argument("--tinymlc", type=pathlib.Path, default=default, help="the command line")
    parser.add_argument("--model", type=pathlib.Path, default=HERE)
    parser.add_argument("--tokenizer", type=pathlib.Path, default=HERE / "tokenizer.json")
    parser.add_argument("--quantize", default="int8")
    parser.add_argument("--target", default="mps2-an500")
    parser.add_argument("--window", type=int, default=256)
    parser.add_argument("--sinks", type=int, default=4)
    parser.add_argument("--prompt", default="It was a fine morning, and")
    parser.add_argument("--steps", type=int, default=200, help="tokens, those of the prompt among them")
    parser.add_argument("--temperature", type=float, default=0.8)
    parser.add_argument("--top-p", type=float, default=0.9)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    try:
        check_board(arguments)
        print(f"Building the firmware of {arguments.model.name} for {arguments.target}; it writes:\n", flush=True)
        fits = print_figures(write_story(arguments), arguments.target)
    except CommandFailed as error:
        print(f"demo: {error}", file=sys.stderr)
        return 2
    print("\nwithin the limits" if fits else "\nnot within the limits")
    return 0 if fits else 1


if __name__ == "__main__":
    sys.exit(main())
