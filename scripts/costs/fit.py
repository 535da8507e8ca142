# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Fits what the kernel bodies of a target cost on generated layers, and writes src/tmc/targets/data/cost/CORE.yaml.

A body's instructions are linear in its terms (kernels/ISA/cost), by least squares on the relative error, in each of four
forms: compiled for speed or for size, as an instance of its own or shared. See docs/cost-model.md."""
import argparse
import collections
import json
import pathlib
import tempfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from layers import all_layers, busy_layer
from measure import ROOT, measure, predict, tinymlc, write_model
from merge import merged

FORMS = {"fast_specialised": ("speed", True), "fast_shared": ("balanced", False), "small_specialised": ("size", True),
         "small_shared": ("size", False)}
BUSY = ("armv7em/conv2d_s8", "armv7em/fully_connected_s8")  # what busy layers run on, and what they call
PREPARING = ("quantize_dynamic",)  # kernels that another of the same layer brings with it
MIXED = 12  # images with one layer of each body, which a size build specialises
DAMPING = 1e-3
LARGEST_SHARE = 12  # layers whose weights take more of the flash are left out: a body's layers share an image
HARD = 0.08  # a body that is further off than this needs better terms


def flash_bytes(target):
    memory = next(entry["memory"] for entry in tinymlc("targets") if entry["name"] == target)
    return sum(region["bytes"] for region in memory if region["kind"] == "flash")


def by_body(folder, target):
    """The generated layers of each body that the target chose, the cheapest first; of a hybrid layer both steps have it."""
    bodies = collections.defaultdict(list)
    most_bytes = flash_bytes(target) / LARGEST_SHARE
    for index, operator in enumerate(all_layers()):
        prediction = predict(write_model(folder, f"layer{index}", [operator]), target, "speed")
        layers = prediction["layers"]
        if prediction["predicted_flash_bytes"]["weights"] > most_bytes:
            continue
        # A hybrid layer is two steps; others count where their steps are alike. What the plan makes a view is none.
        kernels = {layer["kernel"] for layer in layers}
        if len(kernels) == 1 or (layers and "hybrid" in layers[-1]["kernel"]):
            for kernel in kernels:
                instructions = sum(layer["instructions"] for layer in layers if layer["kernel"] == kernel)
                bodies[kernel].append((instructions, index, operator))
    return {name: [operator for *_, operator in sorted(found, key=lambda f: f[:2])] for name, found in sorted(bodies.items())}


def jobs_of(folder, bodies, target):
    """(form, body, path) of every image; the body is None where there are all."""
    main = {name: found for name, found in bodies.items() if name.split("/")[1] not in PREPARING}
    for name, operators in bodies.items():
        label = name.replace("/", "-")
        together = write_model(folder, label, operators)
        if len(operators) > 1:
            macs = predict(together, target, "speed")["macs"]
            busy = write_model(folder, f"{label}-busy", [*operators, busy_layer("conv2d" in name, macs)])
            yield from (("fast_specialised", name, together), ("small_shared", name, together), ("fast_shared", name, busy))
    for i in range(MIXED):
        share = i / (MIXED - 1)  # from the cheapest to the dearest of every body
        yield "small_specialised", None, write_model(
            folder, f"mixed{i}", [operators[round(share * (len(operators) - 1))] for operators in main.values()])


def nonnegative_least_squares(system, wanted):
    """Lawson and Hanson, Solving Least Squares Problems, chapter 23."""
    solution, active = np.zeros(system.shape[1]), []
    for _ in range(10 * len(solution)):
        gain = system.T @ (wanted - system @ solution)
        gain[active] = -np.inf
        if gain.max() < 1e-9:
            break
        active.append(int(gain.argmax()))
        while True:
            inner, *_ = np.linalg.lstsq(system[:, active], wanted, rcond=None)
            if inner.min() > 0:
                break
            # As far towards it as no coefficient falls below zero; those that reach it leave.
            now = solution[active]
            falling = inner <= 0
            now += np.min(now[falling] / (now[falling] - inner[falling])) * (inner - now)
            solution[:] = 0
            solution[active] = now
            active = [i for i in active if solution[i] > 1e-12]
        solution[:] = 0
        solution[active] = inner
    return solution


def fit_terms(terms, wanted):
    """Coefficients, none negative, of a constant and the terms: least squares on the relative error. Returns them with the
    errors."""
    terms = np.array([[1.0, *these] for these in terms])
    measured = np.array(wanted, float)
    relative = terms / measured[:, None]
    scale = np.maximum(np.linalg.norm(relative, axis=0), 1e-30)
    # A little weight on every coefficient decides where the layers do not.
    system = np.vstack([relative / scale, DAMPING * np.eye(len(scale))])
    factors = nonnegative_least_squares(system, np.concatenate([np.ones(len(measured)), np.zeros(len(scale))])) / scale
    return factors, terms @ factors / measured - 1


def rounded(factors):
    return [float(f"{factor:.4g}") for factor in factors]


class Fit:
    """The table in the making, from what was measured of one target."""

    def __init__(self, measured):
        self.measured = measured  # form: {body: [Measured]}, of small_specialised all images for each body
        everything = [image for bodies in measured.values() for images in bodies.values() for image in images]
        self.board = set.intersection(*(set(image.others) for image in everything))
        self.least_rest = min(image.code_besides_symbols() for image in everything)
        self.image_bytes = self.least_rest + max(sum(image.others[name] for name in self.board) for image in everything)

    def body(self, form, name):
        specialised, images = FORMS[form][1], self.measured[form][name]
        samples = [sample for image in images for sample in image.layers(name, specialised)]
        if not samples:
            raise RuntimeError(f"no layer of {name} is {form}")
        factors, errors = fit_terms([terms for terms, _, _ in samples], [count for _, count, _ in samples])
        code = [(image.prediction["instances"][i], image.own.get(i, 0), image.terms_of(i))
                for image in images for i in image.instances(name, specialised)]
        rest = sum(image.code_besides_symbols() - self.least_rest for image in images) / sum(len(image.own) for image in images)
        sizes = [size + rest for _, size, _ in code]
        result = {"base": round(factors[0], 1), "factors": rounded(factors[1:]), "error": round(float(np.abs(errors).max()), 3),
                  "samples": samples, "errors": errors, "code_bytes": round(float(np.mean(sizes)), 1)}
        if specialised:
            code_factors, result["code_errors"] = fit_terms([np.array(terms) > 0 for _, _, terms in code], sizes)
            result |= {"code_bytes": round(code_factors[0], 1), "code_factors": rounded(code_factors[1:])}
        return result

    def helpers(self, form, name):
        """Bytes of what the body's instances call, by function; constant parts of the image are not among them."""
        found = {}
        only = self.helpers("fast_specialised", name) if form == "small_specialised" else None
        for image in self.measured[form][name]:
            for helper, size in image.others.items():
                if helper not in self.board and (only is None or helper in only):
                    found[helper] = max(found.get(helper, 0), size)
        return found

    def run(self, form):
        """Bytes of the calling function without a step and for each."""
        points = np.array([[len(image.prediction["layers"]), image.run_bytes]
                           for images in self.measured[form].values() for image in images], float)
        if np.ptp(points[:, 0]) == 0:  # of many steps each
            return 0.0, float((points[:, 1] / points[:, 0]).mean())
        slope, start = np.polyfit(points[:, 0], points[:, 1], 1)
        return max(float(start), 0.0), float(slope)

    def form(self, form):
        bodies = {name: self.body(form, name) for name in self.measured[form]}
        helpers = {name: self.helpers(form, name) for name in bodies}
        if form == "fast_shared":  # not those of the busy layer, which every image of this form has
            for name, found in helpers.items():
                busy = self.measured["fast_specialised"]
                other = BUSY[1] if "conv2d" in name else BUSY[0]
                for helper in self.helpers("fast_specialised", other) if other in busy else ():
                    if helper not in self.helpers("fast_specialised", name):
                        found.pop(helper, None)
        run_bytes, step_bytes = self.run(form)
        return {"run_bytes": round(run_bytes, 1), "step_bytes": round(step_bytes, 1), "bodies": bodies, "helpers": helpers}


