// The sticky bar leaves while the form it points at is in view.

for (const bar of document.querySelectorAll(".actionbar")) {
  const target = document.querySelector(bar.querySelector("a[href^='#']")?.getAttribute("href") ?? "#rsvp");
  if (!target || !("IntersectionObserver" in window)) continue;
  new IntersectionObserver((seen) => {
    bar.classList.toggle("away", seen[seen.length - 1].isIntersecting);
  }).observe(target);
}
