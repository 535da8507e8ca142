// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Flash: what the image consists of, by section and by layer.

const weightBytes = layer => layer.weight_bytes;
// Of those of its functions that are known; null where none is.
const codeBytes = layer => layer.functions.map(index => best(report.functions[index].code_bytes))
  .reduce((sum, code) => code === null ? sum : (sum ?? 0) + code, null);

function stacked(parts, total) {
  return html('div', {class: 'stack', 'aria-hidden': 'true'}, parts.filter(([, , size]) => size > 0).map(([kind, name, size]) =>
    html('span', {class: 'fill ' + kind, title: `${name}: ${bytes(size)}`, style: {width: 100 * size / total + '%'}})));
}

function wholeFlash() {
  const {flash, functions, layers} = report;
  const total = best(flash.total);
  if (total === null) return [];
  const tables = layers.reduce((sum, layer) => sum + layer.table_bytes, 0);
  const kernels = functions.reduce((sum, entry) => sum + (best(entry.code_bytes) ?? 0), 0);
  const weights = best(flash.weights);
  const parts = [['weights', 'weights, scales and biases', weights], ['code', 'functions of layers', kernels],
    ['tables', 'look-up tables', tables], ['rest', 'shared kernels, start-up and the rest', Math.max(0, total - weights - kernels - tables)]];
  return [stacked(parts, total), legend(parts.map(([kind, name, size]) => [kind, `${name}: ${bytes(size)}`]))];
}

function flashOfLayer(layer, index, most, users) {
  const code = codeBytes(layer) ?? 0;
  const shared = layer.functions.some(index => users.get(index) > 1);
  return html('li', {}, html('button', {type: 'button', class: 'row flash-row', 'data-layer': index, title: layer.name,
    onclick: event => select('layer', index, event.currentTarget)},
    html('span', {class: 'index'}, index),
    html('span', {class: 'label'}, layerLabel(layer)),
    html('span', {class: 'cell'}, html('span', {class: 'track', 'aria-hidden': 'true'},
      [['weights', layer.weight_bytes], ['tables', layer.table_bytes], [shared ? 'code shared' : 'code', code]].map(([kind, size]) =>
        html('span', {class: 'fill ' + kind, style: {width: 100 * size / most + '%'}})))),
    html('span', {class: 'value'}, `${number(layer.weight_bytes + layer.table_bytes)} + ${number(codeBytes(layer))}`)));
}

function listOf(name, entries, most) {
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  return html('details', {}, html('summary', {}, name),
    html('ol', {class: 'rows plain'}, entries.map(entry => html('li', {class: 'row pair'},
      html('span', {class: 'label mono'}, entry.name), bar(entry.bytes / most, 'code'),
      html('span', {class: 'value'}, bytes(entry.bytes))))), note(`In all ${bytes(total)}.`));
}

function drawFlash() {
  const {flash, layers} = report;
  const section = document.getElementById('flash');
  const users = new Map();
  for (const index of layers.flatMap(layer => layer.functions)) users.set(index, (users.get(index) ?? 0) + 1);
  const most = Math.max(1, ...layers.map(layer => layer.weight_bytes + layer.table_bytes + (codeBytes(layer) ?? 0)));
  section.append(title('flash', 'Flash'),
    note(flash.total.measured !== null ? `Read from the linked image for ${report.target}: ${bytes(flash.total.measured)}.` :
      flash.total.predicted !== null ? `Predicted: ${bytes(flash.total.predicted)}; weights are exact, code is not.` :
        'This target has no flash of its own; weights are exact.'), ...wholeFlash());
  if (flash.sections.length) section.append(html('h3', {}, 'By section'), html('ol', {class: 'rows plain'},
    flash.sections.map(entry => html('li', {class: 'row pair'}, html('span', {class: 'label mono'}, entry.name),
      bar(entry.bytes / best(flash.total), entry.name === '.tmc_weights' ? 'weights' : 'code'),
      html('span', {class: 'value'}, bytes(entry.bytes))))));
  section.append(html('h3', {}, 'By layer'),
    note('Weights and tables of its own, plus the code of its function; pale where layers share one function.'),
    legend([['weights', 'weights'], ['tables', 'tables'], ['code', 'code'], ['code shared', 'code, shared']]),
    html('ol', {class: 'rows'}, layers.map((layer, index) => flashOfLayer(layer, index, most, users))));
  if (flash.symbols.length) {
    section.append(listOf(`The ${flash.symbols.length} functions and tables in the image`, flash.symbols, flash.symbols[0].bytes));
  }
}
