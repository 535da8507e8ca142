// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// The arena over time: a column for every step, one more before the first and after the last; addresses upwards.

const KINDS = ['input', 'output', 'activation', 'scratch'];
const meet = (aBegin, aEnd, bBegin, bEnd) => aBegin < bEnd && bBegin < aEnd;
const inTime = (a, b) => meet(a.first, a.last + 1, b.first, b.last + 1);
const inSpace = (a, b) => meet(a.offset, a.offset + a.bytes, b.offset, b.offset + b.bytes);

// Buffers by how they share bytes with buffer `index`: at the same time, or one after the other.
function sharing(index) {
  const {buffers} = report.arena;
  const others = buffers.map((other, i) => i).filter(i => i !== index && inSpace(buffers[i], buffers[index]));
  return {
    together: others.filter(i => inTime(buffers[i], buffers[index])),
    inTurn: others.filter(i => !inTime(buffers[i], buffers[index])),
  };
}

const stepName = step => step < 0 ? 'before the first step' : step >= report.steps.length ? 'after the last step' :
  `step ${step}, ${report.layers[report.steps[step]].op}`;
const lifeText = buffer => buffer.first === buffer.last ? stepName(buffer.first) : `${stepName(buffer.first)} to ${stepName(buffer.last)}`;
const rangeText = buffer => `${number(buffer.offset)} to ${number(buffer.offset + buffer.bytes)}`;

function rectangle(top, begin, end, low, high, attributes) {
  return svg('rect', {x: begin, width: end - begin, y: top - high, height: high - low, ...attributes});
}

function bufferRectangles(top) {
  return report.arena.buffers.map((buffer, index) => rectangle(top, buffer.first + 1, buffer.last + 2, buffer.offset,
    buffer.offset + buffer.bytes, {
      class: 'buffer ' + buffer.kind, 'data-buffer': index,
      'aria-label': `${buffer.kind} ${shortened(buffer.name)}, ${bytes(buffer.bytes)}, ${lifeText(buffer)}`,
    }));
}

// Where outputs run into inputs: bytes that are both at the same time.
function overlaps(columns, top) {
  const {buffers} = report.arena;
  const drawn = [];
  buffers.forEach((a, i) => buffers.slice(i + 1).forEach(b => {
    if (!inTime(a, b) || !inSpace(a, b)) return;
    const begin = Math.max(a.first, b.first) + 1, end = Math.min(a.last, b.last) + 2;
    const low = Math.max(a.offset, b.offset), high = Math.min(a.offset + a.bytes, b.offset + b.bytes);
    drawn.push(html('span', {class: 'overlap', style: {left: 100 * begin / columns + '%', width: 100 * (end - begin) / columns + '%',
      bottom: 100 * low / top + '%', height: 100 * (high - low) / top + '%'}}));
  }));
  return drawn;
}

// Bytes of the arena that some buffer holds at a step.
function liveBytes(step) {
  const alive = report.arena.buffers.filter(buffer => buffer.first <= step && step <= buffer.last)
    .sort((a, b) => a.offset - b.offset);
  let live = 0, end = 0;
  for (const buffer of alive) {
    live += Math.max(0, buffer.offset + buffer.bytes - Math.max(end, buffer.offset));
    end = Math.max(end, buffer.offset + buffer.bytes);
  }
  return live;
}

function niceStep(most) {
  const raw = most / 5, magnitude = 10 ** Math.floor(Math.log10(Math.max(1, raw)));
  return magnitude * [1, 2, 5, 10].find(factor => factor * magnitude >= raw);
}

function axis(most) {
  const labels = [];
  for (let at = 0; at <= most; at += niceStep(most)) {
    labels.push(html('span', {style: {bottom: 100 * at / most + '%'}}, number(at)));
  }
  return html('div', {class: 'axis', 'aria-hidden': 'true'}, labels);
}

