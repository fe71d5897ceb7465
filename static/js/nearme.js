// "Near me": <button type="button" hidden data-near-me="near" data-looking data-denied> puts the browser's position,
// rounded to about a kilometre, into the field of that id and searches. It is kept nowhere.

for (const button of document.querySelectorAll("button[data-near-me]")) {
  const field = document.getElementById(button.dataset.nearMe);
  if (!field || !navigator.geolocation) continue;
  button.hidden = false;
  const said = Object.assign(document.createElement("span"), { className: "small muted" });
  said.setAttribute("role", "status");
  button.after(said);

  function found({ coords }) {
    field.value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`;
    field.form.requestSubmit();
  }

  button.addEventListener("click", () => {
    said.textContent = button.dataset.looking;
    const refused = () => { said.textContent = button.dataset.denied; };
    navigator.geolocation.getCurrentPosition(found, refused, { maximumAge: 600000, timeout: 15000 });
  });
}
