// Makes the pages nicer; every page works without it.
"use strict";
(() => {
  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

  // What went wrong is the first thing to read.
  document.querySelector("[data-focus]")?.focus();

  // A link of the error summary leads to the field itself.
  each(".utrecht-alert a[href^='#']", link => link.addEventListener("click", event => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus();
  }));

  // Leaving a form with unsent changes asks first. Forms of one button have nothing to lose.
  each("form[data-guard]", form => {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    form.addEventListener("dk-saved", () => { changed = false; });
    window.addEventListener("beforeunload", event => { if (changed) event.preventDefault(); });
  });

  // A second press of the same button sends nothing twice. A download leaves the page as it is, so the button comes back.
  each("form", form => form.addEventListener("submit", event => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  }));
  window.addEventListener("pageshow", () => each("form[data-sent]", form => { delete form.dataset.sent; }));

  // A filter that submits itself keeps its button for whoever has no script.
  each("form[data-auto]", form => form.addEventListener("change", () => form.requestSubmit()));

  // Shows only what holds the words typed, within the page.
  each("input[data-narrows]", input => {
    const items = document.querySelectorAll(input.dataset.narrows);
    const told = document.getElementById(input.dataset.told);
    input.closest("[hidden]")?.removeAttribute("hidden");
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach(item => {
        const text = item.textContent.toLowerCase();
        item.hidden = !words.every(word => text.includes(word));
        if (!item.hidden) shown++;
      });
      if (told) told.textContent = words.length ? `${shown} van ${items.length}` : "";
    });
  });

  // A link into a closed part opens it.
  const open = () => { for (let at = document.getElementById(decodeURIComponent(location.hash.slice(1))); at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true; };
  window.addEventListener("hashchange", open);
  open();
})();
