"use strict";
// Keys, and marking words in a text. Every form works without this; text is only ever set as text.
(function () {
  const box = document.querySelector("[data-keys]");
  const stored = "counterclaim-keys";
  if (box) {
    try { box.checked = localStorage.getItem(stored) !== "off"; } catch { /* Nothing is kept then. */ }
    box.addEventListener("change", () => { try { localStorage.setItem(stored, box.checked ? "on" : "off"); } catch { /* as above */ } });
  }
  const typing = (element) => element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || (element instanceof HTMLInputElement && !["checkbox", "radio"].includes(element.type));
  const rows = [...document.querySelectorAll("[data-item]")];
  const marker = document.getElementById("text") ? marking(document.getElementById("text")) : null;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (typing(document.activeElement)) document.activeElement.blur();
      if (marker) marker.close();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target) || (box && !box.checked)) return;
    if (event.key === "?") {
      const help = document.querySelector(".keys");
      if (help) { help.open = true; help.querySelector("summary").focus(); event.preventDefault(); }
      return;
    }
    if (rows.length && (event.key === "j" || event.key === "k")) {
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      const to = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)));
      rows[to].querySelector("[data-open]").focus();
      event.preventDefault();
      return;
    }
    if (event.shiftKey || event.key.length !== 1) return;
    const row = rows.find((one) => one.contains(document.activeElement));
    const target = (row && row.querySelector(`[data-row-key="${CSS.escape(event.key)}"]`)) || document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (typing(target)) target.focus();
    else target.click();
  });
  if (rows.length && !location.hash) rows[0].querySelector("[data-open]").focus({ preventScroll: true });

  // Saving a correction or a comment stays on the page; accepting and rejecting go on to the next.
  document.querySelectorAll("button[data-stay]").forEach((button) => button.addEventListener("click", () => {
    button.form.elements.back.value = button.dataset.stay;
  }));

  function marking(text) {
    const told = document.getElementById("marking");
    const rest = told.textContent;
    const fields = [...document.querySelectorAll("[data-field]")];
    let open = null;

    fields.forEach((field) => {
      const control = field.querySelector("input:not([type=hidden]), select");
      const kept = control.value;
      const check = () => field.classList.toggle("changed", control.value !== kept || Boolean(span(field).value));
      control.addEventListener("input", () => { span(field).value = ""; check(); });
      control.addEventListener("focus", () => lit(field.dataset.field));
      field.addEventListener("marked", check);
      const button = field.querySelector("[data-mark]");
      if (button) { button.hidden = false; button.addEventListener("click", () => start(field)); }
    });
    const marked = text.querySelector(".on");
    if (marked) text.scrollTop = Math.max(0, marked.offsetTop - text.clientHeight / 3);
    const span = (field) => field.querySelector("input[name^='s-']");

    function lit(name) {
      text.querySelectorAll(".here").forEach((one) => one.classList.remove("here"));
      if (name) text.querySelectorAll(".w-" + CSS.escape(name)).forEach((one) => one.classList.add("here"));
    }
    function start(field) {
      close();
      open = field;
      field.classList.add("open");
      lit(field.dataset.field);
      const label = field.querySelector("label").firstChild.textContent.trim();
      told.textContent = "Mark the words of “" + label + "” in the text: drag over them, or walk with the arrow keys (Shift widens), then Enter. Escape lets go.";
      const selection = getSelection();
      const from = text.querySelector(".w-" + CSS.escape(field.dataset.field)) || text.querySelector(".on") || text.firstElementChild;
      if (from) { selection.removeAllRanges(); const range = document.createRange(); range.selectNodeContents(from); selection.addRange(range); from.scrollIntoView({ block: "nearest" }); }
      text.focus({ preventScroll: true });
    }
    function close() {
      if (open) open.classList.remove("open");
      open = null;
      lit("");
      told.textContent = rest;
    }
    // An end of the selection in code points of the report's text; inside a hidden name, the name's own end.
    function offset(node, at, last) {
      let piece = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      if (piece === text) {
        const child = text.childNodes[Math.min(at, text.childNodes.length - 1)];
        return child ? Number(at < text.childNodes.length ? child.dataset.s : child.dataset.e) : null;
      }
      piece = piece.closest("[data-s]");
      if (!piece || !text.contains(piece)) return null;
      const begin = Number(piece.dataset.s), end = Number(piece.dataset.e);
      const points = (part) => [...part].length;
      if (points(piece.textContent) !== end - begin) return last ? end : begin;
      if (node.nodeType !== Node.TEXT_NODE) return at > 0 ? end : begin;
      return begin + points(node.data.slice(0, at));
    }
    function chosen() {
      const selection = getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return null;
      const range = selection.getRangeAt(0);
      if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
      let begin = offset(range.startContainer, range.startOffset, false), end = offset(range.endContainer, range.endOffset, true);
      let words = range.toString();
      // No field begins or ends with a space or a comma.
      const head = /^[\s,;:.]+/.exec(words), tail = /[\s,;:]+$/.exec(words);
      if (begin === null || end === null || !words.trim()) return null;
      if (head) { begin += [...head[0]].length; words = words.slice(head[0].length); }
      if (tail) { end -= [...tail[0]].length; words = words.slice(0, -tail[0].length); }
      return begin < end ? { begin, end, words } : null;
    }
    function take() {
      const marked = open && chosen();
      if (!marked) return;
      const field = open;
      span(field).value = marked.begin + "," + marked.end;
      if (field.dataset.kind !== "date") field.querySelector("input:not([type=hidden])").value = marked.words;
      field.dispatchEvent(new Event("marked"));
      close();
      told.textContent = "Taken: “" + marked.words + "”. Save the corrections with c, or go on.";
      field.querySelector(field.dataset.kind === "date" ? "input:not([type=hidden])" : "[data-mark]").focus();
    }
    text.addEventListener("mouseup", () => setTimeout(take));
    text.addEventListener("touchend", () => setTimeout(take));
    text.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: ["backward", "word"], ArrowRight: ["forward", "word"], ArrowUp: ["backward", "line"], ArrowDown: ["forward", "line"] }[event.key];
      if (open && event.key === "Enter") { take(); event.preventDefault(); return; }
      if (!open || !way) return;
      event.preventDefault();
      const selection = getSelection();
      if (!selection.rangeCount) return;
      if (!event.shiftKey) {
        if (way[0] === "forward") selection.collapseToEnd();
        else selection.collapseToStart();
        if (way[0] === "backward" || way[1] === "line") selection.modify("move", way[0], way[1]);
        selection.modify("extend", "forward", "word");
      } else selection.modify("extend", way[0], way[1]);
    });
    return { close };
  }
})();
