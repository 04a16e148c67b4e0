// What pages can't do by themselves. Everything works without it: this makes it quicker.

const live = document.getElementById("live");

// One short sentence for those who listen instead of looking.
export function announce(sentence) {
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = sentence; });
}

// The box with problems, or the one that says what was saved.
document.querySelector("[data-focus]")?.focus();

// A copied value is in one piece, without what a line break on the page would add.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      // Forbidden here: it is selected, at least.
      getSelection().selectAllChildren(button.previousElementSibling);
      return;
    }
    announce(button.dataset.copied);
    button.querySelector("[data-word]").textContent = button.dataset.copied;
  }
});

// Leaving a form with changes that are not saved: the browser asks.
let isDirty = document.querySelector("[data-dirty]") !== null;
document.addEventListener("input", (event) => {
  isDirty ||= event.target.closest("form[data-guard]") !== null && event.target.closest("aside") === null;
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-guard]")) {
    isDirty = false;
  }
});
window.addEventListener("beforeunload", (event) => {
  if (isDirty) {
    event.preventDefault();
  }
});

// A part that was fetched says in one sentence what is new, once.
let lastSaid = "";
document.addEventListener("htmx:afterSwap", (event) => {
  const said = event.target.querySelector("[data-said]:not([hidden])") ?? event.target.closest("[data-said]");
  if (said && said.dataset.said && said.dataset.said !== lastSaid) {
    lastSaid = said.dataset.said;
    announce(lastSaid);
  }
});
document.addEventListener("htmx:beforeRequest", (event) => event.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.target.removeAttribute("aria-busy"));

// What was typed when a session had ended is sent again.
document.querySelector("form[data-again]")?.requestSubmit();

// In a frame, the session is the frame's own.
document.addEventListener("htmx:configRequest", (event) => {
  if (window.top !== window) {
    event.detail.headers["X-Framed"] = "1";
  }
});

// What a page asks by itself keeps no session.
const isPolled = (cause) => !cause || cause.type === "load";
document.addEventListener("htmx:configRequest", (event) => {
  if (isPolled(event.detail.triggeringEvent)) {
    event.detail.headers["X-Polled"] = "1";
  }
});

// Two minutes before a session ends, it can be kept. Each part that a person fetches keeps it, too.
const WARNED_SECONDS = 120;
const ending = document.getElementById("ending");
const seconds = Number(document.body.dataset.ends);
let warning;
function watchSession() {
  clearTimeout(warning);
  ending.hidden = true;
  if (seconds > WARNED_SECONDS) {
    warning = setTimeout(() => {
      ending.hidden = false;
      announce(ending.innerText);
    }, (seconds - WARNED_SECONDS) * 1000);
  }
}
ending.querySelector("a").addEventListener("click", async (event) => {
  event.preventDefault();
  const answer = await fetch("/stay", { redirect: "manual" });
  if (answer.status === 204) {
    watchSession();
  } else {
    location.reload();
  }
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!isPolled(event.detail.requestConfig?.triggeringEvent)) {
    watchSession();
  }
});
watchSession();

// Fields below a choice that isn't chosen are not sent, and a folded part says what is chosen in it.
function settle() {
  for (const under of document.querySelectorAll(".mail .choice + .under")) {
    const choice = under.previousElementSibling.querySelector("input");
    for (const field of under.querySelectorAll("input")) {
      field.disabled = !choice.checked;
    }
  }
}
settle();
document.addEventListener("change", (event) => {
  settle();
  const folded = event.target.closest("details");
  if (folded && event.target.type === "radio" && event.target === folded.querySelector("input[type=radio]:checked")) {
    folded.querySelector("[data-summary]")?.replaceChildren(event.target.labels[0].textContent);
  }
});

// Enter in a field that only looks something up must not save.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-quiet]")) {
    event.preventDefault();
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// The first example that changes is in sight, unless another is being looked for.
document.addEventListener("htmx:afterSettle", (event) => {
  const box = event.target.closest(".preview");
  const first = event.target.querySelector(".letters .changed");
  if (box && first && !box.contains(document.activeElement)) {
    const isInSight = first.offsetTop >= box.scrollTop && first.offsetTop + first.offsetHeight <= box.scrollTop + box.clientHeight;
    box.scrollTop = isInSight ? box.scrollTop : first.offsetTop - 16;
  }
});

// A part of a form was replaced, and isn't saved. What was unfolded stays so.
let unfolded = [];
document.addEventListener("htmx:beforeSwap", () => {
  unfolded = [...document.querySelectorAll("details[id][open]")].map((details) => details.id);
});
document.addEventListener("htmx:afterSettle", (event) => {
  // A line within it, as the state of a domain, is no reason to move the focus.
  const part = event.target;
  if (part.matches("form[data-guard] fieldset[id]")) {
    settle();
    for (const details of part.querySelectorAll("details")) {
      details.open ||= unfolded.includes(details.id);
    }
    (part.querySelector("[data-focus]") ?? part.querySelector("[aria-invalid]") ?? part.querySelector("summary"))?.focus();
    part.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
