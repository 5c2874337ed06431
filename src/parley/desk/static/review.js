"use strict";
// Review by keyboard, and spans by selecting words. Offsets count code points, as the ledger does.
const text = document.getElementById("text");
const form = document.getElementById("decision");
const typing = (element) => element.closest("input, select, textarea, [contenteditable]");
let spanField = document.querySelector(".spanfield input");

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) {
    document.querySelector("[data-key='Enter+']")?.click();
    event.preventDefault();
    return;
  }
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "c" && form) { form.querySelector(".correct input, .correct select")?.focus(); event.preventDefault(); return; }
  if (key === "t" && text) { text.focus(); event.preventDefault(); return; }
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (target) { target.click(); event.preventDefault(); }
});

const points = (string) => Array.from(string).length;
const from = () => Number(text.dataset.textFrom);

/** The place of a range in the report, in code points. */
function offsets(range) {
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const start = from() + points(before.toString());
  return [start, start + points(range.toString())];
}

function take(field) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return;
  const found = range.toString();
  const lead = points(found) - points(found.trimStart()), trail = points(found) - points(found.trimEnd());
  const [start, end] = offsets(range);
  const span = `${start + lead}:${end - trail}`;
  const many = field.closest(".spanfield").dataset.many === "yes";
  const add = many && field.value && field.dataset.taken === "yes";
  field.value = add ? `${field.value};${span}` : span;
  field.dataset.taken = "yes";
  const shown = field.closest(".spanfield").querySelector(".spanwords");
  shown.textContent = add ? `${shown.textContent} … ${found.trim()}` : found.trim();
}

for (const field of document.querySelectorAll(".spanfield")) {
  const input = field.querySelector("input");
  input.addEventListener("focus", () => { spanField = input; });
  const button = field.querySelector(".use");
  button.addEventListener("mousedown", (event) => event.preventDefault()); // keep the selection
  button.addEventListener("click", () => { spanField = input; take(input); });
}

// The text by keyboard: the first and the last word of the selection move.
const nodes = () => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let at = 0; walker.nextNode(); at += walker.currentNode.data.length) found.push([at, walker.currentNode]);
  return found;
};
function point(at) {
  const all = nodes();
  const [start, node] = all.findLast(([begin]) => begin <= at) ?? all[0];
  return [node, Math.min(at - start, node.data.length)];
}
let first = 0, last = 0, spots = [];
function show() {
  getSelection().setBaseAndExtent(...point(spots[first][0]), ...point(spots[last][1]));
}
if (text) {
  spots = [...text.textContent.matchAll(/\S+/g)].map((match) => [match.index, match.index + match[0].length]);
  text.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step && spots.length) {
      if (event.shiftKey) last = Math.min(Math.max(last + step, first), spots.length - 1);
      else { first = Math.min(Math.max(first + step, 0), spots.length - 1); last = Math.max(first, last); }
      show();
      event.preventDefault();
    } else if (event.key === "Enter" && spanField) {
      take(spanField);
      spanField.focus();
      event.preventDefault();
    }
  });
  text.addEventListener("focus", () => {
    const mark = text.querySelector("mark");
    const range = document.createRange();
    range.selectNodeContents(text);
    if (mark) range.setEndBefore(mark);
    const at = mark ? range.toString().length : 0;
    const end = at + (mark ? mark.textContent.length : 0);
    first = Math.max(spots.findIndex(([, stop]) => stop > at), 0);
    last = mark ? Math.max(spots.findLastIndex(([start]) => start < end), first) : first;
    if (getSelection().isCollapsed) show();
  });
}
