// Making a document: what was written is kept while its writer goes on, and the letter beside it is made again. Without this script the button "Bewaren" does the same.
// Nothing typed is lost: not with another who writes, not without a connection, not when the session is over.
"use strict";
(() => {
  const form = document.querySelector("form[data-brief]");
  const told = document.querySelector("[data-bewaard]");
  if (!form || !told || !form.querySelector("[data-bewaar]:not([readonly], [disabled])")) return;
  const known = new Map(); // What the dossier holds, by field.
  const refused = new Map(); // What was not kept because somebody else wrote there: not sent again as it is.
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("dossierkit-session") : null;
  let working = Promise.resolve(), waiting = 0, timer = 0, since = 0, turn = 0, sending = false, composing = false, renewing = false;

  const names = () => [...new Set([...form.querySelectorAll("[data-bewaar]")].map(field => field.name))];
  const valueOf = (name, data = new FormData(form)) => data.get(name) ?? "";
  const remember = () => { const data = new FormData(form); for (const name of names()) if (!known.has(name)) known.set(name, valueOf(name, data)); };
  const changed = () => { const data = new FormData(form); return names().filter(name => known.get(name) !== valueOf(name, data)); };
  const before = name => form.elements.namedItem(`was:${name}`);
  const say = text => { if (told.textContent !== text) told.textContent = text; };
  const setValue = (name, value) => {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList) field.forEach(one => { one.checked = one.value === value; });
    else if (field) field.value = value;
  };
  const take = prints => {
    for (const [name, print] of Object.entries(prints ?? {})) if (before(name)) before(name).value = print;
  };
  const retry = () => { clearTimeout(timer); timer = setTimeout(later, 10000); };

  async function keep() {
    clearTimeout(timer);
    since = 0;
    const sent = new Map();
    const body = new URLSearchParams();
    for (const name of changed()) {
      const value = valueOf(name);
      if (refused.get(name) === value) continue;
      sent.set(name, value);
      body.set(name, value);
      body.set(`was:${name}`, before(name)?.value ?? "");
    }
    if (sent.size === 0) return;
    turn++;
    say("Bewaren…");
    let answer, said;
    try {
      const keepalive = String(body).length < 60000;
      answer = await fetch(form.dataset.brief, { method: "POST", body, keepalive, headers: { "X-CSRF-Token": form.elements.formulier.value, Accept: "application/json" } });
      said = await answer.json().catch(() => null);
    } catch {
      say("Geen verbinding. Wat u schreef staat nog op deze pagina. Het wordt bewaard zodra de verbinding er weer is.");
      retry();
      return;
    }
    if (said?.was) {
      take(said.was);
      for (const name of Object.keys(said.was)) {
        known.set(name, sent.get(name));
        refused.delete(name);
        form.querySelector(`[data-anders="${CSS.escape(name)}"]`)?.remove();
      }
      for (const [name, other] of Object.entries(said.anders ?? {})) {
        refused.set(name, sent.get(name));
        differ(name, other);
      }
      say(said.anders ? said.title : `Bewaard om ${said.bewaard}`);
      channel?.postMessage(Date.now());
      refresh();
    } else if (answer.status === 401) {
      say("U bent afgemeld. Wat u schreef staat nog op deze pagina. Druk op Bewaren en meld u aan: dan krijgt u het terug.");
    } else if (answer.status === 403 && await renew()) {
      later();
    } else {
      say(`Niet bewaard. ${said?.title ?? ""} ${said?.detail ?? ""} Wat u schreef staat nog op deze pagina.`);
      if (answer.status >= 429) retry();
    }
  }

  // Signed in again in another tab: the form gets the token of that session, if it is the same person's.
  async function renew() {
    if (renewing) return false;
    renewing = true;
    try {
      const page = await load();
      const who = from => from.querySelector(".dk-account a")?.textContent;
      const token = page?.querySelector("form[data-brief] input[name=formulier]")?.value;
      if (!token || who(page) !== who(document)) return false;
      form.elements.formulier.value = token;
      return true;
    } catch {
      return false;
    } finally {
      setTimeout(() => { renewing = false; }, 5000);
    }
  }

  async function load() {
    const answer = await fetch(form.action, { headers: { Accept: "text/html" } });
    return answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  }

  /** Shows what another wrote in a field, and lets the writer choose. */
  function differ(name, other) {
    const question = form.querySelector(`[name="${CSS.escape(name)}"]`).closest("[data-vraag]");
    const box = question.querySelector(`[data-anders="${CSS.escape(name)}"]`) ?? document.createElement("div");
    box.dataset.anders = name;
    box.className = "dk-other";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Iemand anders schreef hier intussen");
    const text = document.createElement("p");
    const quote = document.createElement("q");
    quote.className = "dk-now";
    quote.textContent = other.nu;
    text.append("Iemand anders schreef hier intussen: ", quote);
    const button = (label, action) => {
      const one = document.createElement("button");
      one.type = "button";
      one.className = "utrecht-button utrecht-button--secondary-action utrecht-button--small";
      one.textContent = label;
      one.addEventListener("click", () => {
        take({ [name]: other.was });
        refused.delete(name);
        box.remove();
        action();
        form.elements.namedItem(name).focus?.();
        later();
      });
      return one;
    };
    box.replaceChildren(text, button("Mijn tekst bewaren", () => {}), " ", button("De andere tekst nemen", () => {
      setValue(name, other.nu);
      known.set(name, valueOf(name));
    }));
    question.append(box);
  }

  async function refresh() {
    const at = turn;
    try {
      const page = await load();
      // What was kept since this page was made is newer than the page.
      if (page && at === turn && !composing) merge(page);
    } catch { /* The letter stays as it was; the next answer makes it again. */ }
  }

  function merge(page) {
    for (const part of document.querySelectorAll("[data-vers]")) {
      const fresh = page.getElementById(part.id);
      if (!fresh) continue;
      const open = [...part.querySelectorAll("details")].map(one => one.open);
      fresh.querySelectorAll("details").forEach((one, index) => { one.open = open[index] ?? one.open; });
      if (fresh.innerHTML === part.innerHTML) continue;
      const [sheet, side] = [part.querySelector(".dk-letter"), part.closest(".dk-assembly__side")];
      const [top, sideTop, hasFocus] = [sheet?.scrollTop ?? 0, side?.scrollTop ?? 0, part.contains(document.activeElement)];
      part.replaceChildren(...fresh.childNodes);
      const again = part.querySelector(".dk-letter");
      if (again) again.scrollTop = top;
      if (side) side.scrollTop = sideTop;
      if (hasFocus) (again ?? part.querySelector("a"))?.focus({ preventScroll: true });
    }
    questions(page);
  }

  const key = question => [question.dataset.vraag, ...[...question.querySelectorAll("[name]")].map(field => `${field.type} ${field.name}`)].join("\n");

  function questions(page) {
    const groups = from => [...from.querySelectorAll("form[data-brief] [data-groep]")];
    const shape = from => groups(from).map(group => `${group.dataset.groep}:${[...group.querySelectorAll("[data-vraag]")].map(one => (one.closest("details.dk-standing") ? "-" : "") + key(one))}`).join("\f");
    const mine = new Map([...form.querySelectorAll("[data-vraag]")].map(question => [key(question), question]));
    const theirs = [...page.querySelectorAll("form[data-brief] [data-vraag]")];
    for (const fresh of theirs) if (mine.has(key(fresh))) update(mine.get(key(fresh)), fresh);
    if (shape(document) === shape(page)) return;

    // An answer brought up another question, or made one superfluous. One that holds what was not kept yet stays.
    const left = new Set(theirs.map(key));
    const unkept = new Set(changed());
    if ([...mine].some(([name, question]) => !left.has(name) && [...question.querySelectorAll("[data-bewaar]")].some(field => unkept.has(field.name)))) return;
    const at = form.contains(document.activeElement) ? document.activeElement : null;
    const place = at?.getBoundingClientRect().top;
    const caret = at && "selectionStart" in at ? [at.selectionStart, at.selectionEnd, at.scrollTop] : null;
    for (const fresh of theirs) mine.has(key(fresh)) && fresh.replaceWith(mine.get(key(fresh)));
    const old = groups(document);
    const open = new Set(old.filter(group => group.querySelector(".dk-standing[open]")).map(group => group.dataset.groep));
    for (const group of groups(page)) if (open.has(group.dataset.groep)) group.querySelector(".dk-standing")?.setAttribute("open", "");
    old[0]?.before(...groups(page));
    old.forEach(group => group.remove());
    remember();
    if (!at?.isConnected) return;
    at.closest("details:not([open])")?.setAttribute("open", "");
    at.focus({ preventScroll: true });
    if (caret && caret[0] !== null) {
      at.setSelectionRange(caret[0], caret[1]);
      at.scrollTop = caret[2];
    }
    window.scrollBy(0, at.getBoundingClientRect().top - place);
  }

  /** A question that stays: what is said about it, and what another filled in where this writer did not. */
  function update(question, fresh) {
    question.className = fresh.className;
    const [told, news] = [question, fresh].map(one => one.querySelector("[id$='-uitleg']"));
    if (told && news && told.innerHTML !== news.innerHTML) told.innerHTML = news.innerHTML;
    const there = new FormData();
    fresh.querySelectorAll("[data-bewaar]").forEach(field => { if (field.type !== "radio" || field.checked) there.set(field.name, field.value); });
    for (const name of new Set([...question.querySelectorAll("[data-bewaar]")].map(field => field.name))) {
      if (known.get(name) !== valueOf(name) || valueOf(name) === valueOf(name, there) || document.activeElement?.name === name) continue;
      setValue(name, valueOf(name, there));
      known.set(name, valueOf(name));
      const print = fresh.querySelector(`[name="${CSS.escape(`was:${name}`)}"]`);
      if (print) take({ [name]: print.value });
    }
  }

  const later = () => {
    clearTimeout(timer);
    waiting++;
    return (working = working.then(keep).finally(() => { waiting--; }));
  };
  const settled = async () => { while (waiting > 0) await working; };

  form.addEventListener("change", later);
  // Kept when the writer pauses, and at the latest after ten seconds of writing on.
  form.addEventListener("input", () => {
    since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(later, Math.min(3000, Math.max(0, since + 10000 - Date.now())));
  });
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; });
  window.addEventListener("online", () => later());
  window.addEventListener("focus", () => { if (changed().length > 0) later(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) later(); });

  // The button waits for what is under way, or the page would take its own text for another's.
  form.addEventListener("submit", async event => {
    clearTimeout(timer);
    if (sending || waiting === 0) { sending = true; return; }
    event.preventDefault();
    await settled();
    sending = true;
    clearTimeout(timer);
    delete form.dataset.sent;
    form.requestSubmit(event.submitter);
  });
  window.addEventListener("pageshow", () => { sending = false; });

  // A link goes on once everything is kept; leaving otherwise asks first.
  document.addEventListener("click", async event => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || link.target || (link.hash && link.pathname === location.pathname) || link.hasAttribute("download") || (waiting === 0 && changed().length === 0)) return;
    event.preventDefault();
    await Promise.race([later().then(settled), new Promise(done => { setTimeout(done, 5000); })]);
    location.href = link.href;
  });
  window.addEventListener("beforeunload", event => {
    if (sending || changed().length === 0) return;
    event.preventDefault();
    later();
  });
  remember();
})();
