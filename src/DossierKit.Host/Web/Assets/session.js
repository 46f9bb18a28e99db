// Warns two minutes before a session ends. It asks the server nothing: it knows the limits, and other tabs tell of their own activity.
"use strict";
(() => {
  const box = document.querySelector("[data-session]");
  if (!box) return;
  const text = box.querySelector("[data-session-text]");
  const stay = box.querySelector("[data-session-stay]");
  const last = Date.now() + Number(box.dataset.left) * 1000;
  let seen = Date.now();
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("dossierkit-session") : null;
  channel?.postMessage(seen);
  channel?.addEventListener("message", event => { seen = Math.max(seen, Number(event.data) || 0); look(); });
  const look = () => {
    const idle = seen + Number(box.dataset.idle) * 1000;
    const left = Math.min(idle, last) - Date.now();
    const state = left <= 0 ? "over" : left <= 120000 ? (last < idle ? "last" : "warning") : "";
    if (box.dataset.state === state) return;
    box.dataset.state = state;
    box.hidden = !state;
    stay.hidden = state !== "warning";
    if (state) text.textContent = text.dataset[state];
  };
  stay.addEventListener("submit", async event => {
    event.preventDefault();
    try {
      const answer = await fetch(stay.action, { method: "POST", headers: { "X-CSRF-Token": stay.elements.formulier.value } });
      if (answer.status !== 204) return;
      seen = Date.now();
      channel?.postMessage(seen);
      look();
    } catch { /* Without the server there is nothing to stay signed in to; the warning stays. */ }
  });
  box.dataset.state = "";
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", look);
})();
