// Reports are pages without a stream; only the printer's key needs a hand.

import { at } from "./page.js";

at("print").addEventListener("click", () => window.print());
