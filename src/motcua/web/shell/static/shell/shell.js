// Comfort on top of pages that work without it: nothing here is needed to get anything done.
(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("js");

  // The list of faults is read first.
  $("[data-focus]")[0]?.focus();

  // How many characters are left; the reader is told after a pause in the typing.
  $("textarea[data-max]").forEach((area) => {
    const tally = area.parentElement.querySelector(".tally");
    const said = tally.cloneNode();
    said.className = "sr";
    said.setAttribute("aria-live", "polite");
    tally.after(said);
    tally.setAttribute("aria-hidden", "true");
    let timer;
    const count = () => {
      const left = area.dataset.max - [...area.value].length;
      tally.textContent = (left < 0 ? tally.dataset.over : tally.dataset.left).replace("{n}", Math.abs(left));
      tally.classList.toggle("over", left < 0);
      clearTimeout(timer);
      timer = setTimeout(() => (said.textContent = tally.textContent), 1000);
    };
    area.addEventListener("input", count);
    count();
  });

  // The communes of the chosen province.
  $("[data-area]").forEach((area) => {
    const [province, commune] = $("select", area);
    let latest = 0;
    province.addEventListener("change", async () => {
      const mine = ++latest;
      const url = area.dataset.area + "?of=" + encodeURIComponent(province.value);
      const found = province.value ? await fetch(url).then((r) => (r.ok ? r.json() : []), () => []) : [];
      if (mine !== latest) return;
      commune.length = 1;
      found.forEach(([code, name]) => commune.add(new Option(name, code)));
      commune.closest(".field").hidden = !found.length;
      if (province.value && !found.length) $(".no-js", area).forEach((b) => b.classList.remove("no-js"));
    });
  });

  // A double click sends once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent > Date.now() - 4000) return event.preventDefault();
    form.dataset.sent = Date.now();
  });
  addEventListener("pageshow", () => $("form").forEach((form) => delete form.dataset.sent));

  // Drafts save themselves: <form data-autosave="/url">, state in [data-autosave-state].
  $("form[data-autosave]").forEach((form) => {
    const state = $("[data-autosave-state]")[0];
    let timer;
    const save = async () => {
      const body = new FormData(form);
      $("input[type=file]", form).forEach((file) => body.delete(file.name));
      const saved = await fetch(form.dataset.autosave, { method: "POST", body }).then((r) => r.ok, () => false);
      if (state) state.textContent = saved ? state.dataset.saved : state.dataset.failed;
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, 2000);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  });

  // Menus close with Escape and with a click outside.
  const close = (except) => $(".menu[open]").forEach((menu) => menu.contains(except) || (menu.open = false));
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  $("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
