// PatternFly's dark theme is a class; the browser says whether it is wanted.
const dark = matchMedia("(prefers-color-scheme: dark)");
const dress = () => document.documentElement.classList.toggle("pf-v6-theme-dark", dark.matches);
dark.addEventListener("change", dress);
dress();
