// Reports are pages without a stream; only the clock and the printer's key need a hand.

import { at, setClock } from "./page.js";

at("print").addEventListener("click", () => window.print());
setClock(document.querySelector("main").dataset.now);
