// Makes the pages nicer; every page works without it.
"use strict";
(() => {
  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

  // What went wrong is the first thing to read.
  document.querySelector("[data-focus]")?.focus();

  // A link of what is wrong or missing leads to the field itself, also in a closed part.
  const unfold = at => { for (; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true; };
  document.addEventListener("click", event => {
    const link = event.target.closest(".utrecht-alert a[href^='#'], [data-vers] a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    unfold(field);
    field.scrollIntoView({ block: "center" });
    field.focus();
  });

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

  // What is still going on is looked at again, until it is done.
  each("[data-poll]", part => {
    const again = async () => {
      try {
        const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
        const now = page.querySelector("[data-poll]");
        if (!now) { location.reload(); return; }
        part.replaceChildren(...now.childNodes);
      } catch { /* The connection is gone for a moment. */ }
      setTimeout(again, 2000);
    };
    setTimeout(again, 2000);
  });

  // A link into a closed part opens it.
  const open = () => unfold(document.getElementById(decodeURIComponent(location.hash.slice(1))));
  window.addEventListener("hashchange", open);
  open();
})();
