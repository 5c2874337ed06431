"use strict";
// Selecting words of the report shows their entries; selecting an entry shows its words. Without this script both are plain links.
const words = [...document.querySelectorAll(".w")];
const stops = words.filter((word) => word.href);
const article = document.querySelector("article");
const here = document.getElementById("here");
const hereText = here.querySelector("p");
const picks = here.querySelector(".picks");
const ids = (element) => element.dataset.e.split(" ");
const entry = (id) => document.getElementById("e-" + id);
const narrow = matchMedia("(max-width: 62rem)");
let selected = null;

function select(id, { from, among = [id] }) {
  for (const element of document.querySelectorAll(".on")) element.classList.remove("on");
  selected = id;
  const mine = words.filter((word) => ids(word).includes(id));
  for (const word of mine) word.classList.add("on");
  entry(id).classList.add("on");
  if (from === "record" && mine.length) mine[0].scrollIntoView({ block: "center" });
  if (from === "text" && !narrow.matches) entry(id).scrollIntoView({ block: "center" });
  tell(id, among);
}

function tell(id, among) {
  const title = entry(id).querySelector(".title").textContent.trim();
  hereText.textContent = among.length > 1 ? `${among.length} entries rest on these words. Shown: ${title}` : title;
  picks.replaceChildren(...(among.length > 1 ? among.map((one) => button(one, one === id, among)) : []));
  here.hidden = false;
}

function button(id, pressed, among) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = entry(id).querySelector(".title").textContent.trim();
  made.className = entry(id).dataset.kind;
  made.setAttribute("aria-pressed", pressed);
  made.addEventListener("click", () => {
    select(id, { from: "text", among });
    picks.querySelector('[aria-pressed="true"]').focus();
  });
  return made;
}

function go(element) {
  element.scrollIntoView({ block: "center" });
  element.querySelector("a, summary")?.focus({ preventScroll: true });
}

// On a small screen the panel at the foot must not hide the words that were chosen.
function uncover(word) {
  const hidden = word.getBoundingClientRect().bottom - here.getBoundingClientRect().top + 16;
  if (narrow.matches && hidden > 0) scrollBy(0, hidden);
}

function clear() {
  const back = stops.find((word) => word.tabIndex === 0);
  for (const element of document.querySelectorAll(".on")) element.classList.remove("on");
  if (here.contains(document.activeElement)) back?.focus({ preventScroll: true });
  here.hidden = true;
  selected = null;
}

function reach(word) {
  for (const other of stops) other.tabIndex = -1;
  word.tabIndex = 0;
}

// In the report: one stop for the Tab key, arrows move between marked words, Enter shows, Enter again shows the next entry.
if (stops.length) reach(stops[0]);
article.addEventListener("click", (event) => {
  const word = event.target.closest(".w");
  if (!word) return;
  event.preventDefault();
  if (word.href) reach(word);
  const among = ids(word);
  select(among[(among.indexOf(selected) + 1) % among.length], { from: "text", among });
  uncover(word);
});
document.getElementById("open").addEventListener("click", () => go(entry(selected)));
document.getElementById("close").addEventListener("click", clear);
article.addEventListener("keydown", (event) => {
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (at < 0 || !step) return;
  event.preventDefault();
  const next = stops[Math.min(Math.max(at + step, 0), stops.length - 1)];
  reach(next);
  next.focus();
});
document.querySelector(".record").addEventListener("click", (event) => {
  const quote = event.target.closest("[data-e]");
  if (quote) {
    event.preventDefault();
    const target = document.getElementById(quote.hash.slice(1));
    select(quote.dataset.e, { from: "record" });
    target?.scrollIntoView({ block: "center" });
    const first = stops.find((word) => ids(word).includes(quote.dataset.e));
    if (first) reach(first);
    return;
  }
  const inside = event.target.closest(".entry");
  const ref = event.target.closest("a[href^='#e-']");
  if (ref) select(ref.hash.slice(3), { from: "record" });
  else if (inside && !event.target.closest("a, summary, details") && !String(getSelection())) select(inside.id.slice(2), { from: "record" });
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && selected) clear(); });
for (const box of document.querySelectorAll("fieldset input"))
  box.addEventListener("change", () => article.classList.toggle("hide-" + box.value, !box.checked));
if (location.hash.startsWith("#e-") && entry(location.hash.slice(3))) select(location.hash.slice(3), { from: "record" });
