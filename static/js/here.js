// "I'm standing there": <button type="button" hidden data-here="pin" data-looking="…" data-denied="…"> fills the field
// of that id with "lat, lon".

for (const button of document.querySelectorAll("button[data-here]")) {
  const field = document.getElementById(button.dataset.here);
  if (!field || !navigator.geolocation) continue;
  button.hidden = false;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "small muted";
  button.after(said);

  function found({ coords }) {
    field.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    said.textContent = field.value;
  }

  button.addEventListener("click", () => {
    said.textContent = button.dataset.looking;
    const refused = () => { said.textContent = button.dataset.denied; };
    navigator.geolocation.getCurrentPosition(found, refused, { enableHighAccuracy: true, timeout: 15000 });
  });
}
