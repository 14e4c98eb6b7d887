// Keys of the officers' pages: j and k walk the list, / searches, other letters press what carries
// them in data-key. Off with <body data-shortcuts="off">; never while typing or with a modifier.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];

  const walk = (by) => {
    const rows = all("[data-row]").filter((row) => row.querySelector("a, button, input"));
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by;
    const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
    row?.querySelector("a, button, input").focus();
    row?.scrollIntoView({ block: "nearest" });
  };

  const press = (key) => {
    const row = document.activeElement?.closest("[data-row]");
    const inRow = row?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const found = inRow || document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!found) return false;
    if (found.tagName === "DETAILS") {
      found.open = !found.open;
      found.querySelector("summary").focus();
    } else found.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.shortcuts === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select")) return;
    if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "/") document.querySelector("[data-search]")?.focus();
    else if (event.key.length !== 1 || event.key === " " || !press(event.key)) return;
    event.preventDefault();
  });

  // One box chooses all lines of its table.
  all("[data-choose-all]").forEach((box) =>
    box.addEventListener("change", () => {
      const boxes = box.closest("table").querySelectorAll("tbody input[type=checkbox]");
      boxes.forEach((one) => (one.checked = box.checked));
    }),
  );
})();
