// Nothing is asked for while nobody looks; the first look asks at once.
const live = element => element.hasAttribute("data-live");
document.addEventListener("htmx:beforeRequest", event => {
  if (document.hidden && live(event.detail.elt)) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  const part = document.getElementById("live");
  if (!document.hidden && part) htmx.trigger(part, "refresh");
});
// The console itself may be away.
const offline = away => { document.getElementById("offline").hidden = !away; };
["htmx:sendError", "htmx:timeout"].forEach(name => document.addEventListener(name, () => offline(true)));
document.addEventListener("htmx:afterOnLoad", () => offline(false));
