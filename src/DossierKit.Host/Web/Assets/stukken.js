// Making a document: what was written is kept as soon as a field is left, and the letter beside it is made again. Without this script the button "Bewaren" does the same.
(() => {
  const form = document.querySelector("form[data-brief]");
  if (!form) return;
  const told = document.querySelector("[data-bewaard]");
  const token = form.querySelector("input[name=formulier]").value;
  const shown = new Map();
  const fields = () => [...form.querySelectorAll("[data-bewaar]")];
  const valueOf = (name) => new FormData(form).get(name) ?? "";
  const remember = () => fields().forEach((field) => shown.has(field.name) || shown.set(field.name, valueOf(field.name)));
  let working = Promise.resolve();
  let timer = 0;

  const changed = () => [...new Set(fields().map((field) => field.name))].filter((name) => shown.get(name) !== valueOf(name));

  async function keep() {
    const names = changed();
    if (names.length === 0) return;
    const body = new URLSearchParams();
    const sent = new Map();
    for (const name of names) {
      sent.set(name, valueOf(name));
      body.set(name, valueOf(name));
      body.set("was:" + name, valueOf("was:" + name));
    }
    told.textContent = "Bewaren…";
    try {
      const answer = await fetch(form.dataset.brief, { method: "POST", body, headers: { "X-CSRF-Token": token, Accept: "application/json" } });
      if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error();
      const said = await answer.json();
      if (!answer.ok) {
        told.textContent = `${said.title} ${said.detail}`;
        return;
      }
      for (const [name, print] of Object.entries(said.was)) {
        const before = form.elements.namedItem("was:" + name);
        if (before) before.value = print;
        shown.set(name, sent.get(name));
      }
      told.textContent = `Bewaard om ${said.bewaard}`;
      await refresh();
    } catch {
      told.textContent = "Niet bewaard: er is geen verbinding, of u bent afgemeld. Kopieer wat u schreef en open de pagina opnieuw.";
    }
  }

  async function refresh() {
    const answer = await fetch(form.action, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-vers]")) {
      const fresh = page.getElementById(part.id);
      if (!fresh || fresh.innerHTML === part.innerHTML || part.contains(document.activeElement)) continue;
      const at = part.querySelector(".dk-letter")?.scrollTop ?? 0;
      part.replaceChildren(...fresh.childNodes);
      const sheet = part.querySelector(".dk-letter");
      if (sheet) sheet.scrollTop = at;
    }
    // An answer can bring up another question, or make one superfluous.
    const here = new Set([...form.querySelectorAll("[data-vraag]")].map((question) => question.dataset.vraag + question.querySelectorAll("[data-bewaar]").length));
    const there = [...page.querySelectorAll("[data-vraag]")];
    const differs = there.length !== here.size || there.some((question) => !here.has(question.dataset.vraag + question.querySelectorAll("[data-bewaar]").length));
    if (!differs || changed().length > 0) return;
    const focus = document.activeElement?.id;
    for (const part of form.querySelectorAll("[data-groep]")) part.remove();
    form.querySelector("input[name=formulier]").after(...page.querySelectorAll("[data-groep]"));
    shown.clear();
    remember();
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  }

  const later = () => (working = working.then(keep));
  form.addEventListener("change", later);
  // Whoever writes on and on keeps at most a few seconds of work in the browser alone.
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(later, 4000);
  });
  remember();
})();
