// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// What is selected, in every picture at once. A view marks what it draws of a layer with data-layer; what is selected
// gets the class `selected`, and the panel of details opens. In a group only one element is a tab stop, and the arrow
// keys lead on.

let opener = null;

function select(kind, index, from = document.activeElement) {
  for (const old of document.querySelectorAll('.selected')) old.classList.remove('selected');
  for (const marked of document.querySelectorAll(`[data-${kind}="${index}"]`)) marked.classList.add('selected');
  opener = from;
  showDetails(kind, index);
}

function deselect() {
  for (const old of document.querySelectorAll('.selected')) old.classList.remove('selected');
  hideDetails();
  if (opener && opener.isConnected) opener.focus();
  opener = null;
}

const KEYS_ON = ['ArrowDown', 'ArrowRight'], KEYS_BACK = ['ArrowUp', 'ArrowLeft'];

function roving(elements, activate) {
  elements.forEach((element, i) => {
    element.setAttribute('tabindex', i === 0 ? '0' : '-1');
    element.setAttribute('role', 'button');
    element.addEventListener('click', () => activate(i, element));
    element.addEventListener('keydown', event => {
      const step = KEYS_ON.includes(event.key) ? 1 : KEYS_BACK.includes(event.key) ? -1 : 0;
      if (event.key === 'Enter' || event.key === ' ') activate(i, element);
      else if (!step || !elements[i + step]) return;
      else elements[i + step].focus();
      event.preventDefault();
    });
    element.addEventListener('focus', () => {
      for (const other of elements) other.setAttribute('tabindex', other === element ? '0' : '-1');
    });
  });
}
