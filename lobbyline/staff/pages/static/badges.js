// How much waits in each room, beside its link in the bar; all of it in the title: whoever works elsewhere sees that
// somebody asks for him.

import { write } from "./page.js";
import { follow, read } from "./wire.js";

const links = [...document.querySelectorAll(".rooms [data-room]")];
const { title } = document;

if (links.length) {
  follow(async () => {
    const waiting = await read("/api/badges");
    for (const link of links) write(link.lastElementChild, String(waiting[link.dataset.room] || ""));
    const all = links.reduce((sum, { dataset }) => sum + waiting[dataset.room], 0);
    document.title = all ? `(${all}) ${title}` : title;
  });
}
