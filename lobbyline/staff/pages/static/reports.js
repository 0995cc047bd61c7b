// Reports are pages without a stream; only the printer's key and fields of days need a hand.

import "./days.js";
import { at } from "./page.js";

at("print").addEventListener("click", () => window.print());