def shared_names(helpers):
    """Functions that several bodies call keep a name; those of one body are lumped together under the body's."""
    users = collections.Counter(name for found in helpers.values() for name in found)
    sizes, lists = {}, {}
    for body, found in helpers.items():
        own = sum(size for name, size in found.items() if users[name] == 1)
        lists[body] = sorted(name for name in found if users[name] > 1)
        if own:
            sizes[body] = own
            lists[body].append(body)
        for name in lists[body]:
            if name != body:
                sizes[name] = max(sizes.get(name, 0), found[name])
    short = {name: name if name in lists else name.split("kernels::", 1)[-1].split("(")[0].split("<")[0] for name in sizes}
    taken = collections.Counter(short.values())
    numbered = {name: label if taken[label] == 1 else f"{label}#{sorted(n for n in sizes if short[n] == label).index(name)}"
                for name, label in short.items()}
    return {numbered[name]: size for name, size in sizes.items()}, {b: [numbered[n] for n in names] for b, names in lists.items()}


def text_of(forms, image_bytes):
    quoted = json.dumps
    lines = ["# Copyright 2026 The tinymlc authors.", "# SPDX-License-Identifier: Apache-2.0",
             "# Written by scripts/fit_costs; docs/cost-model.md says what it means."]
    lines += ["image_bytes:"] + [f"  {target}: {size}" for target, size in sorted(image_bytes.items())]
    for form, table in forms.items():
        sizes, lists = shared_names(table["helpers"])
        lines += [f"{form}:", f"  run_bytes: {table['run_bytes']}", f"  step_bytes: {table['step_bytes']}", "  helpers:"]
        lines += [f"    {quoted(name)}: {size}" for name, size in sorted(sizes.items())] or ["    {}"]
        lines.append("  bodies:")
        for name, body in table["bodies"].items():
            helpers = ", ".join(quoted(helper) for helper in lists[name])
            lines.append(f"    {name}: {{base: {body['base']}, factors: {body['factors']}, code_bytes: {body['code_bytes']}, "
                         + (f"code_factors: {body['code_factors']}, " if "code_factors" in body else "") +
                         f"error: {body['error']}, helpers: [{helpers}]}}")
    return "\n".join(lines) + "\n"


