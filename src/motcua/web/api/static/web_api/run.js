"use strict";
// Runs an example with the key that the reader pasted; what an answer gives fills the next ones.
(() => {
  const fill = (text, form) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => form.elements[name]?.value ?? whole);

  const pick = (found, path) =>
    path.split(".").reduce((inner, part) => (inner == null ? inner : inner[part]), found);

  const remember = (form, body) => {
    for (const [name, path] of Object.entries(JSON.parse(form.dataset.takes))) {
      const value = pick(body, path);
      if (value == null) continue;
      for (const input of document.getElementsByName(name)) input.value = value;
    }
  };

  const request = (form) => {
    const { method, body, part, key } = form.dataset;
    const headers = { "Accept-Language": document.documentElement.lang };
    const secret = document.getElementById("key").value.trim();
    if (secret) headers.Authorization = `Bearer ${secret}`;
    if (key) headers["Idempotency-Key"] = `${key}-${crypto.randomUUID()}`;
    const options = { method, headers, credentials: "omit" };
    if (part) {
      options.body = new FormData();
      const file = form.elements["file:"].files[0];
      if (file) options.body.append(part, file);
    } else if (body) {
      headers["Content-Type"] = "application/json";
      options.body = fill(body, form);
    }
    return options;
  };

  const run = async (form) => {
    const shown = form.querySelector("pre");
    const say = (text) => {
      shown.hidden = false;
      shown.firstElementChild.textContent = text;
    };
    try {
      const answer = await fetch(fill(form.dataset.path, form), request(form));
      const type = answer.headers.get("Content-Type") ?? "";
      const head = `${answer.status} ${type}`;
      if (!type.includes("json")) return say(head);
      const body = await answer.json();
      if (answer.ok) remember(form, body);
      say(`${head}\n\n${JSON.stringify(body, null, 1)}`);
    } catch (fault) {
      say(String(fault));
    }
  };

  for (const part of document.querySelectorAll("[data-runner], .api-run")) part.hidden = false;
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".api-run")) return;
    event.preventDefault();
    run(event.target);
  });
})();
