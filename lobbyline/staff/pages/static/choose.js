// The first page: which counter is open, how many wait.

import { at, say, write } from "./page.js";
import { follow, read } from "./wire.js";

function show(hall) {
  for (const counter of hall.counters) {
    const tile = document.querySelector(`[data-counter="${counter.number}"] .state`);
    if (!tile) continue;
    tile.dataset.state = counter.state;
    write(tile, counter.shown || say(`state_${counter.state}`));
  }
  const waiting = hall.queues.reduce((sum, queue) => sum + queue.waiting, 0);
  if (at("lobby-note")) write(at("lobby-note"), say("people", { n: waiting }));
}

follow(async () => show(await read("/api/hall")));
