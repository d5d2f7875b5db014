// Asks for the password, where other machines may open the studio.
import { byId } from "../page/dom.js";

const password = /** @type {HTMLInputElement} */ (byId("password"));

async function enter() {
  byId("status").textContent = "…";
  const answer = await fetch("/api/login", { method: "POST", headers: { "Content-Type": "application/json", "X-Smirk": "1" },
    body: JSON.stringify({ password: password.value }) }).catch(() => null);
  if (answer?.ok) location.href = "/";
  else byId("status").textContent = answer ? await answer.text() : "The studio doesn't answer.";
}

byId("enter").addEventListener("click", enter);
password.addEventListener("keydown", event => event.key === "Enter" && enter());
