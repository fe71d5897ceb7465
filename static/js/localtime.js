// Adds the reader's own time to <time datetime data-zone data-yours="{time} your time"> where the clocks differ.

const language = document.documentElement.lang || undefined;

function shown(instant, zone, withDay) {
  const day = withDay ? { weekday: "short", day: "numeric", month: "short" } : {};
  return new Intl.DateTimeFormat(language, { ...day, hour: "numeric", minute: "2-digit", timeZone: zone }).format(instant);
}

function enhance(root) {
  for (const time of root.querySelectorAll("time[data-zone][data-yours]")) {
    const instant = new Date(time.dateTime);
    if (time.dataset.told || Number.isNaN(instant.valueOf())) continue;
    time.dataset.told = "yes";
    if (shown(instant, time.dataset.zone, true) === shown(instant, undefined, true)) continue;
    const note = document.createElement("span");
    note.className = "localtime muted small";
    note.textContent = ` (${time.dataset.yours.replace("{time}", shown(instant, undefined, true))})`;
    time.after(note);
  }
}

enhance(document);