// Step numbers under the middle of their columns.
function stepAxis(columns) {
  const every = Math.max(1, niceStep(columns - 2));
  const label = (column, text) => html('span', {style: {left: 100 * (column + 0.5) / columns + '%'}}, text);
  const labels = [label(0, 'in'), label(columns - 1, 'out')];
  for (let step = every; step < columns - 2 - every / 2; step += every) labels.push(label(step + 1, String(step)));
  return html('div', {class: 'steps', 'aria-hidden': 'true'}, labels);
}

function drawMap(readout) {
  const {arena, steps} = report;
  const columns = steps.length + 2, top = arena.bytes;
  const cursor = svg('rect', {class: 'cursor', x: 0, y: 0, width: 1, height: top, visibility: 'hidden'});
  const rectangles = bufferRectangles(top);
  const picture = svg('svg', {viewBox: `0 0 ${columns} ${top}`, preserveAspectRatio: 'none', role: 'group',
    'aria-label': 'Map of the arena: steps to the right, addresses upwards'}, cursor, rectangles);
  roving(rectangles, (index, element) => select('buffer', index, element));
  picture.addEventListener('pointermove', event => {
    const box = picture.getBoundingClientRect();
    const column = Math.max(0, Math.min(columns - 1, Math.floor((event.clientX - box.left) / box.width * columns)));
    cursor.setAttribute('x', column);
    cursor.setAttribute('visibility', 'visible');
    readout.textContent = `${stepName(column - 1)}: ${number(liveBytes(column - 1))} of ${bytes(top)} hold data`;
  });
  picture.addEventListener('pointerleave', () => cursor.setAttribute('visibility', 'hidden'));
  const atBound = arena.lower_bound_bytes === top;
  const bound = html('div', {class: 'bound' + (atBound ? ' met' : ''), style: {bottom: 100 * arena.lower_bound_bytes / top + '%'}},
    html('span', {}, `lower bound ${bytes(arena.lower_bound_bytes)}${atBound ? ' = arena' : ''}`));
  return html('div', {class: 'map'}, axis(top), html('div', {class: 'plot'}, picture, overlaps(columns, top), bound),
    stepAxis(columns));
}

function bufferTable() {
  const rows = report.arena.buffers.map((buffer, index) => {
    const shared = sharing(index);
    return [html('button', {type: 'button', class: 'link', 'data-buffer': index, onclick: event => select('buffer', index, event.currentTarget)},
      shortened(buffer.name)), buffer.kind, number(buffer.bytes), rangeText(buffer), `${buffer.first} to ${buffer.last}`,
      String(shared.together.length), String(shared.inTurn.length)];
  });
  return html('details', {}, html('summary', {}, `All ${rows.length} buffers as a table`),
    table(['buffer', 'kind', 'bytes', 'addresses', 'steps', 'runs into', 'shares in turn'], rows));
}

function drawMemory() {
  const {arena} = report;
  const section = document.getElementById('memory');
  section.append(title('memory', 'Memory over time'));
  if (arena.bytes === 0) return section.append(note('This program needs no arena.'));
  const alone = arena.buffers.reduce((sum, buffer) => sum + buffer.bytes, 0);
  section.append(note(`${number(arena.buffers.length)} buffers of ${bytes(alone)} in all share ${bytes(arena.bytes)} ` +
    `(${arena.method}${arena.optimal ? ', proven optimal' : ''}${arena.reordered ? ', steps reordered' : ''}). ` +
    'Hatched where an output runs into an input that dies. Open a buffer to see with whom it shares its bytes.'));
  const readout = html('p', {class: 'readout', 'aria-live': 'off'}, 'Point at a step to see how much of the arena holds data.');
  section.append(legend(KINDS.filter(kind => arena.buffers.some(buffer => buffer.kind === kind)).map(kind => [kind, kind])
    .concat([['overlap', 'both at once']])), drawMap(readout), readout, bufferTable());
}
