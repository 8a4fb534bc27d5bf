// Hidden pages are not refreshed; a page is refreshed as soon as it becomes visible.
const live = element => element.hasAttribute("data-live");
document.addEventListener("htmx:beforeRequest", event => {
  if (document.hidden && live(event.detail.elt)) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  const part = document.getElementById("live");
  if (!document.hidden && part) htmx.trigger(part, "refresh");
});
// The console itself may be unreachable.
const offline = away => { document.getElementById("offline").hidden = !away; };
["htmx:sendError", "htmx:timeout"].forEach(name => document.addEventListener(name, () => offline(true)));
document.addEventListener("htmx:afterOnLoad", () => offline(false));
