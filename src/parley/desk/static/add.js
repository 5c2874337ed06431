"use strict";
// Files that are dropped are put into the form's own field; what was chosen is listed before it is sent.
const drop = document.getElementById("drop");
const field = document.getElementById("files");
const chosen = document.getElementById("chosen");
function list() {
  chosen.replaceChildren(...[...field.files].slice(0, 50).map((file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name} (${Math.ceil(file.size / 1024)} KB)`;
    return item;
  }));
}
field.addEventListener("change", list);
for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; list(); }
});
