// Copies an address: <button type="button" hidden data-copy="…" data-copied="Copied">. Hidden where no script runs.

function enhance(root) {
  for (const button of root.querySelectorAll("button[data-copy][hidden]")) {
    button.hidden = false;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "small";
    button.after(said);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        said.textContent = button.dataset.copied;
      } catch {
        said.textContent = button.dataset.copy;
      }
    });
  }
}

enhance(document);
