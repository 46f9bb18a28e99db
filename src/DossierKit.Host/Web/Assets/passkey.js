// Lets the device answer a form with a passkey: asks the server what to ask, asks the device, fills in the answer and sends the form.
"use strict";
(() => {
  const texts = {
    none: "Deze browser kan geen toegangssleutels gebruiken. Werk de browser bij, of neem een andere: Edge, Chrome, Firefox en Safari kunnen het.",
    stopped: "Het is niet gelukt, of u stopte ermee. Probeer het opnieuw.",
    known: "Dit apparaat heeft al een toegangssleutel voor u. Meld u daarmee aan, of gebruik een ander apparaat.",
    place: "Op dit adres werken toegangssleutels niet. Open het programma op het adres dat u van de beheerder kreeg.",
    server: "De vraag kon niet worden opgehaald. Laad de pagina opnieuw.",
  };
  const can = window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON && PublicKeyCredential.parseRequestOptionsFromJSON;
  document.querySelectorAll("form[data-passkey]").forEach(form => {
    const error = form.querySelector("[data-passkey-error]");
    const button = form.querySelector("button[type=submit]");
    const tell = text => {
      error.firstElementChild.textContent = text;
      error.hidden = false;
      error.focus();
    };
    const field = name => form.elements[form.dataset.prefix + name];
    form.addEventListener("submit", async event => {
      event.preventDefault();
      if (!can) { tell(texts.none); return; }
      error.hidden = true;
      button.disabled = true;
      try {
        const token = form.elements.formulier;
        const response = await fetch(form.dataset.options, { method: "POST", headers: token ? { "X-CSRF-Token": token.value } : {} });
        if (!response.ok || response.redirected) { tell(texts.server); return; }
        const asked = await response.json();
        const credential = form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked.opties) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked.opties) });
        field("poging").value = asked.poging;
        field("antwoord").value = JSON.stringify(credential);
        form.submit();
      } catch (problem) {
        tell(problem.name === "InvalidStateError" ? texts.known : problem.name === "SecurityError" ? texts.place : texts.stopped);
      } finally {
        button.disabled = false;
      }
    });
  });
})();
