// Drag and drop, and progress without reloading. Every page works without this.
"use strict";

for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;

const form = document.querySelector("form.send[data-most]");
if (form) {
  const drop = document.getElementById("drop");
  const input = document.getElementById("draft");
  const problem = document.getElementById("draft-problem");

  const look = () => {
    const most = Number(form.dataset.most);
    const file = input.files[0];
    problem.textContent = file && file.size > most
      ? `The file is larger than ${Math.floor(most / 1e6)} MB; save it with smaller pictures.`
      : "";
    return !problem.textContent;
  };
  input.addEventListener("change", look);

  // A file that is dropped beside the box is not to replace the page.
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, () => drop.classList.add("over"));
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    const files = event.dataTransfer.files;
    if (files.length > 1) {
      problem.textContent = "Drop one file at a time.";
    } else if (files.length) {
      input.files = files;
      look();
    }
  });
  form.addEventListener("submit", (event) => {
    if (!look()) {
      event.preventDefault();
      input.focus();
      return;
    }
    document.getElementById("sending").textContent = "Sending the draft…";
  });
}

const progress = document.getElementById("progress");
if (progress) {
  const words = document.getElementById("words");
  const steps = progress.querySelectorAll(".steps li");

  const show = (step) => steps.forEach((item, index) => {
    item.classList.toggle("past", index + 1 < step);
    if (index + 1 === step) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
  const ask = async () => {
    try {
      const response = await fetch(progress.dataset.address, { credentials: "same-origin" });
      const now = await response.json();
      if (now.step === 0 || now.step === 4) {
        location.reload();
        return;
      }
      show(now.step);
      if (words.textContent !== now.words) words.textContent = now.words;
    } catch {
      words.textContent = "planchecker does not answer. Start it again, then reload this page.";
    }
    setTimeout(ask, 1500);
  };
  setTimeout(ask, 700);
}
