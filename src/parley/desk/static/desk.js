"use strict";
// What every page shares: the "as of" slider, the panel of words, printing and copying the brief.
document.documentElement.classList.add("scripted");

const slider = document.getElementById("slider");
const day = document.getElementById("as-of");
if (slider && day) {
  const first = Date.parse(slider.dataset.first + "T00:00:00Z");
  const told = () => {
    day.value = new Date(first + slider.valueAsNumber * 86400000).toISOString().slice(0, 10);
    slider.setAttribute("aria-valuetext", day.value);
  };
  slider.setAttribute("aria-valuetext", day.value);
  slider.addEventListener("input", told);
  slider.addEventListener("change", () => { told(); slider.form.requestSubmit(); });
}

// The words behind a cell come beside the matrix; on a small screen they are scrolled to.
const panel = document.getElementById("words");
let opener = null;
function close() {
  panel.replaceChildren();
  document.querySelector(".matrix a[aria-expanded='true']")?.removeAttribute("aria-expanded");
  opener?.focus();
}
if (panel) {
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== panel) return;
    document.querySelector(".matrix a[aria-expanded='true']")?.removeAttribute("aria-expanded");
    opener = event.detail.requestConfig?.elt ?? null;
    opener?.setAttribute("aria-expanded", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.textContent = "Close";
    button.addEventListener("click", close);
    panel.prepend(button);
    panel.focus({ preventScroll: true });
    const box = panel.getBoundingClientRect();
    if (box.top < 0 || box.top > innerHeight - 120) panel.scrollIntoView({ block: "start" });
  });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
}

document.getElementById("print")?.addEventListener("click", () => print());
document.getElementById("copy")?.addEventListener("click", async (event) => {
  const field = document.getElementById(event.currentTarget.dataset.copy);
  const told = document.getElementById("copied");
  try {
    await navigator.clipboard.writeText(field.value);
    told.textContent = "Copied.";
  } catch {
    field.closest("details").open = true;
    field.select();
    told.textContent = "Select all and copy with Ctrl+C.";
  }
});
