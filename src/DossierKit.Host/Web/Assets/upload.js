// Files are sent one by one, each with its progress; without this script the form sends them together.
"use strict";
(() => {
  const form = document.querySelector("form[data-upload]");
  const input = form?.querySelector("input[type=file]");
  const list = form?.querySelector("[data-upload-list]");
  if (!list) return;
  const drop = form.querySelector("[data-drop]");
  form.querySelector("[data-drop-hint]").hidden = false;

  const rows = new Map();
  const show = () => {
    list.replaceChildren();
    rows.clear();
    for (const file of input.files) {
      const row = document.createElement("li");
      const name = document.createElement("span");
      const bar = document.createElement("progress");
      const state = document.createElement("span");
      name.textContent = `${file.name} `;
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", `Voortgang van ${file.name}`);
      row.append(name, bar, state);
      list.append(row);
      rows.set(file, { row, bar, state });
    }
  };
  input.addEventListener("change", show);
  for (const kind of ["dragover", "dragenter"]) drop.addEventListener(kind, event => event.preventDefault());
  drop.addEventListener("drop", event => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
  });

  const send = (file, count, at) => new Promise(done => {
    const { bar, state } = rows.get(file);
    const data = new FormData();
    // What it is goes before the file: the other side reads it in one go.
    for (const [name, value] of new FormData(form)) if (name !== "bestand") data.append(name, name === "titel" && value && count > 1 && at > 0 ? `${value} (${at + 1})` : value);
    data.append("bestand", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", event => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.addEventListener("loadend", () => {
      const isDone = request.status === 201;
      bar.value = isDone ? 1 : bar.value;
      let why = "Het bestand kwam niet aan. Probeer het opnieuw.";
      try {
        const answer = JSON.parse(request.responseText);
        const reasons = Array.isArray(answer) ? answer.flatMap(one => one.redenen) : answer.redenen ?? [{ wat: answer.title, waarom: "", watNu: answer.detail }];
        why = reasons.map(reason => `${reason.wat} ${reason.waarom} ${reason.watNu}`).join(" ");
      } catch { /* No answer of this program: the text above says so. */ }
      state.textContent = isDone ? " Toegevoegd." : ` Niet toegevoegd. ${why}`;
      done(isDone);
    });
    request.send(data);
  });

  form.addEventListener("submit", async event => {
    if (!input.files.length || !form.reportValidity()) return;
    event.preventDefault();
    if ([...input.files].some(file => !rows.has(file))) show();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    const left = new DataTransfer();
    let at = 0;
    const files = [...input.files];
    for (const file of files) if (!await send(file, files.length, at++)) left.items.add(file);
    button.disabled = false;
    form.dispatchEvent(new Event("dk-saved"));
    delete form.dataset.sent;
    // What arrived is in the dossier; what did not stays chosen.
    if (left.files.length) input.files = left.files;
    else location.href = form.dataset.upload;
  });
})();
