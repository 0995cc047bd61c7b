// What reaches over the side of its card, its key or the window; what an inner list scrolls is its own affair.
(() => {
  const found = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} wide in a window of ${innerWidth}`);
  const scrolls = (part) => getComputedStyle(part).overflowX !== "visible";
  const inside = (part, card) => {
    for (let outer = part.parentElement; outer !== card; outer = outer.parentElement) if (scrolls(outer)) return true;
    return false;
  };
  for (const card of document.querySelectorAll(".card, .tile, .key, .bar")) {
    const box = card.getBoundingClientRect();
    for (const part of card.querySelectorAll("*")) {
      const own = part.getBoundingClientRect();
      const over = own.width && (own.right > box.right + 1 || own.left < box.left - 1);
      if (over && !part.closest("svg") && !inside(part, card)) found.push(`${part.localName}#${part.id}.${part.className} in ${card.className}`);
    }
  }
  return found;
})();
