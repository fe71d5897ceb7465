// The sticky bar leaves while the form it points at is in view.

for (const bar of document.querySelectorAll(".actionbar")) {
  const target = document.querySelector(bar.querySelector("a[href^='#']")?.getAttribute("href") ?? "#rsvp");
  if (!target || !("IntersectionObserver" in window)) continue;
  const watch = (seen) => bar.classList.toggle("away", seen[seen.length - 1].isIntersecting);
  // A form that only shows its top edge at the thumb's end of the screen is not in view yet.
  new IntersectionObserver(watch, { rootMargin: "0px 0px -45% 0px" }).observe(target);
}
