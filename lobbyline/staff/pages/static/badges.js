// How much waits in each room, beside its link in the bar: whoever sits elsewhere sees that somebody asks for him.

import { write } from "./page.js";
import { follow, read } from "./wire.js";

const links = [...document.querySelectorAll(".rooms [data-room]")];

if (links.length) {
  follow(async () => {
    const waiting = await read("/api/badges");
    for (const link of links) write(link.lastElementChild, String(waiting[link.dataset.room] || ""));
  });
}