def print_errors(forms, verbose):
    print(f"{'body':<40}{'form':<20}{'layers':>7}{'rms %':>7}{'worst %':>8}{'code':>7}{'worst %':>8}")
    for form, table in forms.items():
        for name, body in table["bodies"].items():
            errors = body["errors"]
            mark = "  <- terms" if body["error"] > HARD else ""
            print(f"{name:<40}{form:<20}{len(errors):>7}"
                  f"{100 * np.sqrt(np.mean(errors ** 2)):>7.1f}{100 * body['error']:>8.1f}{body['code_bytes']:>7.0f}"
                  f"{100 * np.abs(body.get('code_errors', np.zeros(1))).max():>8.1f}{mark}")
            if verbose and mark:
                for (_, measured, layer), error in zip(body["samples"], errors):
                    print(f"    {layer:<40}{measured:>12}{100 * error:>8.1f}")


def other_boards(target, reference, model):
    """Bytes of the other boards of this core, by what an image of the same model takes more or less."""
    core = next(entry["core"] for entry in tinymlc("targets") if entry["name"] == target)
    sizes = {}
    for entry in tinymlc("targets"):
        if entry["core"] == core and entry["name"] != target:
            sizes[entry["name"]] = (tinymlc("bench", model, "--target", entry["name"])["flash_bytes"]["code"]
                                    - tinymlc("bench", model, "--target", target)["flash_bytes"]["code"] + reference)
    return core, sizes


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", default="mps2-an500")
    parser.add_argument("--only", metavar="WORD", default="", help="fit the bodies whose name holds it, keep the rows of others")
    parser.add_argument("--verbose", action="store_true", help="the layers of bodies that fit badly")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        bodies = {name: found for name, found in by_body(folder, arguments.target).items()
                  if arguments.only in name or name in BUSY}
        jobs = list(jobs_of(folder, bodies, arguments.target))
        images = pool.map(lambda job: measure(job[2], arguments.target, FORMS[job[0]][0]), jobs)
        measured = {form: collections.defaultdict(list) for form in FORMS}
        for (form, name, _), image in zip(jobs, images):
            for body in [name] if name else sorted({layer["kernel"] for layer in image.prediction["layers"]}):
                measured[form][body].append(image)
        fit = Fit(measured)
        forms = {form: fit.form(form) for form in FORMS}
        core, boards = other_boards(arguments.target, fit.image_bytes, jobs[0][2])
    path = ROOT / f"src/tmc/targets/data/cost/{core}.yaml"
    path.parent.mkdir(exist_ok=True)
    text = text_of(forms, {arguments.target: fit.image_bytes, **boards})
    path.write_text(merged(path.read_text(), text, arguments.only) if arguments.only else text)
    print_errors(forms, arguments.verbose)
    print(f"written to {path.relative_to(pathlib.Path.cwd())}; build again")


if __name__ == "__main__":
    main()
