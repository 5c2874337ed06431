"use strict";
// Choosing words of the report shows their entries; choosing an entry shows its words. Without this script both are plain links.
const words = [...document.querySelectorAll(".w")];
const article = document.getElementById("report");
const here = document.getElementById("here");
const ids = (element) => element.dataset.e.split(" ");
const entry = (local) => document.getElementById("l-" + local);
let selected = null;

function select(local, { scrollTo, among = [local] }) {
  for (const element of document.querySelectorAll(".on")) element.classList.remove("on");
  selected = local;
  const mine = words.filter((word) => ids(word).includes(local));
  for (const word of mine) word.classList.add("on");
  entry(local).classList.add("on");
  if (scrollTo === "words" && mine.length) mine[0].scrollIntoView({ block: "center" });
  if (scrollTo === "entry") entry(local).scrollIntoView({ block: "center" });
  const title = entry(local).querySelector("h3").textContent.trim();
  const more = among.length > 1 ? ` (${among.indexOf(local) + 1} of ${among.length} entries on these words; choose them again for the next)` : "";
  here.textContent = title + more;
}

article.addEventListener("click", (event) => {
  const word = event.target.closest(".w");
  if (!word || String(getSelection())) return;
  event.preventDefault();
  const among = ids(word);
  select(among[(among.indexOf(selected) + 1) % among.length], { scrollTo: "entry", among });
});
document.getElementById("record").addEventListener("click", (event) => {
  const quote = event.target.closest("a[data-e]");
  const inside = event.target.closest(".entry");
  if (quote) { event.preventDefault(); select(quote.dataset.e, { scrollTo: "words" }); }
  else if (inside && !event.target.closest("a, summary, details") && !String(getSelection())) select(inside.dataset.local, { scrollTo: "words" });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !selected) return;
  for (const element of document.querySelectorAll(".on")) element.classList.remove("on");
  selected = null;
  here.textContent = "";
});

// One stop for the Tab key in the report; arrows go from mark to mark.
const stops = words.filter((word) => word.href);
for (const word of stops) word.tabIndex = -1;
if (stops.length) stops[0].tabIndex = 0;
article.addEventListener("keydown", (event) => {
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (at < 0 || !step) return;
  event.preventDefault();
  const next = stops[Math.min(Math.max(at + step, 0), stops.length - 1)];
  stops[at].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
for (const box of document.querySelectorAll(".kinds input"))
  box.addEventListener("change", () => article.classList.toggle("hide-" + box.value, !box.checked));
function fromAddress() {
  const target = location.hash.startsWith("#e-") ? document.getElementById(location.hash.slice(1))?.closest(".entry") : null;
  if (target) { select(target.dataset.local, { scrollTo: "words" }); if (matchMedia("(min-width: 62rem)").matches) target.scrollIntoView({ block: "center" }); }
}
addEventListener("hashchange", fromAddress);
fromAddress();
